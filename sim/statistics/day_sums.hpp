#pragma once
#include <cstdint>
#include <vector>

#include "sim/station/station.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// Three counts in one number: the served, those who joined (did not balk), and the served whose wait was
/// within the target. It holds the counts of kVisitsAtMost visits.
struct PackedCounts {
  static constexpr int kBits = 21;
  static constexpr std::size_t kVisitsAtMost = (std::size_t{1} << kBits) - 1;
  static constexpr std::uint64_t kInTarget = std::uint64_t{1} << 2 * kBits;
  std::uint64_t value = 0;
  [[nodiscard]] std::uint64_t served() const { return at(0); }
  [[nodiscard]] std::uint64_t joined() const { return at(1); }
  [[nodiscard]] std::uint64_t in_target() const { return at(2); }

 private:
  [[nodiscard]] std::uint64_t at(int k) const { return value >> (k * kBits) & kVisitsAtMost; }
};

/// What each visit adds to the day's counts and to the waits of the served. The columns may be longer than
/// there are visits: up to whole vectors.
struct VisitParts {
  std::vector<std::uint64_t> counts;  ///< PackedCounts of one visit
  std::vector<double> wait_s;         ///< 0 if not served
};

/// The tally of all visits, but for `failed`, `failed_s` and `aside_s`: handling_s has the failed visits'
/// time in it. Fills `parts`. reworked[i] is nonzero for visits that came without the papers.
VisitTally sum_visits(const Visits& visits, const std::uint8_t* reworked, double target_s, VisitParts& parts);

/// Clerk time of the first n visits before a moment, in seconds.
double busy_before(const Visits& visits, std::size_t n, double until_s);

}  // namespace pishkhan
