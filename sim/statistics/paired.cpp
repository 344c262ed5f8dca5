#include "sim/statistics/paired.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// Below this share of a value a difference is rounding.
constexpr double kRounding = 1e-13;

/// A weighted sum of ratios, and how far each replication's contribution is from their mean.
struct Jackknifed {
  double value = kNan;
  std::vector<double> deviations;  ///< of the replications observed; their sum is 0

  [[nodiscard]] double n() const { return static_cast<double>(deviations.size()); }
  /// Of one replication.
  [[nodiscard]] double variance() const {
    double squares = 0;
    for (const double deviation : deviations) squares += deviation * deviation;
    return squares / (n() - 1);
  }
};

double ratio_without(const RatioSums& sums, std::span<const std::size_t> observed, std::size_t left_out) {
  double numerator = 0, denominator = 0;
  for (const std::size_t i : observed) {
    if (i == left_out) continue;
    numerator += sums.numerators[i];
    denominator += sums.denominators[i];
  }
  return numerator / denominator;
}

Jackknifed jackknife(std::span<const RatioSums> ratios, std::span<const double> weights) {
  PISHKHAN_EXPECT(ratios.size() == weights.size() && !ratios.empty());
  const std::size_t replications = ratios.front().numerators.size();
  std::vector<std::size_t> observed;
  for (std::size_t i = 0; i < replications; ++i) {
    if (std::all_of(ratios.begin(), ratios.end(), [i](const RatioSums& r) { return r.denominators[i] != 0; }))
      observed.push_back(i);
  }
  if (observed.empty()) return {};
  const auto combine = [&](std::size_t left_out) {
    double sum = 0;
    for (std::size_t k = 0; k < ratios.size(); ++k)
      sum += weights[k] * ratio_without(ratios[k], observed, left_out);
    return sum;
  };
  Jackknifed jackknifed{combine(replications), {}};
  if (observed.size() < 2) return jackknifed;
  double center = 0;
  for (const std::size_t i : observed) {
    jackknifed.deviations.push_back(combine(i));
    center += jackknifed.deviations.back() / static_cast<double>(observed.size());
  }
  double largest = 0;  // of the ratios, each with its weight: what rounding errors are relative to
  for (std::size_t k = 0; k < ratios.size(); ++k)
    largest = std::max(largest, std::abs(weights[k] * ratio_without(ratios[k], observed, replications)));
  const double rounding = kRounding * largest * static_cast<double>(observed.size());
  bool varies = false;
  for (double& one : jackknifed.deviations) {
    one = static_cast<double>(observed.size() - 1) * (center - one);
    varies = varies || std::abs(one) > rounding;
  }
  if (!varies) std::ranges::fill(jackknifed.deviations, 0.0);
  if (std::abs(jackknifed.value) <= rounding) jackknifed.value = 0;
  return jackknifed;
}

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
  const PairedEstimate estimate = estimate_ratio_difference(a, b);
  PairedDifference paired{ratio_of(a), ratio_of(b), estimate.difference, estimate.correlation, kNan, kNan};
  const RatioSums both[] = {a, b};
  constexpr double kDifference[] = {-1, 1}, kOfA[] = {1, 0}, kOfB[] = {0, 1};
  const Jackknifed difference = jackknife(both, kDifference);
  paired.p = test_of_zero(difference);
  if (difference.deviations.size() >= 2 && !(difference.variance() > 0)) {  // but for rounding
    const std::size_t n = difference.deviations.size();
    paired.difference = difference.value == 0 ? Estimate{kNan, kNan, n} : Estimate{difference.value, 0, n};
  }
  if (difference.deviations.size() >= 2 && difference.variance() > 0) {
    const double apart = jackknife(both, kOfA).variance() + jackknife(both, kOfB).variance();
    paired.unpaired_replications = std::ceil(difference.n() * apart / difference.variance());
  }
  return paired;
}

Combination estimate_combination(std::span<const RatioSums> ratios, std::span<const double> weights) {
  const Jackknifed jackknifed = jackknife(ratios, weights);
  const std::size_t n = jackknifed.deviations.size();
  if (n < 2) return {{kNan, kNan, n}, kNan};
  if (!(jackknifed.variance() > 0)) return {{jackknifed.value, 0, n}, test_of_zero(jackknifed)};
  const std::vector<double> zeros(n);
  const Estimate around_0 = estimate_difference(zeros, jackknifed.deviations).difference;
  return {{jackknifed.value, around_0.half_width, n, jackknifed.value + around_0.low,
           jackknifed.value + around_0.high},
          test_of_zero(jackknifed)};
}

}  // namespace pishkhan
