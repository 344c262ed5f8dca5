#pragma once
#include <span>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// One quantity in two runs under common random numbers, paired by replication. Replications in which one of
/// the two has no denominator are left out of the difference.
struct PairedDifference {
  double a, b;          ///< the ratio of the sums in each run; NaN where it has no denominator
  Estimate difference;  ///< b - a, as estimate_ratio_difference
  double correlation;   ///< of the replications' own ratios; NaN where one of the two does not vary
  /// Of the two-sided test that the difference is 0. It is below 5% where the interval leaves 0 out. NaN
  /// where nothing can be tested.
  double p;
  /// Replications of two runs with citizens of their own that would give as short an interval; NaN where the
  /// paired difference does not vary.
  double unpaired_replications;
};
PairedDifference estimate_paired(const RatioSums& a, const RatioSums& b, const DifferenceRules& rules = {});

/// A sum of ratios of sums, each with a weight, of runs under common random numbers, by the jackknife
/// (estimate_jackknifed).
struct Combination {
  Estimate estimate;
  double p;  ///< as PairedDifference::p
};
/// As many weights as ratios. A replication in which one has no denominator is left out.
Combination estimate_combination(std::span<const RatioSums> ratios, std::span<const double> weights,
                                 const DifferenceRules& rules = {});

}  // namespace pishkhan
