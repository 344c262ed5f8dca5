#pragma once
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// A sum of ratios of sums, each with a weight, and how far each replication's contribution is from their
/// mean.
struct Jackknifed {
  double value = kNan;
  std::vector<double> deviations;  ///< of the replications observed; their sum is 0

  [[nodiscard]] double n() const { return static_cast<double>(deviations.size()); }
  /// Of one replication.
  [[nodiscard]] double variance() const;
  /// Whether any replication differs from another by more than rounding.
  [[nodiscard]] bool varies() const;
};

/// As many weights as ratios, at least one; all ratios of the same replications. A replication in which one
/// has no denominator is left out. What is rounding beside the ratios is 0.
Jackknifed jackknife(std::span<const RatioSums> ratios, std::span<const double> weights);

/// Its estimate with Willink's interval, as a difference may be skewed to either side. Without variation the
/// interval has no length; with fewer than two replications there is no number.
Estimate estimate_jackknifed(const Jackknifed& jackknifed);
/// The same of a paired difference, which has no number either where no replication differs: nothing bounds
/// what a rare difference would be.
Estimate estimate_jackknifed_difference(const Jackknifed& jackknifed);

}  // namespace pishkhan
