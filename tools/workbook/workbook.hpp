#pragma once
#include <filesystem>
#include <string>

#include "tools/page/page_source.hpp"
#include "tools/texts/numbers.hpp"

/// A run as a workbook for spreadsheets, in Persian or English.
namespace pishkhan::workbook {

/// Name of the file in a result folder: `workbook_fa.xlsx` or `workbook_en.xlsx`.
std::string file_name(Language language);

/// Writes a new file; it must not exist. Its sheets: what was run and found; charts; of each table the brief
/// columns. The same run gives the same bytes. Throws EnvironmentError when it cannot be written.
void write_workbook(const std::filesystem::path& file, const page::PageSource& source, Language language);

}  // namespace pishkhan::workbook
