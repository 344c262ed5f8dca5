#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/simd.hpp"

namespace pishkhan {

/// Poisson numbers by inversion: for the same uniform a larger mean never gives a smaller number.
class PoissonQuantile {
 public:
  /// This processor must have the instruction set.
  explicit PoissonQuantile(InstructionSet set = best_instruction_set()) : set_(set) {}

  /// Smallest k with P(N <= k) >= u, 0 <= mean <= 1e9, 0 < u < 1. Remembers the last large mean's table.
  std::uint64_t operator()(double mean, double u);
  /// out[i] = that of means[i] and uniform(high[i], low[i]), bit for bit; fast where means are small.
  void operator()(const double* means, const std::uint32_t* high, const std::uint32_t* low, std::size_t n,
                  std::uint32_t* out);

 private:
  void tabulate(double mean);

  InstructionSet set_;
  double mean_ = -1;
  std::uint64_t first_ = 0;         ///< k of cumulative_[0]
  std::vector<double> cumulative_;  ///< P(N <= first_ + i)
  std::vector<double> below_;       ///< working memory
};

/// Quantile of a gamma distribution of mean 1 and the given coefficient of variation; 1 for cv 0.
double busyness_quantile(double cv, double u);

}  // namespace pishkhan
