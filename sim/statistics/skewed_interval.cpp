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

/// The deviations' standard error, and their skewness / (6 sqrt(n)).
struct Shape {
  double error, a;
};
Shape shape_of(std::span<const double> deviations) {
  PISHKHAN_EXPECT(deviations.size() >= 2);
  const double n = static_cast<double>(deviations.size());
  double squares = 0, cubes = 0;
  for (const double deviation : deviations) {
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  const double deviation = std::sqrt(squares / (n - 1)), error = deviation / std::sqrt(n);
  if (deviations.size() < 3 || !(squares > 0)) return {error, 0};
  const double third_moment = cubes * n / ((n - 1) * (n - 2));
  return {error, third_moment / (6 * std::sqrt(n) * deviation * deviation * deviation)};
}

/// Below this |a| the transformation is that of no skewness.
constexpr double kHardlySkewed = 1e-6;

/// The greatest |a| of a negative a at which 1 + 6 a (t - a) is not below that.
double most_negative(double t) { return (std::sqrt(t * t + 4 * (1 - kLeastCube) / 6) - t) / 2; }

/// Equation 7: the quantile t moved by the skewness; t itself as a goes to 0.
double moved(double t, double a) {
  return std::abs(a) < kHardlySkewed ? t : (std::cbrt(1 + 6 * a * (t - a)) - 1) / (2 * a);
}

}  // namespace

Arms skewed_arms(std::span<const double> deviations) {
  const Shape shape = shape_of(deviations);
  const double t = student_t_975(deviations.size() - 1), a = std::max(shape.a, -most_negative(t));
  return {moved(t, a) * shape.error, -moved(-t, a) * shape.error};
}

double quantile_of_arm_below(std::span<const double> deviations, double distance) {
  const auto [error, a] = shape_of(deviations);
  const double x = distance / error;
  if (std::abs(a) < kHardlySkewed) return x;
  const double bound = (1 - std::cbrt(kLeastCube)) / (2 * x);  // the |a| at which the arm is x
  if (a < -bound) return ((1 - kLeastCube) / 6 - bound * bound) / bound;
  const double root = 1 + 2 * a * x;
  return (root * root * root - 1) / (6 * a) + a;
}

}  // namespace pishkhan
