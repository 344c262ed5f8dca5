#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace pishkhan {

/// What a station costs with each number of clerks that was tried; costs are not negative.
struct ClerkCurve {
  int fewest = 0;            ///< clerks that cost.front() is of
  int now = 0;               ///< among those tried; kept where another number costs the same
  std::vector<double> cost;  ///< of fewest, fewest + 1, ... clerks; any unit, in any shape
  [[nodiscard]] int most() const { return fewest + static_cast<int>(cost.size()) - 1; }
  [[nodiscard]] double at(int clerks) const { return cost[static_cast<std::size_t>(clerks - fewest)]; }
};

/// Clerks by station, of least cost together.
struct SharedOut {
  std::vector<int> clerks;  ///< by station
  double cost = 0;
  /// Of a clerk: what the last one saves on the lower hulls of the curves; 0 if there are enough for all.
  double price = 0;
  /// At the price no staffing costs less than this, clerks paid for: the bound of Everett (1963). The cost
  /// is above it where curves are not convex.
  double bound = 0;
  /// The least cost with 0, 1, ... clerks more than the fewest of all stations, up to those that the curves
  /// can use.
  std::vector<double> least;
};

/// Shares out clerks, at most `spare` more than the fewest of all stations, so that the sum of the costs is
/// least among all ways to share them out over the numbers that were tried: by dynamic programming, whatever
/// the shape of the curves.
SharedOut share_out(std::span<const ClerkCurve> curves, std::size_t spare);

/// The number of clerks of least cost at a price for each; of equal ones the fewest.
int best_at_price(const ClerkCurve& curve, double price);

}  // namespace pishkhan
