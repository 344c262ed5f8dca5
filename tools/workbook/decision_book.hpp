#pragma once
#include <filesystem>

#include "tools/page/decision.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::workbook {

/// Placed clerks, new offices or authorisations as a workbook. Throws EnvironmentError.
void write_decision_workbook(const std::filesystem::path& file, const page::DecisionSource& source,
                             Language language);

}  // namespace pishkhan::workbook
