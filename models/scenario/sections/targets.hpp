#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/run.hpp"
#include "models/scenario/sections/selection.hpp"

namespace pishkhan {

/// Stations by what they are, or by their ids.
struct TargetStations {
  StationChoice choice;
  std::vector<Name> ids;
};

/// An item of `targets`.
struct TargetKeys {
  Target target;  ///< but for its kind, its stations, and the goals of kinds other than a share
  // Each is a goal, at most.
  double wait_s = 0, utilization = 0, abandoned = 0, overtime_s = 0;
  double percentile = 0;  ///< of the wait; without it, its mean is meant
  TargetStations at;
};

/// The keys of an item of `targets`.
Section<TargetKeys> target_keys();

/// The stations that `at` of a target would select, written as YAML: sorted, and every one of `all`. `name`
/// stands for the file in messages. Throws UserError.
std::vector<std::uint32_t> stations_at(const Scenario& scenario, const std::string& at,
                                       const std::string& name);

/// Puts the targets into the scenario, which has its stations. Without any written, `service_level` is the
/// short form: 80% of all who joined start within it, at every station, over the whole period.
void apply_targets(const std::vector<Written<TargetKeys>>& targets, RunForm form, Scenario& scenario,
                   Diagnostics& mistakes);

}  // namespace pishkhan
