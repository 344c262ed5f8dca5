#pragma once
#include <cstdint>

namespace pishkhan {

/// Smallest k with P(N <= k) >= u for a Poisson number N, 0 <= mean <= 1e9, 0 < u < 1. By inversion,
/// so for the same u a larger mean never gives a smaller number.
std::uint64_t poisson_quantile(double mean, double u);

/// Quantile of a gamma distribution of mean 1 and the given coefficient of variation; 1 for cv 0.
double busyness_quantile(double cv, double u);

}  // namespace pishkhan
