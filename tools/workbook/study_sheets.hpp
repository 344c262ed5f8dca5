#pragma once
#include <vector>

#include "tools/page/study.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/book.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {

/// What a study found as sheets show it, those that have rows: factors, best, sensitivities, points.
std::vector<SheetTable> make_study_sheets(const page::StudySource& source, const Texts& texts);

/// Curves of each response over a factor, with the ends of their intervals, and sensitivities. No sheet where
/// there is none to draw.
void write_study_charts(Book& book, const page::StudySource& source, const Texts& texts);
bool has_study_charts(const page::StudySource& source);

}  // namespace pishkhan::workbook
