#include "sim/statistics/prediction.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {
namespace {

constexpr double kAnscombe = 0.375;
/// On the scale of counts the standard deviation of independent events is one half.
constexpr double kLeastArmOfCounts = 1.959963984540054 / 2;
constexpr double kBeyondEachEnd = 0.025;

double undone(PredictedKind kind, double value) {
  if (kind == PredictedKind::number) return std::max(0.0, value);
  if (value <= 0) return 0;
  return kind == PredictedKind::count ? std::max(0.0, value * value - kAnscombe) : value * value * value;
}

/// Mean +- t s sqrt(1 + 1/n) on the scale of `normalised`.
PredictionInterval by_spread(const std::vector<double>& sorted, PredictedKind kind) {
  const auto n = static_cast<double>(sorted.size());
  double sum = 0, squares = 0;
  for (const double value : sorted) sum += normalised(kind, value);
  const double mean = sum / n;
  for (const double value : sorted) {
    const double deviation = normalised(kind, value) - mean;
    squares += deviation * deviation;
  }
  double arm = student_t_975(sorted.size() - 1) * std::sqrt(squares / (n - 1));
  if (kind == PredictedKind::count) arm = std::max(arm, kLeastArmOfCounts);
  arm *= std::sqrt(1 + 1 / n);
  return {undone(kind, mean - arm), undone(kind, mean + arm)};
}

}  // namespace

double normalised(PredictedKind kind, double value) {
  switch (kind) {
    case PredictedKind::count:
      return std::sqrt(value + kAnscombe);
    case PredictedKind::time:
      return std::cbrt(value);
    case PredictedKind::number:
      break;
  }
  return value;
}

std::optional<PredictionInterval> predict(std::span<const double> values, PredictedKind kind) {
  std::vector<double> sorted;
  for (const double value : values)
    if (std::isfinite(value)) sorted.push_back(value);
  if (sorted.size() < 2) return std::nullopt;
  std::sort(sorted.begin(), sorted.end());
  const auto k = static_cast<std::size_t>(kBeyondEachEnd * static_cast<double>(sorted.size() + 1) + 1e-9);
  if (k > 0) return PredictionInterval{sorted[k - 1], sorted[sorted.size() - k]};
  PredictionInterval interval = by_spread(sorted, kind);
  const auto is_whole = [](double value) { return value == std::floor(value); };
  if (kind != PredictedKind::time && std::all_of(sorted.begin(), sorted.end(), is_whole))
    interval = {std::floor(interval.low), std::ceil(interval.high)};
  return PredictionInterval{std::min(interval.low, sorted.front()), std::max(interval.high, sorted.back())};
}

std::vector<double> distribution_of(std::span<const Chances> chances) {
  std::vector<double> distribution{1};
  for (const Chances& some : chances) {
    for (int i = 0; i < some.number; ++i) {
      distribution.push_back(0);
      for (std::size_t k = distribution.size() - 1; k > 0; --k)
        distribution[k] = distribution[k] * (1 - some.probability) + distribution[k - 1] * some.probability;
      distribution[0] *= 1 - some.probability;
    }
  }
  return distribution;
}

PredictionInterval predict_known(std::span<const double> distribution) {
  PISHKHAN_EXPECT(!distribution.empty());
  constexpr double kRounding = 1e-12;
  std::size_t low = 0, high = distribution.size() - 1;
  double below = 0, above = 0;
  while (low < high && below + distribution[low] <= kBeyondEachEnd + kRounding) below += distribution[low++];
  while (high > low && above + distribution[high] <= kBeyondEachEnd + kRounding)
    above += distribution[high--];
  return {static_cast<double>(low), static_cast<double>(high)};
}

}  // namespace pishkhan
