#include "sim/random/poisson.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "sim/base/simd.hpp"
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

/// How far the search has come: P(N = k) and P(N <= k).
struct Search {
  std::uint64_t k;
  double probability, cumulative;
};

std::uint64_t search_on(Search at, double mean, double u) {
  while (u > at.cumulative && at.k < kSearchAtMost) {
    ++at.k;
    at.probability *= mean * kReciprocals[at.k];
    at.cumulative += at.probability;
  }
  return at.k;
}

std::uint64_t search_from_zero(double mean, double u) {
  const double none = exponential(-mean);
  return search_on({0, none, none}, mean, u);
}

/// Steps of a search that are taken for many means at once, whether or not it ended before.
constexpr std::size_t kStepsTogether = 4;

PISHKHAN_VECTORISED
void search_together(const double* __restrict means, const std::uint32_t* __restrict high,
                     const std::uint32_t* __restrict low, std::size_t n, double* __restrict u,
                     double* __restrict probability, double* __restrict cumulative,
                     std::uint32_t* __restrict found) {
  for (std::size_t i = 0; i < n; ++i) {
    // 52 bits as the mantissa of a number in [1, 2): what uniform(high, low) is, exactly.
    const std::uint64_t bits = (std::uint64_t{high[i]} << 32 | low[i]) >> 12;
    u[i] = (std::bit_cast<double>(0x3ff0000000000000ull | bits) - 1.0) + 0x1p-53;
    const double mean = means[i] < kSearchFromZero ? means[i] : kSearchFromZero;
    double p = exponential(-mean), sum = p;
    std::uint64_t k = u[i] > sum;
    for (std::size_t step = 1; step < kStepsTogether; ++step) {
      p *= mean * kReciprocals[step];
      sum += p;
      k += u[i] > sum;
    }
    probability[i] = p;
    cumulative[i] = sum;
    found[i] = static_cast<std::uint32_t>(k);
  }
}

}  // namespace

/// Probabilities relative to the mode's, down and up from it to where they vanish, then normalised: no
/// factorial is ever needed.
void PoissonQuantile::tabulate(double mean) {
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
  if (mean < kSearchFromZero) return search_from_zero(mean, u);
  if (mean != mean_) tabulate(mean);
  const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end() - 1, u);
  return first_ + static_cast<std::uint64_t>(found - cumulative_.begin());
}

void PoissonQuantile::operator()(const double* means, const std::uint32_t* high, const std::uint32_t* low,
                                 std::size_t n, std::uint32_t* out) {
  constexpr std::size_t kChunk = 512;
  double u[kChunk], probability[kChunk], cumulative[kChunk];
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t here = std::min(kChunk, n - begin);
    search_together(means + begin, high + begin, low + begin, here, u, probability, cumulative, out + begin);
    for (std::size_t i = 0; i < here; ++i) {
      const double mean = means[begin + i];
      std::uint32_t& k = out[begin + i];
      if (mean >= kSearchFromZero)
        k = static_cast<std::uint32_t>((*this)(mean, u[i]));
      else if (k == kStepsTogether)
        k = static_cast<std::uint32_t>(
            search_on({kStepsTogether - 1, probability[i], cumulative[i]}, mean, u[i]));
    }
  }
}

double busyness_quantile(double cv, double u) { return cv == 0 ? 1.0 : quantile(Gamma{1.0, cv}, u); }

}  // namespace pishkhan
