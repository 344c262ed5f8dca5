#pragma once
#include "models/planning/move_effects.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/waves.hpp"

namespace pishkhan {

/// Throws UserError for a scenario whose moves cannot be planned: targets by day, shift or hour, or of
/// anything but a share in time; SimGrid's backbone; offices that open or close on the counted days, or
/// migrations of services that may move which change on these.
void expect_can_plan(const Scenario& scenario, const MoveRules& rules);

/// Throws UserError where moves bring work to stations and none of these has a target.
void expect_targets(const Scenario& scenario, const MoveEffects& effects);

}  // namespace pishkhan
