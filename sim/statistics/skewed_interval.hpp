#pragma once
#include <cstdint>
#include <span>

// Willink's interval (2005) for the mean of a skewed distribution: Hall's cubic transformation (1992) of the
// t statistic, solved for the mean.
namespace pishkhan {

/// To which side the distribution has a long tail.
enum class SkewedTo : std::uint8_t {
  above,   ///< of amounts, such as waits
  either,  ///< of differences
};

/// How far a 95% interval reaches from the estimate.
struct Arms {
  double below = 0, above = 0;
};

/// From the deviations of what replications add to an estimate; their sum is 0. At least two, not all 0. Of
/// two they are Student's.
///
/// Of `above`, the skewness of the sample is taken as it is while it is positive. A negative one is chance,
/// in few replications a large one, at which the transformation turns almost level and its inverse lies a
/// dozen standard errors away. So it is taken as at most so large that the arm below is 1.5 times Student's.
Arms skewed_arms(std::span<const double> deviations, SkewedTo skewed_to);

}  // namespace pishkhan
