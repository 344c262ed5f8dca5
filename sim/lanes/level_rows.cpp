#include "sim/lanes/level_rows.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

/// Levels measured in one pass, whose sums stay in registers.
constexpr std::size_t kLevelsTogether = 4;
/// Of a longer queue the other levels are measured lane by lane, in one step for each arrival and leave.
constexpr std::size_t kLevelsSideBySide = 64;
/// After so many passes over the leaves each lane is sorted by itself.
constexpr int kPassesAtMost = 8;

/// How long at least so many wait, for some numbers one after the other.
struct LevelSums {
  TickRow ticks[kLevelsTogether];
};

struct LevelRows {
  const TickRow* arrivals;
  const TickRow* leaves;
  std::size_t rows;
};

/// Cuts the leaves to the time when doors close and puts them in order, lane by lane: four passes of bubble
/// sort in one sweep from the last row to the first. Starts come in order already, and only who gives up
/// leaves before others who came earlier. Returns whether a few sweeps did it.
PISHKHAN_INLINE bool sort_leaves(const TickRows& leave, Tick closes, TickRows& sorted) {
  const std::size_t rows = sorted.size();
  TickRow* const leaves = sorted.data();
  for (std::size_t i = 0; i < rows; ++i) {
    TickRow cut = leave[i];
    take_least(cut, TickRow{} + closes);
    leaves[i] = cut;
  }
  if (rows < 2) return true;
  for (int pass = 0; pass < kPassesAtMost; ++pass) {
    const TickRow never = TickRow{} + kNeverTick;
    TickRow wrong{}, carried[4] = {never, never, never, never}, after = never;
    // Each of the four passes takes the lesser on and lets the greater stay.
    for (std::size_t i = rows + 4; i-- > 0;) {
      TickRow next = TickRow{} + INT32_MIN;
      if (i >= 4) next = leaves[i - 4];
#pragma GCC unroll 4
      for (TickRow& carry : carried) {
        const TickRow greater = carry > next ? carry : next;
        take_least(carry, next);
        next = greater;
      }
      if (i >= rows) continue;  // what was put in to begin with
      wrong |= next > after;
      after = next;
      leaves[i] = next;
    }
    if (!any(wrong)) return true;
  }
  return false;
}

/// Of the leaves L and arrivals A in order, at least m wait from max(L[i - 1], A[i + m - 1]) to L[i]: before
/// leave i there were i others, so that those who came by arrival i + m - 1 are m more than have left. No
/// lane's sum is longer than the day. Returns whether more may wait than were measured.
PISHKHAN_INLINE bool measure_levels(const LevelRows& at, std::size_t first, LevelSums& levels) {
  TickRow sums[kLevelsTogether] = {}, before{};
  for (std::size_t i = 0; i + first < at.rows; ++i) {
    const TickRow leave = at.leaves[i];
#pragma GCC unroll 4
    for (std::size_t m = 0; m < kLevelsTogether; ++m) {
      TickRow from = at.arrivals[i + first + m], held{};
      take_most(from, before);
      take_most(held, leave - from);
      sums[m] += held;
    }
    before = leave;
  }
  for (std::size_t m = 0; m < kLevelsTogether; ++m) levels.ticks[m] = sums[m];
  return any(sums[kLevelsTogether - 1]);
}

using LeaveLoop = bool(const TickRows&, Tick, TickRows&);
bool sort_baseline(const TickRows& leave, Tick closes, TickRows& sorted) {
  return sort_leaves(leave, closes, sorted);
}
PISHKHAN_AVX2 bool sort_avx2(const TickRows& leave, Tick closes, TickRows& sorted) {
  return sort_leaves(leave, closes, sorted);
}
PISHKHAN_AVX512 bool sort_avx512(const TickRows& leave, Tick closes, TickRows& sorted) {
  return sort_leaves(leave, closes, sorted);
}
constexpr Versions<LeaveLoop> kSort{sort_baseline, sort_avx2, sort_avx512};

bool measure_baseline(const LevelRows& at, std::size_t first, LevelSums& sums) {
  return measure_levels(at, first, sums);
}
PISHKHAN_AVX2 bool measure_avx2(const LevelRows& at, std::size_t first, LevelSums& sums) {
  return measure_levels(at, first, sums);
}
PISHKHAN_AVX512 bool measure_avx512(const LevelRows& at, std::size_t first, LevelSums& sums) {
  return measure_levels(at, first, sums);
}
constexpr Versions<bool(const LevelRows&, std::size_t, LevelSums&)> kMeasure{measure_baseline, measure_avx2,
                                                                             measure_avx512};

void sort_each_lane(TickRows& leaves) {
  std::vector<Tick> lane(leaves.size());
  for (std::size_t k = 0; k < kLanes; ++k) {
    for (std::size_t i = 0; i < leaves.size(); ++i) lane[i] = lanes_of(leaves[i])[k];
    std::sort(lane.begin(), lane.end());
    for (std::size_t i = 0; i < leaves.size(); ++i) lanes_of(leaves[i])[k] = lane[i];
  }
}

}  // namespace

void LevelTimes::add_level(const TickRow& ticks) {
  std::int64_t all = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    integral_[lane] += lanes_of(ticks)[lane];
    all += lanes_of(ticks)[lane];
  }
  at_least_.push_back(all);
}

void LevelTimes::measure(InstructionSet set, const VisitRows& visits, const QueueRows& queue, Tick closes) {
  at_least_.clear();
  integral_.fill(0);
  leaves_.resize(visits.rows);
  if (!kSort.of(set)(queue.leave, closes, leaves_)) sort_each_lane(leaves_);
  static_assert(kLevelsTogether <= VisitRows::kRowsMore);
  bool more = true;
  for (std::size_t first = 0; more && first < visits.rows; first += kLevelsTogether) {
    if (first == kLevelsSideBySide) return measure_higher_levels(visits);
    LevelSums levels;
    more = kMeasure.of(set)({visits.arrival.data(), leaves_.data(), visits.rows}, first, levels);
    for (const TickRow& level : levels.ticks) add_level(level);
  }
}

/// Adds the levels above those in at_least_, from the number waiting after each arrival and leave.
void LevelTimes::measure_higher_levels(const VisitRows& visits) {
  const std::size_t measured = at_least_.size();
  std::vector<std::int64_t> exactly;  // ticks with so many more waiting than were measured
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    Tick since = 0;
    std::size_t waiting = 0, arrived = 0;
    for (std::size_t left = 0; left < visits.count[lane];) {
      const Tick leave = lanes_of(leaves_[left])[lane];
      const Tick arrival =
          arrived < visits.count[lane] ? lanes_of(visits.arrival[arrived])[lane] : kNeverTick;
      const bool arrives = arrival <= leave;
      const Tick now = arrives ? arrival : leave;
      if (waiting > measured) {
        const std::size_t more = waiting - measured;
        if (exactly.size() <= more) exactly.resize(more + 1);
        exactly[more] += now - since;
        integral_[lane] += static_cast<std::int64_t>(more) * (now - since);
      }
      since = now;
      if (arrives) {
        ++waiting;
        ++arrived;
      } else {
        --waiting;
        ++left;
      }
    }
  }
  std::int64_t more = 0;
  at_least_.resize(measured + std::max<std::size_t>(exactly.size(), 1) - 1);
  for (std::size_t level = exactly.size(); level-- > 1;) {
    more += exactly[level];
    at_least_[measured + level - 1] = more;
  }
}

}  // namespace pishkhan
