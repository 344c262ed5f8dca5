#pragma once
#include <vector>

#include "tools/page/comparison.hpp"
#include "tools/workbook/cell_words.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {

/// The tables of a comparison as sheets show them, those that have rows: headlines, differences, changed,
/// changed_services, waterfall, ranking. Lists are in the order of the names.
std::vector<SheetTable> make_comparison_sheets(const page::ComparisonSource& source, const CellWords& words);

}  // namespace pishkhan::workbook
