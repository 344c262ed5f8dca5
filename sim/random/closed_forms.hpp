#pragma once
#include <cmath>

#include "sim/random/distribution.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {

// Quantile functions that vector loops and scalar code share, so that both give the same bits.

/// Parameters of the underlying normal distribution.
struct LognormalShape {
  double mu, sigma;
};
inline LognormalShape lognormal_shape(const Lognormal& lognormal) {
  const double variance = natural_log(1.0 + lognormal.cv * lognormal.cv);
  return {natural_log(lognormal.mean) - 0.5 * variance, std::sqrt(variance)};
}

PISHKHAN_INLINE double lognormal_of_normal(double mu, double sigma, double z) {
  return exponential(mu + sigma * z);
}
inline double lognormal_value(double mu, double sigma, double u) {
  return lognormal_of_normal(mu, sigma, normal_quantile(u));
}

PISHKHAN_INLINE double exponential_value(double mean, double u) { return -mean * natural_log(1.0 - u); }

PISHKHAN_INLINE double weibull_value(double scale, double shape, double u) {
  return scale * exponential(natural_log(-natural_log(1.0 - u)) / shape);
}

}  // namespace pishkhan
