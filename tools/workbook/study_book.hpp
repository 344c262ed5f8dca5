#pragma once
#include <filesystem>

#include "tools/page/study.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::workbook {

/// A study as write_workbook does a run. Its sheets: what was studied and found; charts of curves or
/// sensitivities; factors, the best points, sensitivities, points.
void write_study_workbook(const std::filesystem::path& file, const page::StudySource& source,
                          Language language);

}  // namespace pishkhan::workbook
