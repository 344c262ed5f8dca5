#pragma once
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/random/philox.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {

/// Replaces `clerks` by those who work at the station on the day: absences are drawn for each clerk. Their
/// shifts stay in `hours`. `by_group`: how many clerks each group has; empty: as the rules of the station
/// say.
void find_clerks_on_duty(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                         std::vector<Clerk>& clerks, std::span<const int> by_group = {});

/// Whether somebody who can serve is on duty at some time of the day while the doors are open. Otherwise the
/// station is shut on that day. Where cores are shared or clerks unlimited, somebody always is.
bool is_staffed(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                std::span<const int> by_group = {});

}  // namespace pishkhan
