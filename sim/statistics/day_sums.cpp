#include "sim/statistics/day_sums.hpp"

#include <algorithm>

#include "sim/base/lanes.hpp"
#include "sim/statistics/day_sums_lanes.hpp"

namespace pishkhan {
namespace {

PISHKHAN_VECTORISED
double sum_busy(const double* __restrict leave, const double* __restrict end, std::size_t n, double edge) {
  double lanes[kLanes] = {};
  const auto before = [=](std::size_t i) {
    return (end[i] < edge ? end[i] : edge) - (leave[i] < edge ? leave[i] : edge);
  };
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (std::size_t k = 0; k < kLanes; ++k) lanes[k] += before(i + k);
  for (std::size_t k = 0; i + k < n; ++k) lanes[k] += before(i + k);
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

}  // namespace

VisitTally sum_visits(const Visits& visits, const std::uint8_t* reworked, double target_s,
                      VisitParts& parts) {
  const std::size_t n = visits.size();
  const std::size_t filled = (n + kLanes - 1) / kLanes * kLanes;
  parts.counts.resize(filled);
  parts.wait.resize(filled);
  VisitTally tally;
  tally.arrived = n;
  static SumLoop* const sum_loop = kSumLoops.best();
  sum_loop({visits.arrival_s.data(), visits.leave_s.data(), visits.end_s.data(), visits.system_s.data(),
            visits.outcome.data(), reworked, parts.wait.data(), parts.counts.data()},
           n, target_s, tally);
  return tally;
}

double busy_before(const Visits& visits, std::size_t came, double edge) {
  return sum_busy(visits.leave_s.data(), visits.end_s.data(), came, edge);
}

}  // namespace pishkhan
