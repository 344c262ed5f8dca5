#pragma once
#include "tools/page/study.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/book.hpp"

namespace pishkhan::workbook {

/// Curves of each response over a factor, with the ends of their intervals, and sensitivities. No sheet where
/// there is none to draw.
void write_study_charts(Book& book, const page::StudySource& source, const Texts& texts);
bool has_study_charts(const page::StudySource& source);

}  // namespace pishkhan::workbook
