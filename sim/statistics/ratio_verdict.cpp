#include "sim/statistics/ratio_verdict.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/statistics/skewed_interval.hpp"

namespace pishkhan {
namespace {

/// The sums of replications that have a denominator.
struct Sums {
  explicit Sums(std::span<const RatioParts> replications) {
    for (const RatioParts& one : replications) {
      if (one.denominator <= 0) continue;
      numerators.push_back(one.numerator);
      denominators.push_back(one.denominator);
      all += one;
    }
  }
  [[nodiscard]] std::size_t n() const { return numerators.size(); }
  [[nodiscard]] double ratio() const { return all.numerator / all.denominator; }

  std::vector<double> numerators, denominators;
  RatioParts all;
};

/// What each replication adds to the ratio, by the jackknife; their sum is 0. All 0 where none differs by
/// more than rounding.
std::vector<double> deviations_of(const Sums& sums) {
  constexpr double kRounding = 1e-12;
  const double n = static_cast<double>(sums.n());
  std::vector<double> deviations;
  double center = 0, largest = 0;
  for (std::size_t i = 0; i < sums.n(); ++i) {
    deviations.push_back((sums.all.numerator - sums.numerators[i]) /
                         (sums.all.denominator - sums.denominators[i]));
    center += deviations.back() / n;
  }
  for (double& one : deviations) {
    one = (n - 1) * (center - one);
    largest = std::max(largest, std::abs(one));
  }
  if (largest <= kRounding * n * std::abs(sums.ratio())) std::fill(deviations.begin(), deviations.end(), 0.0);
  return deviations;
}

double error_of(std::span<const double> deviations) {
  double squares = 0;
  for (const double one : deviations) squares += one * one;
  const double n = static_cast<double>(deviations.size());
  return std::sqrt(squares / (n - 1) / n);
}

/// The quantile of Student's t that tells how surely the mean of something skewed to the right, seen as
/// `value`, is below a goal: the least of three. Hall's is of the skewness that the replications show, and at
/// least of a lognormal distribution of the same variation: few replications that lie low by chance show
/// little of a long tail. The third is Student's of the logarithm.
double skewed_quantile_below(std::span<const double> deviations, double value, double goal) {
  const double n = static_cast<double>(deviations.size()), error = error_of(deviations);
  const double student = (goal - value) / error;
  if (!(value > 0)) return 0;
  const double deviation = error * std::sqrt(n), variation = deviation / value;
  double cubes = 0;
  for (const double one : deviations) cubes += one * one * one;
  const double seen = n > 2 ? cubes * n / ((n - 1) * (n - 2)) / (deviation * deviation * deviation) : 0;
  const double skewness = std::max(seen, 3 * variation + variation * variation * variation);
  const double a = skewness / (6 * std::sqrt(n)), root = 1 - 2 * a * student;
  const double hall = (1 - root * root * root) / (6 * a) - a;
  return std::min({student, hall, std::log(goal / value) * value / error});
}

double p_of(double t, std::size_t n) {
  return boost::math::cdf(boost::math::complement(boost::math::students_t(static_cast<double>(n - 1)), t));
}

void set_p_values(double below, double above, std::size_t n, RatioTests& tests) {
  tests.p_met = p_of(below, n);
  tests.p_missed = p_of(above, n);
}

/// Of replications that do not differ, with nothing that stands in.
void test_constant(double value, double goal, double largest, std::size_t n, RatioTests& tests) {
  const double replications = static_cast<double>(n);
  // The share of replications that may be otherwise and yet not be seen in 2.5% of all experiments.
  const double unseen = -std::expm1(std::log(0.025) / replications);
  tests.value = {value, kNan, n};
  tests.value.low = value * (1 - unseen);
  tests.value.high = value + std::max(0.0, largest - value) * unseen;
  tests.value.half_width = (tests.value.high - tests.value.low) / 2;
  if (value < goal)
    tests.p_met = std::pow(1 - (goal - value) / (largest - value), replications);
  else if (value > goal)
    tests.p_missed = std::pow(goal / value, replications);
}

}  // namespace

RatioTests test_ratio(std::span<const RatioParts> replications, double goal, const RatioRules& rules,
                      double usual_variance) {
  PISHKHAN_EXPECT(goal > 0 && rules.largest > goal);
  RatioTests tests;
  const Sums sums(replications);
  tests.value.replications = sums.n();
  if (sums.n() < 2) return tests;
  const double value = sums.ratio();
  const std::vector<double> deviations = deviations_of(sums);
  const double error = error_of(deviations);
  if (!(error > 0) && !(usual_variance > 0)) {
    test_constant(value, goal, rules.largest, sums.n(), tests);
    return tests;
  }
  const PossibleRange range{0, rules.largest};
  tests.value = rules.is_skewed
                    ? estimate_skewed_ratio(sums.numerators, sums.denominators, usual_variance, range)
                    : estimate_bounded_ratio(sums.numerators, sums.denominators, usual_variance, range);
  if (!(error > 0)) {
    const double t = (goal - value) / std::sqrt(usual_variance / sums.all.denominator);
    set_p_values(t, -t, sums.n(), tests);
    return tests;
  }
  double below = (goal - value) / error, above = -below;
  if (rules.is_skewed && below > 0) below = skewed_quantile_below(deviations, value, goal);
  if (rules.is_skewed && above > 0) above = std::min(above, quantile_of_arm_below(deviations, value - goal));
  set_p_values(below, above, sums.n(), tests);
  return tests;
}

std::vector<Judgement> judge_ratios(std::span<const std::vector<RatioParts>> rows, double goal, double margin,
                                    const RatioRules& rules) {
  std::vector<double> variances;
  for (const std::vector<RatioParts>& row : rows) {
    const Sums sums(row);
    const double variance =
        sums.n() < 2 ? kNan : estimate_variance_of_ratio(sums.numerators, sums.denominators);
    if (!std::isnan(variance)) variances.push_back(variance);
  }
  const double usual = variances.empty() ? kNan : usual_design_effect(std::move(variances));
  std::vector<Tested> tested;
  for (const std::vector<RatioParts>& row : rows) {
    const RatioTests tests = test_ratio(row, goal, rules, usual);
    Tested& one = tested.emplace_back(Tested{tests.value, kNan, kNan, tests.value.mean > goal});
    if (std::isnan(tests.value.mean)) continue;
    one.p_missed = tests.p_missed;
    one.p_met = tests.p_met;
  }
  return judge_tested(tested, goal, margin);
}

}  // namespace pishkhan
