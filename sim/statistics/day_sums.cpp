#include "sim/statistics/day_sums.hpp"

#include <algorithm>

#include "sim/base/lanes.hpp"

namespace pishkhan {
namespace {

struct Columns {
  const double *arrival, *leave, *end, *system;
  const Outcome* outcome;
  const std::uint8_t* reworked;
  double* wait;
  std::uint64_t* counts;
};

struct LaneSums {
  Lanes wait{}, wait_joined{}, sojourn{}, handling{}, system{};
  LaneInts served{}, abandoned{}, balked{}, sent_away{}, inside{}, reworked{}, in_target{};
};

constexpr std::uint64_t code(Outcome outcome) { return static_cast<std::uint64_t>(outcome); }

PISHKHAN_INLINE void add_eight(const Columns& at, std::size_t i, double target_s, LaneSums& sums) {
  Lanes arrival, leave, end, system;
  LaneInts outcome, reworked;
  load(at.arrival + i, arrival);
  load(at.leave + i, leave);
  load(at.end + i, end);
  load(at.system + i, system);
  load(at.outcome + i, outcome);
  load(at.reworked + i, reworked);
  const Lanes wait = leave - arrival, sojourn = end - arrival, spare = target_s - wait;
  // Each lane 1 or 0, by the sign of a difference.
  const LaneInts served = ((outcome ^ code(Outcome::served)) - 1) >> 63;
  const LaneInts balked = ((outcome ^ code(Outcome::balked)) - 1) >> 63;
  const LaneInts in_target = served & ~((LaneInts)spare >> 63);
  const LaneInts all = -served;
  const LaneInts served_wait = (LaneInts)wait & all, served_sojourn = (LaneInts)sojourn & all,
                 served_system = (LaneInts)system & all;
  sums.wait += (Lanes)served_wait;
  sums.wait_joined += wait;
  sums.sojourn += (Lanes)served_sojourn;
  sums.handling += end - leave;
  sums.system += (Lanes)served_system;
  sums.served += served;
  sums.balked += balked;
  sums.in_target += in_target;
  sums.abandoned += ((outcome ^ code(Outcome::abandoned)) - 1) >> 63;
  sums.sent_away += ((outcome ^ code(Outcome::sent_away)) - 1) >> 63;
  sums.inside += ((outcome ^ code(Outcome::inside)) - 1) >> 63;
  sums.reworked += served & (-reworked >> 63);
  const LaneInts counts = served | (1 - balked) << PackedCounts::kBits | in_target << 2 * PackedCounts::kBits;
  store((Lanes)served_wait, at.wait + i);
  store(counts, at.counts + i);
}

/// The last of n visits, filled up to eight with visits that add nothing.
PISHKHAN_INLINE void add_rest(const Columns& at, std::size_t n, double target_s, LaneSums& sums) {
  double arrival[kLanes], leave[kLanes], end[kLanes], system[kLanes];
  Outcome outcome[kLanes];
  std::uint8_t reworked[kLanes];
  copy_rest(at.arrival, n, 0.0, arrival);
  copy_rest(at.leave, n, 0.0, leave);
  copy_rest(at.end, n, 0.0, end);
  copy_rest(at.system, n, 0.0, system);
  copy_rest(at.outcome, n, Outcome::failed, outcome);
  copy_rest(at.reworked, n, std::uint8_t{0}, reworked);
  const std::size_t whole = n - n % kLanes;
  add_eight({arrival, leave, end, system, outcome, reworked, at.wait + whole, at.counts + whole}, 0, target_s,
            sums);
}

PISHKHAN_VECTORISED
void sum_columns(const Columns& columns, std::size_t n, double target_s, VisitTally& tally) {
  LaneSums sums;
  const std::size_t whole = n - n % kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) add_eight(columns, i, target_s, sums);
  if (whole < n) add_rest(columns, n, target_s, sums);
  tally.served = total(sums.served);
  tally.abandoned = total(sums.abandoned);
  tally.balked = total(sums.balked);
  tally.sent_away = total(sums.sent_away);
  tally.inside = total(sums.inside);
  tally.reworked = total(sums.reworked);
  tally.in_target = total(sums.in_target);
  tally.wait_s = total(sums.wait);
  tally.wait_joined_s = total(sums.wait_joined);
  tally.sojourn_s = total(sums.sojourn);
  tally.handling_s = total(sums.handling);
  tally.system_s = total(sums.system);
}

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
  sum_columns({visits.arrival_s.data(), visits.leave_s.data(), visits.end_s.data(), visits.system_s.data(),
               visits.outcome.data(), reworked, parts.wait.data(), parts.counts.data()},
              n, target_s, tally);
  return tally;
}

double busy_before(const Visits& visits, std::size_t came, double edge) {
  return sum_busy(visits.leave_s.data(), visits.end_s.data(), came, edge);
}

}  // namespace pishkhan
