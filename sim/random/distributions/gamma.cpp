#include "sim/random/distributions/gamma.hpp"

#include <bit>
#include <boost/math/distributions/gamma.hpp>

namespace pishkhan {

// Boost computes with the C library, whose last bits differ from machine to machine. Rounding to 40 bits
// keeps them out of the results.
double gamma_quantile(double shape, double scale, double u) {
  const double value = boost::math::quantile(boost::math::gamma_distribution<>(shape, scale), u);
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return std::bit_cast<double>((bits + 0x800) & ~std::uint64_t{0xfff});
}

}  // namespace pishkhan
