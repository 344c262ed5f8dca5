#pragma once
#include <vector>

#include "models/staffing/placement.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// The table `placement`: clerks now and placed at each station, and what that saves.
Table make_placement_table(const Scenario& scenario, const PlacementResult& result);
/// The table `placement_curve`: what the search saw of each number of clerks that it tried.
Table make_placement_curve_table(const Scenario& scenario, const PlacementResult& result);
/// The table `placement_pools`: among whom clerks were shared out, and how good that is at best.
Table make_placement_pools_table(const Scenario& scenario, const PlacementResult& result);
/// The table `placement_budget`: what other numbers of clerks save at most.
Table make_placement_budget_table(const Scenario& scenario, const PlacementResult& result);
/// Their headers.
std::vector<TableHeader> placement_headers();

}  // namespace pishkhan
