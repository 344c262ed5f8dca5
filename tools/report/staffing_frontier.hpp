#pragma once
#include <cstddef>
#include <vector>

#include "models/staffing/staffing.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// All stations together, each with a number of clerks that the search tried.
struct FrontierStep {
  std::size_t station = 0;  ///< that has a number of its own since this step; of the first none
  int station_clerks = 0;   ///< its number now; of the first 0
  double clerks = 0;        ///< of all
  double visits = 0,
         in_time = 0;  ///< a replication: that joined, and started within the service level's time
  double wait_s = 0;   ///< of all visits together

  [[nodiscard]] double share() const { return in_time / visits; }
};

/// From the fewest clerks that were tried, step by step to where more bring no more visits in time: each
/// clerk goes where it brings the most. Of the numbers tried this is the best for every number of clerks that
/// is a step, as stations do not depend on each other (a greedy choice on the upper convex hulls of their
/// curves). Stations without a curve are in none of the numbers.
/// Empty by hour, shift or roster.
std::vector<FrontierStep> staffing_frontier(const StaffingResult& result);

/// The table `staffing_frontier`.
Table make_staffing_frontier_table(const Scenario& scenario, const StaffingResult& result);

/// The headers of the tables of `staff`, of a province.
std::vector<TableHeader> staffing_headers();

}  // namespace pishkhan
