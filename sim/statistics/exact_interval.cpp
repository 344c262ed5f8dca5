#include "sim/statistics/exact_interval.hpp"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace pishkhan {
namespace {

// In double the inverses take an eighth of the time that they take in long double, but their last bits are
// those of the C library's pow and exp, which differ between processors with and without fused
// multiplication. So results are rounded to 33 bits; where an error of 2^-39, a hundred times the largest
// found, could lead to the other neighbour, long double decides.
constexpr boost::math::policies::policy<boost::math::policies::promote_double<false>> kInDouble;
constexpr boost::math::policies::policy<> kInLongDouble;
constexpr int kBits = 33;
constexpr double kUnsure = 0x1p-6;  ///< of the distance of neighbours

/// inverse(policy) in either precision.
template <class Inverse>
double round_alike(Inverse inverse) {
  int exponent = 0;
  double digits = std::ldexp(std::frexp(inverse(kInDouble), &exponent), kBits);
  if (std::abs(digits - std::floor(digits) - 0.5) < kUnsure)
    digits = std::ldexp(std::frexp(inverse(kInLongDouble), &exponent), kBits);
  return std::ldexp(std::floor(digits + 0.5), exponent - kBits);
}

double beta_quantile(double a, double b, double p) {
  return round_alike([=](const auto& policy) { return boost::math::ibeta_inv(a, b, p, policy); });
}

double gamma_quantile(double shape, double p) {
  return round_alike([=](const auto& policy) { return boost::math::gamma_p_inv(shape, p, policy); });
}

}  // namespace

Ends binomial_interval(double good, double rest) {
  return {good > 0 ? beta_quantile(good, rest + 1, 0.025) : 0,
          rest > 0 ? beta_quantile(good + 1, rest, 0.975) : 1};
}

Ends poisson_interval(double events) {
  return {events > 0 ? gamma_quantile(events, 0.025) : 0, gamma_quantile(events + 1, 0.975)};
}

}  // namespace pishkhan
