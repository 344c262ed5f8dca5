#pragma once
#include <filesystem>

#include "tools/page/decision.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/pishkhan/staffing_folder.hpp"

namespace pishkhan {

/// As write_staffing_folder, with the page and the workbook of placed clerks, new offices or authorisations.
void write_decision_folder(const Scenario& scenario, StaffingFolder content,
                           const page::DecisionRecord& record, const StaffOptions& options,
                           const std::filesystem::path& folder);

}  // namespace pishkhan
