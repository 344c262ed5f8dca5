#pragma once
#include <filesystem>
#include <string>

#include "models/staffing/staffing.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// The scenario file of a staffing: the scenario with the clerks needed, and with seed and replications of
/// the first round of the proof. `file`: where it is going to stand. Of a province it extends the scenario,
/// of bare stations it says everything. It is read again before it is returned, and has the clerks that were
/// found. `what` stands in the title.
std::string staffed_scenario(const ScenarioOptions& options, const Scenario& scenario,
                             const StaffingResult& result, const std::filesystem::path& file,
                             const std::string& what = "staffed");

}  // namespace pishkhan
