#include "sim/statistics/skewed_interval.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {
namespace {

/// The least cube that the inverse takes the root of where the skewness is negative: its arm is then
/// (1 - cbrt(1/4)) / (2 |a|), which is 1.50 times t at 3 degrees of freedom and 1.52 times t at 9.
constexpr double kLeastCube = 0.25;

/// The greatest |a| of a negative a at which 1 + 6 a (t - a) is not below that.
double most_negative(double t) { return (std::sqrt(t * t + 4 * (1 - kLeastCube) / 6) - t) / 2; }

/// Equation 7: the quantile t moved by the skewness; t itself as a goes to 0.
double moved(double t, double a) {
  return std::abs(a) < 1e-6 ? t : (std::cbrt(1 + 6 * a * (t - a)) - 1) / (2 * a);
}

}  // namespace

Arms skewed_arms(std::span<const double> deviations, SkewedTo skewed_to) {
  PISHKHAN_EXPECT(deviations.size() >= 2);
  const double n = static_cast<double>(deviations.size());
  double squares = 0, cubes = 0;
  for (const double deviation : deviations) {
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  const double deviation = std::sqrt(squares / (n - 1)), error = deviation / std::sqrt(n);
  const double t = student_t_975(deviations.size() - 1);
  if (deviations.size() < 3 || !(squares > 0)) return {t * error, t * error};
  const double third_moment = cubes * n / ((n - 1) * (n - 2));
  double a = third_moment / (6 * std::sqrt(n) * deviation * deviation * deviation);
  if (skewed_to == SkewedTo::above) a = std::max(a, -most_negative(t));
  return {moved(t, a) * error, -moved(-t, a) * error};
}

}  // namespace pishkhan
