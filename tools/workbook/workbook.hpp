#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "tools/page/page_source.hpp"
#include "tools/texts/numbers.hpp"

/// A run, a comparison of runs, or a study as a workbook for spreadsheets, in Persian or English.
namespace pishkhan::workbook {

/// Of the option `--lang`: English where it says en, Persian where it is left out too.
inline Language language_of(std::string_view option) {
  return option == "en" ? Language::english : Language::persian;
}

/// Name of the file in a result folder: `workbook_fa.xlsx` or `workbook_en.xlsx`.
std::string file_name(Language language);

/// Writes a new file; it must not exist. Its sheets: what was run and found; charts; of each table the brief
/// columns. The same run gives the same bytes. Throws EnvironmentError when it cannot be written.
void write_workbook(const std::filesystem::path& file, const page::PageSource& source, Language language);

}  // namespace pishkhan::workbook
