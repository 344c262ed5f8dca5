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
  std::int64_t* counts;
};

struct LaneSums {
  Lanes wait{}, wait_joined{}, sojourn{}, handling{}, system{};
  LaneInts served{}, abandoned{}, balked{}, sent_away{}, inside{}, reworked{}, in_target{};
};

PISHKHAN_INLINE void add_eight(const Columns& at, std::size_t i, double target_s, LaneSums& sums) {
  Lanes arrival, leave, end, system;
  LaneInts outcome, reworked;
  load(at.arrival + i, arrival);
  load(at.leave + i, leave);
  load(at.end + i, end);
  load(at.system + i, system);
  load(at.outcome + i, outcome);
  load(at.reworked + i, reworked);
  const Lanes wait = leave - arrival, sojourn = end - arrival, zero = {};
  const LaneInts served = outcome == static_cast<std::int64_t>(Outcome::served);
  const LaneInts balked = outcome == static_cast<std::int64_t>(Outcome::balked);
  const LaneInts in_target = served & (wait <= target_s);
  const Lanes served_wait = served ? wait : zero;
  sums.wait += served_wait;
  sums.wait_joined += wait;
  sums.sojourn += served ? sojourn : zero;
  sums.handling += end - leave;
  sums.system += served ? system : zero;
  // A lane of a mask is -1 where it holds.
  sums.served -= served;
  sums.balked -= balked;
  sums.in_target -= in_target;
  sums.abandoned -= outcome == static_cast<std::int64_t>(Outcome::abandoned);
  sums.sent_away -= outcome == static_cast<std::int64_t>(Outcome::sent_away);
  sums.inside -= outcome == static_cast<std::int64_t>(Outcome::inside);
  sums.reworked -= served & (reworked != 0);
  const LaneInts counts = (served & 1) | (~balked & std::int64_t{1} << PackedCounts::kBits) |
                          (in_target & std::int64_t{1} << 2 * PackedCounts::kBits);
  store(served_wait, at.wait + i);
  store(counts, at.counts + i);
}

/// A last part of eight, filled up with visits that add nothing.
PISHKHAN_INLINE void add_rest(const Columns& at, std::size_t i, std::size_t rest, double target_s, LaneSums& sums) {
  double arrival[kLanes] = {}, leave[kLanes] = {}, end[kLanes] = {}, system[kLanes] = {}, wait[kLanes];
  Outcome outcome[kLanes];
  std::uint8_t reworked[kLanes] = {};
  std::int64_t counts[kLanes];
  std::fill_n(outcome, kLanes, Outcome::failed);
  for (std::size_t k = 0; k < rest; ++k) {
    arrival[k] = at.arrival[i + k];
    leave[k] = at.leave[i + k];
    end[k] = at.end[i + k];
    system[k] = at.system[i + k];
    outcome[k] = at.outcome[i + k];
    reworked[k] = at.reworked[i + k];
  }
  add_eight({arrival, leave, end, system, outcome, reworked, wait, counts}, 0, target_s, sums);
  for (std::size_t k = 0; k < rest; ++k) {
    at.wait[i + k] = wait[k];
    at.counts[i + k] = counts[k];
  }
}

PISHKHAN_VECTORISED
void sum_columns(const Columns& columns, std::size_t n, double target_s, VisitTally& tally) {
  LaneSums sums;
  const std::size_t whole = n - n % kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) add_eight(columns, i, target_s, sums);
  if (whole < n) add_rest(columns, whole, n - whole, target_s, sums);
  tally.served = static_cast<std::uint64_t>(total(sums.served));
  tally.abandoned = static_cast<std::uint64_t>(total(sums.abandoned));
  tally.balked = static_cast<std::uint64_t>(total(sums.balked));
  tally.sent_away = static_cast<std::uint64_t>(total(sums.sent_away));
  tally.inside = static_cast<std::uint64_t>(total(sums.inside));
  tally.reworked = static_cast<std::uint64_t>(total(sums.reworked));
  tally.in_target = static_cast<std::uint64_t>(total(sums.in_target));
  tally.wait_s = total(sums.wait);
  tally.wait_joined_s = total(sums.wait_joined);
  tally.sojourn_s = total(sums.sojourn);
  tally.handling_s = total(sums.handling);
  tally.system_s = total(sums.system);
}

PISHKHAN_INLINE void add_busy(const double* leave_at, const double* end_at, const double* edges, Lanes* busy) {
  Lanes leave, end;
  load(leave_at, leave);
  load(end_at, end);
  for (std::size_t k = 0; k < kEdges; ++k) {
    const Lanes edge = edges[k] - Lanes{};
    busy[k] += (end < edge ? end : edge) - (leave < edge ? leave : edge);
  }
}

PISHKHAN_VECTORISED
void sum_busy(const double* leave, const double* end, std::size_t n, std::size_t came, const double* edges,
              double* busy_s) {
  Lanes busy[kEdges] = {};
  const std::size_t whole = n - n % kLanes;
  std::size_t i = 0;
  for (; i < came && i < whole; i += kLanes) add_busy(leave + i, end + i, edges, busy);
  if (i < came) {
    double last_leave[kLanes] = {}, last_end[kLanes] = {};
    for (std::size_t k = 0; i + k < n; ++k) last_leave[k] = leave[i + k], last_end[k] = end[i + k];
    add_busy(last_leave, last_end, edges, busy);
  }
  for (std::size_t k = 0; k < kEdges; ++k) busy_s[k] = total(busy[k]);
}

}  // namespace

VisitTally sum_visits(const Visits& visits, const std::uint8_t* reworked, double target_s, VisitParts& parts) {
  const std::size_t n = visits.size();
  parts.counts.resize(n);
  parts.wait.resize(n);
  VisitTally tally;
  tally.arrived = n;
  sum_columns({visits.arrival.data(), visits.leave.data(), visits.end.data(), visits.system.data(),
               visits.outcome.data(), reworked, parts.wait.data(), parts.counts.data()},
              n, target_s, tally);
  return tally;
}

void busy_before(const Visits& visits, std::size_t came, const std::array<double, kEdges>& edges,
                 std::array<double, kEdges>& busy_s) {
  sum_busy(visits.leave.data(), visits.end.data(), visits.size(), came, edges.data(), busy_s.data());
}

}  // namespace pishkhan
