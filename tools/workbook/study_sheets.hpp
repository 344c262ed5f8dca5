#pragma once
#include <vector>

#include "tools/page/study.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {

/// What a study found as sheets show it, those that have rows: factors, best, sensitivities, points.
std::vector<SheetTable> make_study_sheets(const page::StudySource& source, const Texts& texts);

}  // namespace pishkhan::workbook
