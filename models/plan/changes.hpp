#pragma once
#include <string>
#include <vector>

#include "models/plan/plan.hpp"

namespace pishkhan {

/// What each change of the scenario does: Scenario::changes, those of migrations completed, then
/// months with a factor, then special days. Citizens are expected numbers over the counted days, those who
/// need a service, not visits. Where no office within reach may give a service, citizens who move to the
/// offices go to the counter, and are not among the reached. Throws Interrupted when told to stop.
std::vector<Change> find_changes(const Plan& plan, StopCheck stop = {});

/// Notices of migrations that move nobody although they begin in time, and of stations that are not open.
std::vector<Notice> notices_of(const Scenario& scenario, const std::vector<Change>& changes);

}  // namespace pishkhan
