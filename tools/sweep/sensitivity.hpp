#pragma once
#include <cstddef>
#include <vector>

#include "sim/statistics/estimate.hpp"

// How much a response depends on each factor. What is estimated is the response's mean over replications, as
// a function of the factors: products are of different replications, so that noise adds nothing on average,
// be it independent at every point or common to all.
//
// The intervals are Student's, by the jackknife over rows and over replications (the variances of both,
// joined by Satterthwaite's degrees of freedom), so they hold whether or not points share their noise. With
// fewer than three replications, or two rows, there is no number.
namespace pishkhan {

/// The response at the points of a row of the design: [point][replication].
using RowOutputs = std::vector<std::vector<double>>;

/// Shares of the variance that a factor alone makes, and with all in which it takes part (Sobol 1993, Homma
/// and Saltelli 1996). By chance they may lie below 0 or above 1.
struct SobolIndices {
  Estimate first_order, total;
};

/// Of every factor, from rows of points as pick_freeze_points has them, in their order: first-order indices
/// by the estimator of Saltelli et al. (2010), total ones by Jansen's (1999).
std::vector<SobolIndices> estimate_sobol_indices(const std::vector<RowOutputs>& rows);

/// Effects of a factor's moves (Morris 1991), each divided by the share of the range that it crosses.
struct ElementaryEffects {
  Estimate mean;       ///< mu
  Estimate mean_size;  ///< mu* (Campolongo et al. 2007): the sign of each is taken from other replications
  Estimate deviation;  ///< sigma, over rows: how much the effect depends on where it is measured
};

/// One move of a trajectory.
struct Move {
  std::size_t factor = 0;
  double share = 0;  ///< of the factor's range; below 0 downwards, never 0
};

/// Of every factor. `moves[t][s]` leads from point s of row t to point s + 1; each factor moves once.
std::vector<ElementaryEffects> estimate_elementary_effects(const std::vector<RowOutputs>& rows,
                                                           const std::vector<std::vector<Move>>& moves);

}  // namespace pishkhan
