#include "sim/statistics/exact_interval.hpp"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace pishkhan {
namespace {

/// The digits of a double are enough, and long double takes three times as long.
constexpr boost::math::policies::policy<boost::math::policies::promote_double<false>> kInDouble;

}  // namespace

Ends binomial_interval(double good, double rest) {
  using boost::math::ibeta_inv;
  return {good > 0 ? ibeta_inv(good, rest + 1, 0.025, kInDouble) : 0,
          rest > 0 ? ibeta_inv(good + 1, rest, 0.975, kInDouble) : 1};
}

Ends poisson_interval(double events) {
  using boost::math::gamma_p_inv;
  return {events > 0 ? gamma_p_inv(events, 0.025, kInDouble) : 0, gamma_p_inv(events + 1, 0.975, kInDouble)};
}

}  // namespace pishkhan
