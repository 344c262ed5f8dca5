#include "sim/random/poisson.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/random/distribution.hpp"
#include "sim/random/elementary.hpp"
#include "sim/random/poisson_lanes.hpp"

namespace pishkhan {
namespace {

/// How far the search has come: P(N = k) and P(N <= k).
struct Search {
  std::uint64_t k;
  double probability, cumulative;
};

std::uint64_t search_on(Search at, double mean, double u) {
  while (u > at.cumulative && at.k < kPoissonSearchAtMost) {
    ++at.k;
    at.probability *= mean * kPoissonReciprocals[at.k];
    at.cumulative += at.probability;
  }
  return at.k;
}

std::uint64_t search_from_zero(double mean, double u) {
  const double none = exponential(-mean);
  return search_on({0, none, none}, mean, u);
}

}  // namespace

/// Probabilities relative to the mode's, down and up from it to where they vanish, then normalised: no
/// factorial is ever needed.
void PoissonQuantile::tabulate(double mean) {
  PISHKHAN_EXPECT(mean <= 1e9);
  constexpr double kVanishes = 1e-20;
  const double mode = std::floor(mean);
  below_.clear();
  double relative = 1;
  for (double k = mode; k > 0 && relative > kVanishes; --k) below_.push_back(relative *= k / mean);
  first_ = static_cast<std::uint64_t>(mode) - below_.size();
  cumulative_.assign(below_.rbegin(), below_.rend());
  relative = 1;
  for (double k = mode; relative > kVanishes; relative *= mean / ++k) cumulative_.push_back(relative);
  double total = 0;
  for (double& value : cumulative_) value = total += value;
  for (double& value : cumulative_) value /= total;
  mean_ = mean;
}

std::uint64_t PoissonQuantile::operator()(double mean, double u) {
  if (mean <= 0) return 0;
  if (mean < kPoissonSearchBelow) return search_from_zero(mean, u);
  if (mean != mean_) tabulate(mean);
  const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end() - 1, u);
  return first_ + static_cast<std::uint64_t>(found - cumulative_.begin());
}

void PoissonQuantile::operator()(const double* means, const std::uint32_t* high, const std::uint32_t* low,
                                 std::size_t n, std::uint32_t* out) {
  constexpr std::size_t kChunk = 512;
  const auto search_together = kPoissonLoops.of(set_);
  double u[kChunk], probability[kChunk], cumulative[kChunk];
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t here = std::min(kChunk, n - begin);
    search_together(means + begin, high + begin, low + begin, here,
                    {u, probability, cumulative, out + begin});
    for (std::size_t i = 0; i < here; ++i) {
      std::uint32_t& k = out[begin + i];
      if (k != kPoissonSteps) continue;
      const double mean = means[begin + i];
      k = static_cast<std::uint32_t>(
          mean < kPoissonSearchBelow
              ? search_on({kPoissonSteps - 1, probability[i], cumulative[i]}, mean, u[i])
              : (*this)(mean, u[i]));
    }
  }
}

double busyness_quantile(double cv, double u) { return cv == 0 ? 1.0 : quantile(Gamma{1.0, cv}, u); }

}  // namespace pishkhan
