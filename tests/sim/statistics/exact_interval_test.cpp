#include "sim/statistics/exact_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace pishkhan {
namespace {

// Where none or all are good, the interval has a closed form. 3 of 10: 6.67% to 65.25% (Newcombe 1998 and
// every table since Clopper and Pearson's).
TEST(BinomialInterval, KnownValues) {
  const double one_in_ten = std::pow(0.025, 0.1);
  EXPECT_EQ(binomial_interval(0, 10).low, 0);
  EXPECT_NEAR(binomial_interval(0, 10).high, 1 - one_in_ten, 1e-14);
  EXPECT_NEAR(binomial_interval(10, 0).low, one_in_ten, 1e-14);
  EXPECT_EQ(binomial_interval(10, 0).high, 1);
  EXPECT_NEAR(binomial_interval(3, 7).low, 0.0667, 5e-5);
  EXPECT_NEAR(binomial_interval(3, 7).high, 0.6525, 5e-5);
}

// Garwood (1936), as tabled in Pearson and Hartley's Biometrika Tables, table 40.
TEST(PoissonInterval, KnownValues) {
  EXPECT_EQ(poisson_interval(0).low, 0);
  EXPECT_NEAR(poisson_interval(0).high, -std::log(0.025), 1e-13);
  EXPECT_NEAR(poisson_interval(5).low, 1.62, 5e-3);
  EXPECT_NEAR(poisson_interval(5).high, 11.67, 5e-3);
  EXPECT_NEAR(poisson_interval(50).low, 37.11, 5e-3);
  EXPECT_NEAR(poisson_interval(50).high, 65.92, 5e-3);
}

}  // namespace
}  // namespace pishkhan
