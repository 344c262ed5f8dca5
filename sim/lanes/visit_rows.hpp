#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/lanes/rows.hpp"

namespace pishkhan {

/// The visits of one day, in the order of the citizens' numbers.
struct LaneVisits {
  std::vector<std::uint32_t> words;  ///< the uniform draws of which arrival times are an ascending function
  std::vector<Tick> handling, patience;
  std::size_t count = 0;  ///< the columns may be longer
};

/// The visits of eight days, in the order of their words and, of equal words, of the citizens' numbers.
/// Where a lane has fewer visits than there are rows, its arrivals are kNeverTick, as those of some rows
/// more.
struct VisitRows {
  static constexpr std::size_t kRowsMore = 4;
  static constexpr std::uint32_t kHighestBit = 0x80000000u;
  TickRows words;  ///< with their highest bit changed, so that they ascend as signed numbers
  TickRows arrival, handling, patience;
  std::size_t rows = 0;
  std::array<std::size_t, kLanes> count{};  ///< of each lane's visits
};

/// Puts the visits of eight days into rows by counting words, each lane by itself; arrivals are not set. At
/// most kRowsAtMost visits a lane.
class VisitSorter {
 public:
  static constexpr std::size_t kRowsAtMost = 2048;
  void sort(InstructionSet set, const std::array<LaneVisits, kLanes>& lanes, VisitRows& into);

 private:
  std::vector<std::uint16_t> first_row_;  ///< by bucket and lane
};

}  // namespace pishkhan
