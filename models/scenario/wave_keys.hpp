#pragma once
#include <string>
#include <vector>

#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/selection.hpp"
#include "models/scenario/waves.hpp"

namespace pishkhan {

/// An item of `plan.waves`.
struct WaveKeys {
  Wave wave;
};

/// `plan`.
struct MoveKeys {
  MoveRules rules;  ///< but for services and waves
  ServiceChoice services, staying;
  std::vector<ServiceChoice> together;
  std::vector<std::vector<Name>> in_order;
  double ramp_s = 0;
  std::vector<Written<WaveKeys>> waves;
  value::Table<Name> fixed;
  value::Table<std::vector<Name>> forbidden;
};

Section<MoveKeys> move_keys();

/// What the block says, for the services and the run of the scenario. `run_is_good`: the run's days are
/// known.
MoveRules read_moves(const Written<MoveKeys>& written, bool run_is_good, const Scenario& scenario,
                     Diagnostics& mistakes);

}  // namespace pishkhan
