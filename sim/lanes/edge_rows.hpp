#pragma once
#include <vector>

#include "sim/lanes/queue_rows.hpp"

namespace pishkhan {

/// What lay before an edge, a moment of the day, in one lane. Times in ticks.
struct BeforeEdge {
  std::int64_t came = 0;
  std::int64_t served = 0, in_target = 0;  ///< of those who came
  std::int64_t served_wait = 0;            ///< of them, whenever they waited
  std::int64_t waited = 0;                 ///< time spent waiting before the edge
  std::int64_t busy = 0;                   ///< clerk time at the desk before the edge
};

/// The sums of a day at some edges, read from the running sums.
class EdgeSums {
 public:
  /// `counts` are the lanes' numbers of visits.
  void measure(InstructionSet set, const VisitRows& visits, const QueueRows& queue,
               const std::array<std::size_t, kLanes>& counts, const std::vector<Tick>& edges);
  [[nodiscard]] BeforeEdge before(std::size_t edge, std::size_t lane) const {
    return sums_[edge * kLanes + lane];
  }

 private:
  TickRows came_, begun_;  ///< visits that came, and that a clerk would be free for, before each edge
  std::vector<BeforeEdge> sums_;
};

}  // namespace pishkhan
