#pragma once
#include <span>

#include "sim/statistics/estimate.hpp"
#include "sim/statistics/level_histogram.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {

/// Quantile of all that the replications saw together (element i of the histograms is replication i), with
/// the 95% interval of Woodruff (1952): from the lowest to the highest value whose share below, a ratio over
/// replications, has an interval (estimate_skewed_ratio) that holds p.
/// The interval is widened to the edges of bins, so that the true quantile's bin need not be guessed.
/// 0 < p < 1. NaN where fewer than two replications saw anything.
///
/// The mean of the replications' own quantiles would estimate something else: a short replication's
/// quantile is that of its day, not that of all days.
Estimate pooled_quantile(std::span<const WaitHistogram> waits, double p);
/// The same of a level, weighted by the time it was held.
Estimate pooled_quantile(std::span<const LevelHistogram> levels, double p);

}  // namespace pishkhan
