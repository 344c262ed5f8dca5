#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// One of several systems, compared with the best.
struct Contender {
  double mean = kNan;              ///< over replications
  bool may_be_best = false;        ///< among those of which one is the best with 95% confidence
  Estimate behind{kNan, kNan, 0};  ///< mean less the least mean of the others
};

/// Which system has the least mean, from replications with common random numbers:
/// values[system][replication], all finite, as many of each. All statements hold together with 95%
/// confidence: the best is among those that may be best, and every `behind` lies in its interval. So the mean
/// of a system is at most `behind.high` above the least.
///
/// Every pair of systems is compared by its own paired differences, with Bonferroni's share of the 5% for
/// each of those that are compared with the best (Clark and Yang 1986, Nelson et al. 2001; the intervals of
/// constrained comparisons with the best, Hsu 1984). So nothing is assumed of the correlations that common
/// random numbers make, nor that all systems vary alike, as Nelson and Matejcik (1995) do; only that the
/// differences are about normal. With fewer than two systems or replications there is no number but the mean.
std::vector<Contender> compare_with_least(std::span<const std::vector<double>> values);

}  // namespace pishkhan
