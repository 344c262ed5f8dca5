#pragma once
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/random/philox.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {

/// Groups of clerks in place of those of a station's rules: every group has the skills of the rules' group of
/// the same number, if clerks differ by skills. Null: as the rules say.
using GroupsInstead = const std::vector<ClerkGroup>*;

/// Replaces `clerks` by those who work at the station on the day: absences are drawn for each clerk. Their
/// shifts stay in `hours`, or in the groups that are there instead.
void find_clerks_on_duty(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                         std::vector<Clerk>& clerks, GroupsInstead instead = nullptr);

/// Whether somebody who can serve is on duty at some time of the day while the doors are open. Otherwise the
/// station is shut on that day. Where cores are shared or clerks unlimited, somebody always is.
bool is_staffed(const StationPlan& plan, const StationHours& hours, const Day& day, DrawKey key,
                GroupsInstead instead = nullptr);

}  // namespace pishkhan
