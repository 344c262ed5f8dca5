#pragma once
#include "tools/page/comparison.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/book.hpp"

namespace pishkhan::workbook {

/// From the first run over each change to the others: a chart a quantity. No sheet where there is none to
/// draw.
void write_waterfall_charts(Book& book, const page::ComparisonSource& source, const Texts& texts);
bool has_waterfall_charts(const page::ComparisonSource& source);

}  // namespace pishkhan::workbook
