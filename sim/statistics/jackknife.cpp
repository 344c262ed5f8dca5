#include "sim/statistics/jackknife.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
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
  Jackknifed jackknifed{combine(replications), {}};
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

Estimate estimate_jackknifed(const Jackknifed& jackknifed) {
  const std::size_t n = jackknifed.deviations.size();
  if (n < 2) return {kNan, kNan, n};
  if (!jackknifed.varies()) return {jackknifed.value, 0, n};
  const Arms arms = skewed_arms(jackknifed.deviations, SkewedTo::either);
  return {jackknifed.value, (arms.below + arms.above) / 2, n, jackknifed.value - arms.below,
          jackknifed.value + arms.above};
}

Estimate estimate_jackknifed_difference(const Jackknifed& jackknifed) {
  const std::size_t n = jackknifed.deviations.size();
  if (!jackknifed.varies() && jackknifed.value == 0) return {kNan, kNan, n};
  return estimate_jackknifed(jackknifed);
}

}  // namespace pishkhan
