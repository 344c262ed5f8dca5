#include "sim/random/poisson.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/random/distribution.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

constexpr double kSearchFromZero = 64;
/// P(N > 255) is below what doubles can add to 1 for every mean under 64.
constexpr std::size_t kSearchAtMost = 255;

constexpr auto kReciprocals = [] {
  std::array<double, kSearchAtMost + 1> table{};
  for (std::size_t k = 1; k < table.size(); ++k) table[k] = 1.0 / static_cast<double>(k);
  return table;
}();

std::uint64_t search_from_zero(double mean, double u) {
  double probability = exponential(-mean);
  double cumulative = probability;
  std::uint64_t k = 0;
  while (u > cumulative && k < kSearchAtMost) {
    ++k;
    probability *= mean * kReciprocals[k];
    cumulative += probability;
  }
  return k;
}

}  // namespace

/// Probabilities relative to the mode's, down and up from it to where they vanish, then normalised: no
/// factorial is ever needed.
void PoissonQuantile::tabulate(double mean) {
  constexpr double kVanishes = 1e-20;
  const double mode = std::floor(mean);
  std::vector<double> below;
  double relative = 1;
  for (double k = mode; k > 0 && relative > kVanishes; --k) below.push_back(relative *= k / mean);
  first_ = static_cast<std::uint64_t>(mode) - below.size();
  cumulative_.assign(below.rbegin(), below.rend());
  relative = 1;
  for (double k = mode; relative > kVanishes; relative *= mean / ++k) cumulative_.push_back(relative);
  double total = 0;
  for (double& value : cumulative_) value = total += value;
  for (double& value : cumulative_) value /= total;
  mean_ = mean;
}

std::uint64_t PoissonQuantile::operator()(double mean, double u) {
  if (mean <= 0) return 0;
  if (mean < kSearchFromZero) return search_from_zero(mean, u);
  if (mean != mean_) tabulate(mean);
  const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end() - 1, u);
  return first_ + static_cast<std::uint64_t>(found - cumulative_.begin());
}

double busyness_quantile(double cv, double u) { return cv == 0 ? 1.0 : quantile(Gamma{1.0, cv}, u); }

}  // namespace pishkhan
