#pragma once
#include <array>
#include <vector>

#include "sim/lanes/queue_rows.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {

/// Counts the waits of the served by the bins of WaitHistogram.
class WaitBins {
 public:
  void add(InstructionSet set, const QueueRows& queue);
  /// Moves all counts into the histogram.
  void move_to(WaitHistogram& histogram);

 private:
  /// So many tables take turns: the same bin often counts several times in a row, and a count must be stored
  /// before it can be raised again.
  static constexpr std::size_t kTables = 4;
  std::array<std::vector<std::uint32_t>, kTables> counts_;
};

}  // namespace pishkhan
