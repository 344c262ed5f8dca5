#pragma once
#include <filesystem>

#include "tools/page/staffing.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::workbook {

/// Writes a staffing as a workbook: what it found in words, the clerks that each station needs, the curves,
/// and how far clerks go. Throws EnvironmentError.
void write_staffing_workbook(const std::filesystem::path& file, const page::StaffingSource& source,
                             Language language);

}  // namespace pishkhan::workbook
