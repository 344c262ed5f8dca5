#pragma once
#include <array>

#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// A sum of visit tallies whose value does not depend on the order of the additions. Each time that is added
/// is rounded to a whole number of 2^-16 s, as in TimeSum; sums of these are exact in 128 bits, so a tally
/// that was added can be taken away again and leaves no trace. Below 2^37 s tally() is the sum itself, not
/// rounded: it can be added again.
class VisitSum {
 public:
  /// Times must be finite and below 2^80 s; 2^15 such additions fit.
  VisitSum& operator+=(const VisitTally& tally);
  /// Takes away a tally that was added.
  VisitSum& operator-=(const VisitTally& tally);
  /// Times in seconds, rounded once.
  [[nodiscard]] VisitTally tally() const;

 private:
  __extension__ using Ticks = __int128;
  static constexpr std::size_t kCounts = 10, kTimes = 7;
  std::array<std::uint64_t, kCounts> counts_{};
  std::array<Ticks, kTimes> times_{};
};

}  // namespace pishkhan
