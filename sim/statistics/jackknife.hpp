#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// A sum of ratios of sums, each with a weight, and how far each replication's contribution is from their
/// mean.
struct Jackknifed {
  double value = kNan;
  std::vector<double> deviations;  ///< of the replications observed; their sum is 0
  bool to_one_side = true;         ///< of no two replications one's own sum is above and one's below 0

  [[nodiscard]] double n() const { return static_cast<double>(deviations.size()); }
  /// Of one replication.
  [[nodiscard]] double variance() const;
  /// Whether any replication differs from another by more than rounding.
  [[nodiscard]] bool varies() const;
};

/// As many weights as ratios, at least one; all ratios of the same replications. A replication in which one
/// has no denominator is left out. What is rounding beside the ratios is 0.
Jackknifed jackknife(std::span<const RatioSums> ratios, std::span<const double> weights);

/// Its estimate; with fewer than two replications there is no number. The interval is Willink's
/// (skewed_arms), with the long tail on the side of the estimate: what makes a difference may be rare, and
/// large where it comes. Where all replications are to one side, its outer end is at least that of as many
/// independent events as have the estimate's error, corrected for the few replications: few of a rare effect
/// say little of how large it may be.
///
/// Where all replications say the same and it is not 0, each is taken as one event (Garwood 1936), unless it
/// is planned. A 0 then has an interval without length.
Estimate estimate_jackknifed(const Jackknifed& jackknifed, const DifferenceRules& rules = {});
/// The same of a paired difference, which has no number where no replication differs: nothing bounds what a
/// rare difference would be.
Estimate estimate_jackknifed_difference(const Jackknifed& jackknifed, const DifferenceRules& rules = {});
/// The level of the two-sided test of 0: the one at which the interval ends at 0, and at least Student's;
/// that of the sign test where all replications differ by the same; NaN where nothing can be tested.
double test_of_zero(const Jackknifed& jackknifed);

}  // namespace pishkhan
