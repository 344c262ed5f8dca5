#include "sim/statistics/jackknife.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/statistics/exact_interval.hpp"
#include "sim/statistics/skewed_interval.hpp"

namespace pishkhan {
namespace {

/// Below this share of a value a difference is rounding.
constexpr double kRoundingShare = 1e-13;

/// All replications observed but one; `left_out` may be none of them.
double ratio_without(const RatioSums& sums, std::span<const std::size_t> observed, std::size_t left_out) {
  double numerator = 0, denominator = 0;
  for (const std::size_t i : observed) {
    if (i == left_out) continue;
    numerator += sums.numerators[i];
    denominator += sums.denominators[i];
  }
  return numerator / denominator;
}

/// The weighted sums of the replications' own ratios, rounding apart.
bool is_to_one_side(std::span<const RatioSums> ratios, std::span<const double> weights,
                    std::span<const std::size_t> observed) {
  bool above = false, below = false;
  for (const std::size_t i : observed) {
    double sum = 0, largest = 0;
    for (std::size_t k = 0; k < ratios.size(); ++k) {
      const double part = weights[k] * ratios[k].numerators[i] / ratios[k].denominators[i];
      sum += part;
      largest = std::max(largest, std::abs(part));
    }
    const double rounding = kRoundingShare * largest * static_cast<double>(ratios.size());
    above = above || sum > rounding;
    below = below || sum < -rounding;
  }
  return !(above && below);
}

/// The deviations, mirrored if need be, so that the value is not negative.
std::vector<double> outward(const Jackknifed& jackknifed) {
  std::vector<double> deviations = jackknifed.deviations;
  if (jackknifed.value < 0)
    for (double& one : deviations) one = -one;
  return deviations;
}

/// The upper end of the mean of so many replications, each a number of events of the size `event`; where
/// there are many it is that of the normal distribution, and skewed_arms says as much.
double most_of_events(double mean, double event, double n) {
  constexpr double kMany = 1000;
  const double events = mean * n / event;
  return events < kMany ? poisson_interval(events).high * event / n : mean;
}

/// `inner` and `outer` are the ends of the value's size; the estimate is cut to what is possible.
Estimate with_ends(const Jackknifed& jackknifed, double inner, double outer, const PossibleRange& range) {
  const double value = jackknifed.value;
  double low = value < 0 ? -outer : inner, high = value < 0 ? -inner : outer;
  low = std::max(low, std::min(range.from, value));
  high = std::min(high, std::max(range.to, value));
  return {value, (high - low) / 2, jackknifed.deviations.size(), low, high};
}

}  // namespace

double Jackknifed::variance() const {
  double squares = 0;
  for (const double deviation : deviations) squares += deviation * deviation;
  return squares / (n() - 1);
}

bool Jackknifed::varies() const {
  return std::ranges::any_of(deviations, [](double deviation) { return deviation != 0; });
}

Jackknifed jackknife(std::span<const RatioSums> ratios, std::span<const double> weights) {
  PISHKHAN_EXPECT(ratios.size() == weights.size() && !ratios.empty());
  const std::size_t replications = ratios.front().numerators.size();
  for (const RatioSums& one : ratios)
    PISHKHAN_EXPECT(one.numerators.size() == replications && one.denominators.size() == replications);
  std::vector<std::size_t> observed;
  for (std::size_t i = 0; i < replications; ++i) {
    if (std::ranges::all_of(ratios, [i](const RatioSums& one) { return one.denominators[i] != 0; }))
      observed.push_back(i);
  }
  if (observed.empty()) return {};
  const auto combine = [&](std::size_t left_out) {
    double sum = 0;
    for (std::size_t k = 0; k < ratios.size(); ++k)
      sum += weights[k] * ratio_without(ratios[k], observed, left_out);
    return sum;
  };
  double largest = 0;  // of the ratios, each with its weight
  for (std::size_t k = 0; k < ratios.size(); ++k)
    largest = std::max(largest, std::abs(weights[k] * ratio_without(ratios[k], observed, replications)));
  const auto n = static_cast<double>(observed.size());
  const double rounding = kRoundingShare * largest * n;
  Jackknifed jackknifed{combine(replications), {}, is_to_one_side(ratios, weights, observed)};
  if (std::abs(jackknifed.value) <= rounding) jackknifed.value = 0;
  if (observed.size() < 2) {
    jackknifed.deviations.assign(1, 0);
    return jackknifed;
  }
  double center = 0;
  for (const std::size_t i : observed) {
    jackknifed.deviations.push_back(combine(i));
    center += jackknifed.deviations.back() / n;
  }
  for (double& one : jackknifed.deviations) one = (n - 1) * (center - one);
  if (std::ranges::all_of(jackknifed.deviations, [&](double one) { return std::abs(one) <= rounding; }))
    std::ranges::fill(jackknifed.deviations, 0.0);
  return jackknifed;
}

Estimate estimate_jackknifed(const Jackknifed& jackknifed, const DifferenceRules& rules) {
  const std::size_t n = jackknifed.deviations.size();
  if (n < 2) return {kNan, kNan, n};
  const double size = std::abs(jackknifed.value);
  if (!jackknifed.varies()) {
    if (size == 0 || rules.is_planned) return {jackknifed.value, 0, n};
    const Ends ends = poisson_interval(jackknifed.n());
    return with_ends(jackknifed, ends.low * size / jackknifed.n(), ends.high * size / jackknifed.n(),
                     rules.range);
  }
  const Arms arms = skewed_arms(outward(jackknifed));
  double outer = size + arms.above;
  if (jackknifed.to_one_side && size > 0) {
    const double event = jackknifed.variance() / size * correction_for_few(n);
    outer = std::max(outer, most_of_events(size, event, jackknifed.n()));
  }
  return with_ends(jackknifed, size - arms.below, outer, rules.range);
}

Estimate estimate_jackknifed_difference(const Jackknifed& jackknifed, const DifferenceRules& rules) {
  const std::size_t n = jackknifed.deviations.size();
  if (!jackknifed.varies() && jackknifed.value == 0) return {kNan, kNan, n};
  return estimate_jackknifed(jackknifed, rules);
}

double test_of_zero(const Jackknifed& jackknifed) {
  const double n = jackknifed.n();
  if (n < 2) return kNan;
  if (!jackknifed.varies()) return jackknifed.value == 0 ? kNan : std::exp2(1 - n);
  // The correction for skewness grows with the cube of the distance: far out it is more than the few
  // replications can say, so that it may only make the level larger.
  const double value = std::abs(jackknifed.value);
  const double t = std::min(quantile_of_arm_below(outward(jackknifed), value),
                            value / std::sqrt(jackknifed.variance() / n));
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(n - 1), std::max(t, 0.0)));
}

}  // namespace pishkhan
