#pragma once
#include <cstddef>
#include <span>

namespace pishkhan {

/// A mean over replications with its 95% half-width. No interval, no number: with fewer than two
/// replications, or where nothing was observed, both are NaN.
struct Estimate {
  double mean;
  double half_width;
  std::size_t replications = 0;
};

/// Student t over independent replications.
Estimate estimate_mean(std::span<const double> values);

/// Ratio of sums by the jackknife over replications (Efron 1982): numerators[i] / denominators[i]
/// belong to replication i. NaN where every denominator is 0.
Estimate estimate_ratio(std::span<const double> numerators, std::span<const double> denominators);

/// Mean of paired differences b - a under common random numbers, with the correlation measured.
struct PairedEstimate {
  Estimate difference;
  double correlation;
};
PairedEstimate estimate_difference(std::span<const double> a, std::span<const double> b);

}  // namespace pishkhan
