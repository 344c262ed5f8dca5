#include "sim/statistics/estimate.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <vector>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

double compute_t(std::size_t degrees_of_freedom) {
  return boost::math::quantile(boost::math::students_t(static_cast<double>(degrees_of_freedom)), 0.975);
}

double sum_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

double average(std::span<const double> values) { return sum_of(values) / static_cast<double>(values.size()); }

std::vector<double> without_nan(std::span<const double> values) {
  std::vector<double> observed;
  observed.reserve(values.size());
  for (const double value : values)
    if (!std::isnan(value)) observed.push_back(value);
  return observed;
}

/// Sum of products of the deviations from the two means.
double cross_deviation(std::span<const double> a, double mean_a, std::span<const double> b, double mean_b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum;
}

Estimate no_estimate(std::size_t replications) { return {kNan, kNan, replications}; }

/// values: no NaN among them.
Estimate mean_of_observed(std::span<const double> values) {
  const std::size_t n = values.size();
  if (n < 2) return no_estimate(n);
  const double mean = average(values);
  const double squares = cross_deviation(values, mean, values, mean);
  const double count = static_cast<double>(n);
  return {mean, student_t_975(n - 1) * std::sqrt(squares / (count - 1) / count), n};
}

/// Of two series without a NaN; NaN where one does not vary.
double correlation_of(std::span<const double> a, std::span<const double> b) {
  const double mean_a = average(a), mean_b = average(b);
  const double spread =
      std::sqrt(cross_deviation(a, mean_a, a, mean_a)) * std::sqrt(cross_deviation(b, mean_b, b, mean_b));
  // Rounding may lead a little beyond 1.
  return spread > 0 ? std::clamp(cross_deviation(a, mean_a, b, mean_b) / spread, -1.0, 1.0) : kNan;
}

/// From what a statistic is without each replication in turn.
double jackknife_half_width(std::span<const double> without) {
  const double center = average(without);
  const double count = static_cast<double>(without.size());
  const double variance = cross_deviation(without, center, without, center) * (count - 1) / count;
  return student_t_975(without.size() - 1) * std::sqrt(variance);
}

}  // namespace

double student_t_975(std::size_t degrees_of_freedom) {
  PISHKHAN_EXPECT(degrees_of_freedom >= 1);
  // A table of many rows asks for the same few quantiles again and again.
  static const auto table = [] {
    std::array<double, 64> quantiles{};
    for (std::size_t i = 1; i < quantiles.size(); ++i) quantiles[i] = compute_t(i);
    return quantiles;
  }();
  return degrees_of_freedom < table.size() ? table[degrees_of_freedom] : compute_t(degrees_of_freedom);
}

Estimate estimate_mean(std::span<const double> values) { return mean_of_observed(without_nan(values)); }

double usual_design_effect(std::vector<double> effects) {
  if (effects.empty()) return 1;
  const auto quartile = effects.begin() + static_cast<std::ptrdiff_t>(effects.size() * 3 / 4);
  std::nth_element(effects.begin(), quartile, effects.end());
  return *quartile;
}

Estimate estimate_skewed_mean(std::span<const double> values) {
  const std::vector<double> observed = without_nan(values);
  Estimate estimate = mean_of_observed(observed);
  const double n = static_cast<double>(observed.size());
  double squares = 0, cubes = 0;
  for (const double value : observed) {
    const double deviation = value - estimate.mean;
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  if (observed.size() < 3 || !(squares > 0)) return estimate;
  const double deviation = std::sqrt(squares / (n - 1)), error = deviation / std::sqrt(n);
  const double third_moment = cubes * n / ((n - 1) * (n - 2));
  const double a = third_moment / (6 * std::sqrt(n) * deviation * deviation * deviation);
  // Willink (2005), equation 7: the quantile t moved by the skewness; t itself as a goes to 0.
  const auto moved = [a](double t) {
    return std::abs(a) < 1e-6 ? t : (std::cbrt(1 + 6 * a * (t - a)) - 1) / (2 * a);
  };
  const double t = student_t_975(observed.size() - 1);
  estimate.low = estimate.mean - moved(t) * error;
  estimate.high = estimate.mean - moved(-t) * error;
  estimate.half_width = (estimate.high - estimate.low) / 2;
  return estimate;
}

Estimate estimate_ratio(std::span<const double> numerators, std::span<const double> denominators) {
  PISHKHAN_EXPECT(numerators.size() == denominators.size());
  double numerator = 0;
  double denominator = 0;
  std::vector<std::size_t> observed;  // a replication without a denominator saw nothing
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    if (denominators[i] == 0) continue;
    numerator += numerators[i];
    denominator += denominators[i];
    observed.push_back(i);
  }
  const std::size_t n = observed.size();
  if (n < 2 || denominator == 0) return no_estimate(n);
  std::vector<double> without;
  for (const std::size_t i : observed)
    without.push_back((numerator - numerators[i]) / (denominator - denominators[i]));
  return {numerator / denominator, jackknife_half_width(without), n};
}

double estimate_design_effect(std::span<const double> numerators, std::span<const double> denominators) {
  const Estimate ratio = estimate_ratio(numerators, denominators);
  if (!(ratio.mean > 0 && ratio.mean < 1)) return kNan;
  const double error = ratio.half_width / student_t_975(ratio.replications - 1);
  return std::max(1.0, error * error * sum_of(denominators) / (ratio.mean * (1 - ratio.mean)));
}

Estimate estimate_proportion(std::span<const double> numerators, std::span<const double> denominators,
                             double usual_design_effect) {
  PISHKHAN_EXPECT(usual_design_effect >= 1);
  Estimate estimate = estimate_ratio(numerators, denominators);
  if (std::isnan(estimate.mean)) return estimate;
  const double n = sum_of(denominators);
  const double measured = estimate_design_effect(numerators, denominators);
  const double t_ratio = student_t_975(static_cast<std::size_t>(std::max(1.0, n - 1))) /
                         student_t_975(estimate.replications - 1);
  const double effective = n / (std::isnan(measured) ? usual_design_effect : measured) * t_ratio * t_ratio;
  const double seen = estimate.mean * effective, rest = effective - seen;
  using boost::math::ibeta_inv;
  estimate.low = seen > 0 ? ibeta_inv(seen, rest + 1, 0.025) : 0;
  estimate.high = rest > 0 ? ibeta_inv(seen + 1, rest, 0.975) : 1;
  estimate.half_width = (estimate.high - estimate.low) / 2;
  return estimate;
}

PairedEstimate estimate_difference(std::span<const double> a, std::span<const double> b) {
  PISHKHAN_EXPECT(a.size() == b.size());
  std::vector<double> first;
  std::vector<double> second;
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    first.push_back(a[i]);
    second.push_back(b[i]);
    differences.push_back(b[i] - a[i]);
  }
  const Estimate difference = mean_of_observed(differences);
  if (differences.size() < 2) return {difference, kNan};
  return {difference, correlation_of(first, second)};
}

PairedEstimate estimate_ratio_difference(const RatioSums& a, const RatioSums& b) {
  PISHKHAN_EXPECT(a.numerators.size() == a.denominators.size() &&
                  b.numerators.size() == b.denominators.size());
  PISHKHAN_EXPECT(a.numerators.size() == b.numerators.size());
  std::vector<std::size_t> observed;
  for (std::size_t i = 0; i < a.numerators.size(); ++i)
    if (a.denominators[i] != 0 && b.denominators[i] != 0) observed.push_back(i);
  const std::size_t n = observed.size();
  if (n < 2) return {no_estimate(n), kNan};
  std::vector<double> first, second, without;
  const auto ratio = [&](const RatioSums& sums, std::size_t left_out) {
    double numerator = 0, denominator = 0;
    for (const std::size_t i : observed) {
      if (i == left_out) continue;
      numerator += sums.numerators[i];
      denominator += sums.denominators[i];
    }
    return numerator / denominator;
  };
  for (const std::size_t i : observed) {
    first.push_back(a.numerators[i] / a.denominators[i]);
    second.push_back(b.numerators[i] / b.denominators[i]);
    without.push_back(ratio(b, i) - ratio(a, i));
  }
  const std::size_t none = a.numerators.size();
  return {{ratio(b, none) - ratio(a, none), jackknife_half_width(without), n}, correlation_of(first, second)};
}

}  // namespace pishkhan
