#include "sim/statistics/paired.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>

#include "sim/statistics/jackknife.hpp"

namespace pishkhan {
namespace {

/// The level at which Willink's interval ends at 0.
double test_of_zero(const Jackknifed& jackknifed) {
  const double n = jackknifed.n();
  if (n < 2) return kNan;
  const double deviation = std::sqrt(jackknifed.variance());
  if (!(deviation > 0)) return jackknifed.value == 0 ? kNan : 0;
  const double x = jackknifed.value / (deviation / std::sqrt(n));
  double cubes = 0;
  for (const double one : jackknifed.deviations) cubes += one * one * one;
  const double a =
      n < 3 ? 0 : cubes * n / ((n - 1) * (n - 2)) / (6 * std::sqrt(n) * deviation * deviation * deviation);
  const double moved = 1 + 2 * a * x;
  const double t = std::abs(a) < 1e-6 ? x : (moved * moved * moved - 1) / (6 * a) + a;
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(n - 1), std::abs(t)));
}

double ratio_of(const RatioSums& sums) {
  double numerator = 0, denominator = 0;
  for (std::size_t i = 0; i < sums.numerators.size(); ++i) {
    if (sums.denominators[i] == 0) continue;
    numerator += sums.numerators[i];
    denominator += sums.denominators[i];
  }
  return denominator == 0 ? kNan : numerator / denominator;
}

}  // namespace

PairedDifference estimate_paired(const RatioSums& a, const RatioSums& b) {
  const RatioSums both[] = {a, b};
  constexpr double kDifference[] = {-1, 1}, kOfA[] = {1, 0}, kOfB[] = {0, 1};
  const Jackknifed difference = jackknife(both, kDifference);
  PairedDifference paired{ratio_of(a),
                          ratio_of(b),
                          estimate_jackknifed_difference(difference),
                          estimate_ratio_correlation(a, b),
                          test_of_zero(difference),
                          kNan};
  if (difference.varies()) {
    const double apart = jackknife(both, kOfA).variance() + jackknife(both, kOfB).variance();
    paired.unpaired_replications = std::ceil(difference.n() * apart / difference.variance());
  }
  return paired;
}

Combination estimate_combination(std::span<const RatioSums> ratios, std::span<const double> weights) {
  const Jackknifed jackknifed = jackknife(ratios, weights);
  return {estimate_jackknifed(jackknifed), test_of_zero(jackknifed)};
}

}  // namespace pishkhan
