#pragma once
#include <cstdint>
#include <vector>

#include "sim/station/station.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// Three counts in one number: served, joined (not balked), started within T; of few enough visits.
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

/// Each visit's part in the counts and in the waits of the served (0 if not served); longer than the visits
/// are many, by what whole vectors need.
struct VisitParts {
  std::vector<std::uint64_t> counts;  ///< PackedCounts of one visit
  std::vector<double> wait;
};

/// The tally of all visits, and each one's part in it. reworked[i] is nonzero for visits without the papers.
VisitTally sum_visits(const Visits& visits, const std::uint8_t* reworked, double target_s, VisitParts& parts);

/// Time at the desks before an edge; only the first `came` visits began before it.
double busy_before(const Visits& visits, std::size_t came, double edge);

}  // namespace pishkhan
