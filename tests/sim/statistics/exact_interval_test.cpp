#include "sim/statistics/exact_interval.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace pishkhan::exact_interval_test {
namespace {

/// Ends have 33 bits.
constexpr double kRounding = 0x1p-33;

// Where none or all are good, the interval has a closed form. 3 of 10: 6.67% to 65.25%, as in every table
// since Clopper and Pearson's.
TEST(BinomialInterval, KnownValues) {
  const double none = std::pow(0.025, 0.1);
  EXPECT_EQ(binomial_interval(0, 10).low, 0);
  EXPECT_NEAR(binomial_interval(0, 10).high, 1 - none, kRounding);
  EXPECT_NEAR(binomial_interval(10, 0).low, none, kRounding);
  EXPECT_EQ(binomial_interval(10, 0).high, 1);
  EXPECT_NEAR(binomial_interval(3, 7).low, 0.0667, 5e-5);
  EXPECT_NEAR(binomial_interval(3, 7).high, 0.6525, 5e-5);
}

// Garwood (1936), as tabled in Pearson and Hartley's Biometrika Tables, table 40.
TEST(PoissonInterval, KnownValues) {
  EXPECT_EQ(poisson_interval(0).low, 0);
  EXPECT_NEAR(poisson_interval(0).high, -std::log(0.025), 4 * kRounding);
  EXPECT_NEAR(poisson_interval(5).low, 1.62, 5e-3);
  EXPECT_NEAR(poisson_interval(5).high, 11.67, 5e-3);
  EXPECT_NEAR(poisson_interval(50).low, 37.11, 5e-3);
  EXPECT_NEAR(poisson_interval(50).high, 65.92, 5e-3);
}

double round_to_33_bits(double value) {
  int exponent = 0;
  const double digits = std::ldexp(std::frexp(value, &exponent), 33);
  return std::ldexp(std::floor(digits + 0.5), exponent - 33);
}

// Boost's inverses in long double use no functions of the C library whose last bits depend on the processor.
TEST(ExactInterval, IsTheRoundedOneOfLongDouble) {
  for (int i = 0; i < 2000; ++i) {
    const double n = 0.5 * std::exp(0.008 * i);
    const double good = n * ((i * 37) % 101 + 0.3) / 102, rest = n - good;
    const Ends share = binomial_interval(good, rest), mean = poisson_interval(good);
    EXPECT_EQ(share.low, round_to_33_bits(boost::math::ibeta_inv(good, rest + 1, 0.025))) << i;
    EXPECT_EQ(share.high, round_to_33_bits(boost::math::ibeta_inv(good + 1, rest, 0.975))) << i;
    EXPECT_EQ(mean.low, round_to_33_bits(boost::math::gamma_p_inv(good, 0.025))) << i;
    EXPECT_EQ(mean.high, round_to_33_bits(boost::math::gamma_p_inv(good + 1, 0.975))) << i;
  }
}

}  // namespace
}  // namespace pishkhan::exact_interval_test
