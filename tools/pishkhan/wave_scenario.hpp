#pragma once
#include <filesystem>
#include <string>

#include "tools/pishkhan/options.hpp"
#include "tools/report/wave_tables.hpp"

namespace pishkhan {

/// The scenario file of a plan: the scenario with a migration a wave and the clerks added, and with seed and
/// replications of the last round of the proof; a plan that is not proven says so at its head. `file`: where
/// it is going to stand. It extends the scenario, is read again before it is returned, and has the moves that
/// were found.
std::string planned_scenario(const ScenarioOptions& options, const FoundPlan& plan,
                             const std::filesystem::path& file);

}  // namespace pishkhan
