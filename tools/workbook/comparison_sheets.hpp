#pragma once
#include <vector>

#include "tools/page/comparison.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/book.hpp"
#include "tools/workbook/cell_words.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {

/// The tables of a comparison as sheets show them, those that have rows: headlines, differences, changed,
/// changed_services, waterfall, ranking. Lists are in the order of the names.
std::vector<SheetTable> make_comparison_sheets(const page::ComparisonSource& source, const CellWords& words);

/// From the first run over each change to the others: a chart a quantity. No sheet where there is none to
/// draw.
void write_waterfall_charts(Book& book, const page::ComparisonSource& source, const Texts& texts);
bool has_waterfall_charts(const page::ComparisonSource& source);

}  // namespace pishkhan::workbook
