#include "sim/statistics/day_sums.hpp"

#include "sim/base/lanes.hpp"
#include "sim/statistics/day_sums_lanes.hpp"

namespace pishkhan {

VisitTally sum_visits(const Visits& visits, const std::uint8_t* reworked, double target_s,
                      VisitParts& parts) {
  const std::size_t n = visits.size();
  const std::size_t filled = (n + kLanes - 1) / kLanes * kLanes;
  parts.counts.resize(filled);
  parts.wait_s.resize(filled);
  VisitTally tally;
  tally.arrived = n;
  static SumLoop* const sum_loop = kSumLoops.best();
  sum_loop({visits.arrival_s.data(), visits.leave_s.data(), visits.end_s.data(), visits.system_s.data(),
            visits.outcome.data(), reworked, parts.wait_s.data(), parts.counts.data()},
           n, target_s, tally);
  return tally;
}

double busy_before(const Visits& visits, std::size_t n, double until_s) {
  static BusyLoop* const busy_loop = kBusyLoops.best();
  return busy_loop(visits.leave_s.data(), visits.end_s.data(), n, until_s);
}

}  // namespace pishkhan
