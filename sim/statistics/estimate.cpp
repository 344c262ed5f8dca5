#include "sim/statistics/estimate.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/container/small_vector.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/statistics/exact_interval.hpp"
#include "sim/statistics/jackknife.hpp"
#include "sim/statistics/skewed_interval.hpp"

namespace pishkhan {
namespace {

/// One for each replication. Few take no memory of their own.
using Values = boost::container::small_vector<double, 32>;

std::span<const double> span_of(const Values& values) { return {values.data(), values.size()}; }

/// 97.5% quantile of the normal distribution.
constexpr double kNormal975 = 1.959963984540054;

double compute_t(std::size_t degrees_of_freedom) {
  return boost::math::quantile(boost::math::students_t(static_cast<double>(degrees_of_freedom)), 0.975);
}

double sum_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

double average(std::span<const double> values) { return sum_of(values) / static_cast<double>(values.size()); }

Values without_nan(std::span<const double> values) {
  Values observed;
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

/// A ratio of sums over the replications that have a denominator, and what it is without each in turn; none
/// where fewer than two have one.
struct Jackknife {
  std::size_t replications = 0;
  double ratio = kNan;
  Values without;
};

Jackknife leave_one_out(std::span<const double> numerators, std::span<const double> denominators) {
  PISHKHAN_EXPECT(numerators.size() == denominators.size());
  double numerator = 0;
  double denominator = 0;
  std::size_t n = 0;
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    if (denominators[i] == 0) continue;  // a replication without a denominator saw nothing
    numerator += numerators[i];
    denominator += denominators[i];
    ++n;
  }
  Jackknife jackknife{n, numerator / denominator, {}};
  if (n < 2 || denominator == 0) return jackknife;
  jackknife.without.reserve(n);
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    if (denominators[i] == 0) continue;
    jackknife.without.push_back((numerator - numerators[i]) / (denominator - denominators[i]));
  }
  return jackknife;
}

Estimate with_ends(Estimate estimate, double low, double high) {
  estimate.low = low;
  estimate.high = high;
  estimate.half_width = (high - low) / 2;
  return estimate;
}

/// The estimate with Willink's interval, from the deviations of what replications add to it.
Estimate with_skewed_interval(const Estimate& estimate, std::span<const double> deviations) {
  if (!(estimate.half_width > 0)) return estimate;
  const Arms arms = skewed_arms(deviations);
  return with_ends(estimate, estimate.mean - arms.below, estimate.mean + arms.above);
}

double squared_error(const Estimate& estimate) {
  const double error = estimate.half_width / student_t_975(estimate.replications - 1);
  return error * error;
}

/// How many times the variance of a proportion, whose denominators' sum is given, is that of independent
/// observations. NaN where it cannot be estimated.
double variance_ratio_of_share(const Estimate& ratio, double denominator) {
  if (!(ratio.mean > 0 && ratio.mean < 1)) return kNan;
  return squared_error(ratio) * denominator / (ratio.mean * (1 - ratio.mean));
}

/// How many times the variance of counts is that of independent events.
double variance_ratio_of_counts(const Estimate& count) {
  if (!(count.mean > 0)) return kNan;
  return squared_error(count) * static_cast<double>(count.replications) / count.mean;
}

/// NaN stays NaN.
double at_least_1(double effect) { return effect < 1 ? 1 : effect; }

/// Of a statistic and what it is without each replication in turn.
Estimate skewed_estimate(double value, std::span<const double> without) {
  // What a replication adds to the statistic, as its deviation from the mean does to a mean.
  Values deviations;
  deviations.reserve(without.size());
  const double center = average(without);
  for (const double one : without)
    deviations.push_back(static_cast<double>(without.size() - 1) * (center - one));
  return with_skewed_interval({value, jackknife_half_width(without), without.size()}, span_of(deviations));
}

Estimate skewed_mean(std::span<const double> values) {
  Values deviations = without_nan(values);
  const Estimate estimate = mean_of_observed(span_of(deviations));
  for (double& value : deviations) value -= estimate.mean;
  return with_skewed_interval(estimate, span_of(deviations));
}

/// An estimate's interval cut to what is possible. The estimate itself is within it but for rounding.
Estimate within(const PossibleRange& range, const Estimate& estimate) {
  if (!(estimate.low < range.from || estimate.high > range.to)) return estimate;
  return with_ends(estimate, std::max(estimate.low, std::min(range.from, estimate.mean)),
                   std::min(estimate.high, std::max(range.to, estimate.mean)));
}

/// Whether the replications differ by more than rounding.
bool varies(const Estimate& estimate) {
  constexpr double kRounding = 1e-12;
  return estimate.half_width > kRounding * std::abs(estimate.mean);
}

/// Where replications do not differ, with the interval that the usual variance gives. `units`: what that is
/// the variance of one of, in all replications.
Estimate with_usual_interval(const Estimate& estimate, double usual_variance, double units) {
  PISHKHAN_EXPECT(!(usual_variance < 0));
  if (std::isnan(estimate.mean) || varies(estimate)) return estimate;
  if (std::isnan(usual_variance)) return estimate.mean == 0 ? no_estimate(estimate.replications) : estimate;
  const double half_width = student_t_975(estimate.replications - 1) * std::sqrt(usual_variance / units);
  return with_ends(estimate, estimate.mean - half_width, estimate.mean + half_width);
}

/// The estimate of a mean number of events, with the interval for a dispersion that is corrected for the few
/// replications.
Estimate with_interval_of_counts(const Estimate& estimate, double dispersion) {
  const double event = dispersion / static_cast<double>(estimate.replications);
  const Ends ends = poisson_interval(estimate.mean / event);
  return with_ends(estimate, ends.low * event, ends.high * event);
}

}  // namespace

double student_t_above(std::size_t degrees_of_freedom, double probability) {
  const boost::math::students_t law(static_cast<double>(degrees_of_freedom));
  return boost::math::quantile(boost::math::complement(law, probability));
}

double student_t_975(std::size_t degrees_of_freedom) {
  PISHKHAN_EXPECT(degrees_of_freedom >= 1);
  // A table of many rows asks for the same quantiles again and again. 0 is one not asked for yet; whichever
  // thread computes it finds the same.
  static std::array<std::atomic<double>, 1 << 14> known{};
  if (degrees_of_freedom >= known.size()) return compute_t(degrees_of_freedom);
  std::atomic<double>& quantile = known[degrees_of_freedom];
  if (quantile.load(std::memory_order_relaxed) == 0)
    quantile.store(compute_t(degrees_of_freedom), std::memory_order_relaxed);
  return quantile.load(std::memory_order_relaxed);
}

double correction_for_few(std::size_t replications) {
  const double t_ratio = student_t_975(replications - 1) / kNormal975;
  return t_ratio * t_ratio;
}

Estimate estimate_mean(std::span<const double> values) {
  return mean_of_observed(span_of(without_nan(values)));
}

double usual_design_effect(std::vector<double> effects) {
  if (effects.empty()) return 1;
  const auto quartile = effects.begin() + static_cast<std::ptrdiff_t>(effects.size() * 3 / 4);
  std::nth_element(effects.begin(), quartile, effects.end());
  return *quartile;
}

Estimate estimate_skewed_mean(std::span<const double> values, double usual_variance,
                              const PossibleRange& range) {
  const Estimate estimate = skewed_mean(values);
  return within(range,
                with_usual_interval(estimate, usual_variance, static_cast<double>(estimate.replications)));
}

Estimate estimate_bounded_mean(std::span<const double> values, double usual_variance,
                               const PossibleRange& range) {
  const Estimate estimate = estimate_mean(values);
  return within(range,
                with_usual_interval(estimate, usual_variance, static_cast<double>(estimate.replications)));
}

Estimate estimate_bounded_ratio(std::span<const double> numerators, std::span<const double> denominators,
                                double usual_variance, const PossibleRange& range) {
  return within(range, with_usual_interval(estimate_ratio(numerators, denominators), usual_variance,
                                           sum_of(denominators)));
}

double estimate_variance(std::span<const double> values) {
  const Estimate estimate = estimate_mean(values);
  return varies(estimate) ? squared_error(estimate) * static_cast<double>(estimate.replications) : kNan;
}

double estimate_dispersion(std::span<const double> counts) {
  return at_least_1(variance_ratio_of_counts(estimate_mean(counts)));
}

Estimate estimate_count(std::span<const double> counts, double usual_dispersion) {
  PISHKHAN_EXPECT(usual_dispersion >= 1 || usual_dispersion == 0);
  const Estimate estimate = estimate_mean(counts);
  if (std::isnan(estimate.mean) || (estimate.mean == 0 && usual_dispersion == 0)) return estimate;
  const double measured = variance_ratio_of_counts(estimate);
  const double dispersion =
      (std::isnan(measured) ? usual_dispersion : measured) * correction_for_few(estimate.replications);
  return with_interval_of_counts(estimate, std::max(1.0, dispersion));
}

Estimate estimate_ratio(std::span<const double> numerators, std::span<const double> denominators) {
  const Jackknife jackknife = leave_one_out(numerators, denominators);
  const std::size_t n = jackknife.replications;
  if (jackknife.without.empty()) return no_estimate(n);
  return {jackknife.ratio, jackknife_half_width(span_of(jackknife.without)), n};
}

Estimate estimate_skewed_ratio(std::span<const double> numerators, std::span<const double> denominators,
                               double usual_variance, const PossibleRange& range) {
  const Jackknife jackknife = leave_one_out(numerators, denominators);
  if (jackknife.without.empty()) return no_estimate(jackknife.replications);
  return within(range, with_usual_interval(skewed_estimate(jackknife.ratio, span_of(jackknife.without)),
                                           usual_variance, sum_of(denominators)));
}

double estimate_variance_of_ratio(std::span<const double> numerators, std::span<const double> denominators) {
  const Estimate estimate = estimate_ratio(numerators, denominators);
  return varies(estimate) ? squared_error(estimate) * sum_of(denominators) : kNan;
}

double estimate_design_effect(std::span<const double> numerators, std::span<const double> denominators) {
  return at_least_1(variance_ratio_of_share(estimate_ratio(numerators, denominators), sum_of(denominators)));
}

Estimate estimate_proportion(std::span<const double> numerators, std::span<const double> denominators,
                             double usual_design_effect) {
  PISHKHAN_EXPECT(usual_design_effect >= 1 || usual_design_effect == 0);
  const Estimate estimate = estimate_ratio(numerators, denominators);
  if (std::isnan(estimate.mean) || (estimate.mean == 0 && usual_design_effect == 0)) return estimate;
  const double n = sum_of(denominators);
  const double measured = variance_ratio_of_share(estimate, n);
  const double t_ratio = student_t_975(estimate.replications - 1) /
                         student_t_975(static_cast<std::size_t>(std::max(1.0, n - 1)));
  const double effect = (std::isnan(measured) ? usual_design_effect : measured) * t_ratio * t_ratio;
  const double effective = n / std::max(1.0, effect);
  const double seen = estimate.mean * effective, rest = effective - seen;
  const Ends ends = binomial_interval(seen, rest);
  return with_ends(estimate, ends.low, ends.high);
}

PairedEstimate estimate_difference(std::span<const double> a, std::span<const double> b) {
  PISHKHAN_EXPECT(a.size() == b.size());
  std::vector<double> first, second;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    first.push_back(a[i]);
    second.push_back(b[i]);
  }
  const std::vector<double> ones(first.size(), 1);
  return estimate_ratio_difference({first, ones}, {second, ones});
}

Estimate estimate_unpaired_difference(const Estimate& a, const Estimate& b) {
  const double mean = b.mean - a.mean;
  return with_ends({mean, kNan, std::min(a.replications, b.replications)},
                   mean - std::hypot(b.mean - b.low, a.high - a.mean),
                   mean + std::hypot(b.high - b.mean, a.mean - a.low));
}

double estimate_ratio_correlation(const RatioSums& a, const RatioSums& b) {
  std::vector<double> first, second;
  for (std::size_t i = 0; i < a.numerators.size(); ++i) {
    if (a.denominators[i] == 0 || b.denominators[i] == 0) continue;
    first.push_back(a.numerators[i] / a.denominators[i]);
    second.push_back(b.numerators[i] / b.denominators[i]);
  }
  return first.size() < 2 ? kNan : correlation_of(first, second);
}

PairedEstimate estimate_ratio_difference(const RatioSums& a, const RatioSums& b) {
  const RatioSums both[] = {a, b};
  constexpr double kDifference[] = {-1, 1};
  const Jackknifed difference = jackknife(both, kDifference);
  return {estimate_jackknifed_difference(difference), estimate_ratio_correlation(a, b)};
}

}  // namespace pishkhan
