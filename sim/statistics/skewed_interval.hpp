#pragma once
#include <span>

// Willink's interval (2005) for the mean of a skewed distribution: Hall's cubic transformation (1992) of the
// t statistic, solved for the mean.
namespace pishkhan {

/// How far a 95% interval reaches from the estimate.
struct Arms {
  double below = 0, above = 0;
};

/// From the deviations of what replications add to an estimate; their sum is 0. At least two, not all 0. Of
/// two they are Student's.
///
/// The distribution has its long tail above, if it has any. The skewness of the sample is taken as it is
/// while it is positive. A negative one is chance, in few replications a large one, at which the
/// transformation turns almost level and its inverse lies a dozen standard errors away. So it is taken as at
/// most so large that the arm below is 1.5 times Student's.
Arms skewed_arms(std::span<const double> deviations);
/// The quantile of Student's t that would make the arm below `distance` long, which is not negative.
double quantile_of_arm_below(std::span<const double> deviations, double distance);

}  // namespace pishkhan
