#include "sim/random/poisson.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "sim/random/distribution.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

constexpr double kSearchFromZero = 64;

std::uint64_t search_from_zero(double mean, double u) {
  double probability = exponential(-mean);
  double cumulative = probability;
  std::uint64_t k = 0;
  // The bound stops the search where the remaining probability is below what doubles can add.
  while (u > cumulative && k < 1000) {
    ++k;
    probability *= mean / static_cast<double>(k);
    cumulative += probability;
  }
  return k;
}

// P(N <= k) = Q(k + 1, mean), the regularised upper incomplete gamma function.
double poisson_cdf(double mean, double k) { return k < 0 ? 0 : boost::math::gamma_q(k + 1, mean); }

std::uint64_t search_from_normal(double mean, double u) {
  double z = normal_quantile(u < 0x1p-36 ? 0x1p-36 : u > 1 - 0x1p-36 ? 1 - 0x1p-36 : u);
  double k = std::floor(mean + z * std::sqrt(mean) + (z * z - 1) / 6);
  if (k < 0) k = 0;
  if (poisson_cdf(mean, k) >= u) {
    while (k > 0 && poisson_cdf(mean, k - 1) >= u) --k;
  } else {
    do ++k;
    while (poisson_cdf(mean, k) < u);
  }
  return static_cast<std::uint64_t>(k);
}

}  // namespace

std::uint64_t poisson_quantile(double mean, double u) {
  if (mean <= 0) return 0;
  return mean < kSearchFromZero ? search_from_zero(mean, u) : search_from_normal(mean, u);
}

double busyness_quantile(double cv, double u) { return cv == 0 ? 1.0 : quantile(Gamma{1.0, cv}, u); }

}  // namespace pishkhan
