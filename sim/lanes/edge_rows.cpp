#include "sim/lanes/edge_rows.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

/// Edges counted in one pass, whose sums stay in registers.
constexpr std::size_t kEdgesTogether = 4;

/// Counts the visits of each lane before kEdgesTogether edges; `first` is the first one's place in `counts`.
PISHKHAN_INLINE void count_before(const TickRows& times, const Tick* edges, TickRows& counts,
                                  std::size_t first) {
  TickRow sums[kEdgesTogether] = {};
  for (std::size_t i = 0; i < times.size(); ++i) {
    const TickRow time = times[i];
#pragma GCC unroll 4
    for (std::size_t k = 0; k < kEdgesTogether; ++k) sums[k] -= time < edges[k];
  }
  for (std::size_t k = 0; k < kEdgesTogether; ++k) counts[first + k] = sums[k];
}

using EdgeLoop = void(const TickRows&, const Tick*, TickRows&, std::size_t);
void edges_baseline(const TickRows& times, const Tick* edges, TickRows& counts, std::size_t first) {
  count_before(times, edges, counts, first);
}
PISHKHAN_AVX2 void edges_avx2(const TickRows& times, const Tick* edges, TickRows& counts, std::size_t first) {
  count_before(times, edges, counts, first);
}
PISHKHAN_AVX512 void edges_avx512(const TickRows& times, const Tick* edges, TickRows& counts,
                                  std::size_t first) {
  count_before(times, edges, counts, first);
}
constexpr Versions<EdgeLoop> kEdgeLoops{edges_baseline, edges_avx2, edges_avx512};

/// Who has come but may not start before the edge still waits then, unless the wait ended by giving up.
std::int64_t waits_after(const QueueRows& queue, std::size_t lane, std::size_t begun, std::size_t came,
                         Tick edge) {
  std::int64_t sum = 0;
  for (std::size_t i = begun; i < came; ++i) sum += std::max(0, lanes_of(queue.leave[i])[lane] - edge);
  return sum;
}

/// What clerks have still to do at the edge of the visits that started before.
std::int64_t work_after(const QueueRows& queue, std::size_t lane, std::size_t begun, Tick edge) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < queue.clerks; ++k) {
    const Tick free = lanes_of(queue.free[k][begun - 1])[lane];
    if (free != kNeverTick) sum += std::max(0, free - edge);
  }
  return sum;
}

BeforeEdge before_edge(const QueueRows& queue, std::size_t lane, std::size_t begun, std::size_t came,
                       Tick edge) {
  BeforeEdge sums;
  sums.came = static_cast<std::int64_t>(came);
  if (came > 0) {
    const auto counts = static_cast<std::uint32_t>(lanes_of(queue.counts[came - 1])[lane]);
    sums.served = counts & 0xffff;
    sums.in_target = counts >> 16;
    sums.served_wait = lanes_of(queue.served_waits[came - 1])[lane];
    sums.waited = lanes_of(queue.waits[came - 1])[lane] - waits_after(queue, lane, begun, came, edge);
  }
  if (begun > 0) sums.busy = lanes_of(queue.handling[begun - 1])[lane] - work_after(queue, lane, begun, edge);
  return sums;
}

}  // namespace

void EdgeSums::measure(InstructionSet set, const VisitRows& visits, const QueueRows& queue,
                       const std::array<std::size_t, kLanes>& counts, const std::vector<Tick>& edges) {
  const std::size_t filled = (edges.size() + kEdgesTogether - 1) / kEdgesTogether * kEdgesTogether;
  came_.resize(filled);
  begun_.resize(filled);
  sums_.resize(edges.size() * kLanes);
  for (std::size_t first = 0; first < edges.size(); first += kEdgesTogether) {
    Tick some[kEdgesTogether] = {};
    std::copy_n(edges.begin() + static_cast<std::ptrdiff_t>(first),
                std::min(kEdgesTogether, edges.size() - first), some);
    kEdgeLoops.of(set)(visits.arrival, some, came_, first);
    kEdgeLoops.of(set)(queue.may_start, some, begun_, first);
  }
  for (std::size_t edge = 0; edge < edges.size(); ++edge) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto came = static_cast<std::size_t>(lanes_of(came_[edge])[lane]);
      const auto begun = static_cast<std::size_t>(lanes_of(begun_[edge])[lane]);
      sums_[edge * kLanes + lane] =
          before_edge(queue, lane, std::min(begun, counts[lane]), std::min(came, counts[lane]), edges[edge]);
    }
  }
}

}  // namespace pishkhan
