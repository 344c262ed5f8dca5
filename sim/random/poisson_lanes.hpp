#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/base/simd.hpp"

namespace pishkhan {

/// Poisson numbers of smaller means are searched for from zero.
inline constexpr double kPoissonSearchBelow = 64;
/// P(N > 255) is below what doubles can add to 1 for every mean under 64.
inline constexpr std::size_t kPoissonSearchAtMost = 255;

inline constexpr auto kPoissonReciprocals = [] {
  std::array<double, kPoissonSearchAtMost + 1> table{};
  for (std::size_t k = 1; k < table.size(); ++k) table[k] = 1.0 / static_cast<double>(k);
  return table;
}();

/// Steps of a search that are taken for many means at once, whether or not it ended before.
inline constexpr std::size_t kPoissonSteps = 4;

/// Where the searches are after kPoissonSteps.
struct PoissonSearches {
  double* u;             ///< uniform(high, low)
  double* probability;   ///< P(N = kPoissonSteps - 1)
  double* cumulative;    ///< P(N <= kPoissonSteps - 1)
  std::uint32_t* found;  ///< the number; kPoissonSteps where it is not found yet, or the mean is too large
};

/// A mean of kPoissonSearchBelow or more is not searched for.
using PoissonLoop = void(const double* means, const std::uint32_t* high, const std::uint32_t* low,
                         std::size_t n, const PoissonSearches& searches);

/// The vector loops behind PoissonQuantile for many means. Their scalar twin is PoissonQuantile for one.
extern const Versions<PoissonLoop> kPoissonLoops;

}  // namespace pishkhan
