#include "sim/statistics/estimate.hpp"

#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double compute_t(std::size_t degrees_of_freedom) {
  return boost::math::quantile(boost::math::students_t(static_cast<double>(degrees_of_freedom)), 0.975);
}

double average(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
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

Estimate estimate_mean(std::span<const double> values) {
  std::vector<double> observed;
  observed.reserve(values.size());
  for (const double value : values) {
    if (!std::isnan(value)) observed.push_back(value);
  }
  return mean_of_observed(observed);
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
  for (const std::size_t i : observed) {
    without.push_back((numerator - numerators[i]) / (denominator - denominators[i]));
  }
  const double center = average(without);
  const double count = static_cast<double>(n);
  const double variance = cross_deviation(without, center, without, center) * (count - 1) / count;
  return {numerator / denominator, student_t_975(n - 1) * std::sqrt(variance), n};
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
  const double mean_a = average(first);
  const double mean_b = average(second);
  const double spread = std::sqrt(cross_deviation(first, mean_a, first, mean_a)) *
                        std::sqrt(cross_deviation(second, mean_b, second, mean_b));
  const double correlation = spread > 0 ? cross_deviation(first, mean_a, second, mean_b) / spread : kNan;
  return {difference, correlation};
}

}  // namespace pishkhan
