#pragma once
#include <filesystem>

#include "tools/page/comparison.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::workbook {

/// A comparison as write_workbook does a run. Its sheets: what was compared and found; charts of what each
/// change does; differences, what changes, the waterfall, and of three or more runs the ranking.
void write_comparison_workbook(const std::filesystem::path& file, const page::ComparisonSource& source,
                               Language language);

}  // namespace pishkhan::workbook
