#pragma once
#include "models/scenario/scenario.hpp"
#include "models/scenario/waves.hpp"

namespace pishkhan {

/// Throws UserError for a scenario whose moves cannot be planned: targets by day, shift or hour, or of
/// anything but a share in time; SimGrid's backbone.
void expect_can_plan(const Scenario& scenario, const MoveRules& rules);

}  // namespace pishkhan
