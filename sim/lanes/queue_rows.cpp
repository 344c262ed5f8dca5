#include "sim/lanes/queue_rows.hpp"

#include <algorithm>
#include <utility>

namespace pishkhan {
namespace {

constexpr Tick kOneServed = 1, kOneInTarget = 1 << 16;

PISHKHAN_INLINE void set_free(const LaneRules& rules, std::size_t clerk, TickRow& free) {
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    lanes_of(free)[lane] = clerk < rules.clerks[lane] ? rules.shift_from : kNeverTick;
}

/// The rules of first come, first served, as run_plain of common_shift.cpp has them for one day.
template <std::size_t kClerks>
PISHKHAN_INLINE bool run(const LaneRules& rules, const VisitRows& visits, QueueRows& into) {
  TickRow free[kClerks];
  for (std::size_t k = 0; k < kClerks; ++k) set_free(rules, k, free[k]);
  const Tick limit = rules.serve_out ? kNeverTick : rules.closes, target = rules.target;
  TickRow counts{}, abandoned{}, too_late{}, last_end{};
  WideRow served_waits{}, waits{}, handling{};
  for (std::size_t i = 0; i < visits.rows; ++i) {
    const TickRow arrival = visits.arrival[i];
    TickRow patience = visits.patience[i], start = arrival, left;
    take_least(patience, kNeverTick - arrival);
    take_most(start, free[0]);
    const TickRow deadline = arrival + patience;
    const TickRow served = ((start < deadline) | (start == arrival)) & (start < limit);
    left = deadline < limit ? deadline : TickRow{} + limit;
    take_most(left, arrival);
    const TickRow leave = served ? start : left;
    const TickRow wait = leave - arrival, served_wait = served & wait, work = served & visits.handling[i];
    counts += (served & kOneServed) + (served & (wait <= target) & kOneInTarget);
    abandoned -= ~served & (deadline < limit);
    add_to(served_waits, served_wait);
    add_to(waits, wait);
    add_to(handling, work);
    // Where the sum passes the greatest number it becomes negative.
    using Unsigned = std::uint32_t __attribute__((vector_size(32)));
    const TickRow end = (TickRow)((Unsigned)start + (Unsigned)work);
    too_late |= served & (end < start);
    take_most(last_end, served & end);
    TickRow next = served ? end : free[0];
#pragma GCC unroll 8
    for (std::size_t k = 1; k < kClerks; ++k) {
      const TickRow other = free[k];
      free[k - 1] = next < other ? next : other;
      next = next < other ? other : next;
    }
    free[kClerks - 1] = next;
    into.may_start[i] = start;
    into.leave[i] = leave;
    into.served_wait[i] = served_wait | ~served;
    into.counts[i] = counts;
    into.served_waits[i] = served_waits;
    into.waits[i] = waits;
    into.handling[i] = handling;
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kClerks; ++k) into.free[k][i] = free[k];
  }
  into.abandoned = abandoned;
  into.last_end = *std::max_element(lanes_of(last_end), lanes_of(last_end) + kLanes);
  return !any(too_late);
}

using Run = bool(const LaneRules&, const VisitRows&, QueueRows&);
template <std::size_t kClerks>
bool run_baseline(const LaneRules& rules, const VisitRows& visits, QueueRows& into) {
  return run<kClerks>(rules, visits, into);
}
template <std::size_t kClerks>
PISHKHAN_AVX2 bool run_avx2(const LaneRules& rules, const VisitRows& visits, QueueRows& into) {
  return run<kClerks>(rules, visits, into);
}
template <std::size_t kClerks>
PISHKHAN_AVX512 bool run_avx512(const LaneRules& rules, const VisitRows& visits, QueueRows& into) {
  return run<kClerks>(rules, visits, into);
}

constexpr auto kRuns = []<std::size_t... K>(std::index_sequence<K...>) {
  return std::array{Versions<Run>{run_baseline<K + 1>, run_avx2<K + 1>, run_avx512<K + 1>}...};
}
(std::make_index_sequence<kLaneClerksAtMost>());

}  // namespace

bool run_queue(InstructionSet set, const LaneRules& rules, const VisitRows& visits, QueueRows& into) {
  into.clerks = *std::max_element(rules.clerks.begin(), rules.clerks.end());
  for (TickRows* column : {&into.may_start, &into.leave, &into.served_wait, &into.counts})
    column->resize(visits.rows);
  for (WideRows* column : {&into.served_waits, &into.waits, &into.handling}) column->resize(visits.rows);
  for (std::size_t k = 0; k < into.clerks; ++k) into.free[k].resize(visits.rows);
  return kRuns[into.clerks - 1].of(set)(rules, visits, into) && into.last_end <= to_tick(kTicksAtMost_s);
}

}  // namespace pishkhan
