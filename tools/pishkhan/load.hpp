#pragma once
#include "models/scenario/schema/extend.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// load_scenario with the options' changes as overrides; scenarios and bases that come with the program are
/// found from any folder. Mistakes in the value of an option are told of that option.
Scenario load(const ScenarioOptions& options);

/// The same for a command that searches with the scenario's own numbers: `inputs: sampled` is refused.
Scenario load_with_own_numbers(const ScenarioOptions& options);

/// From what `load` makes the scenario.
ScenarioSource source_of(const ScenarioOptions& options);

}  // namespace pishkhan
