#include "sim/statistics/discovery.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace pishkhan::discovery_test {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

// The worked example of Benjamini and Hochberg (1995), section 4.1: fifteen hypotheses, of which
// the procedure rejects the first four at 0.05 (Bonferroni rejects three).
const std::vector<double> kThrombolysis{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};

TEST(Discoveries, TheAuthorsExample) {
  const std::vector<bool> found = discoveries(kThrombolysis, 0.05);
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], i < 4) << i;
}

TEST(Discoveries, OrderDoesNotMatter) {
  std::vector<double> reversed(kThrombolysis.rbegin(), kThrombolysis.rend());
  const std::vector<bool> found = discoveries(reversed, 0.05);
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], i >= 11) << i;
}

// 0.0095 * 15 / 4 and 0.0344 * 15 / 8 = 0.0645; ranks 6 and 7 take the smaller value of rank 7 and 8.
TEST(AdjustPValues, ByHand) {
  const std::vector<double> adjusted = adjust_p_values(kThrombolysis);
  EXPECT_NEAR(adjusted[0], 0.0015, 1e-12);
  EXPECT_NEAR(adjusted[3], 0.035625, 1e-12);
  EXPECT_NEAR(adjusted[5], 0.0298 * 15 / 7, 1e-12);
  EXPECT_NEAR(adjusted[14], 1, 1e-12);
  EXPECT_TRUE(std::is_sorted(adjusted.begin(), adjusted.end()));
}

TEST(AdjustPValues, NanIsNoTest) {
  const std::vector<double> p{0.02, kNan, 0.04};
  const std::vector<double> adjusted = adjust_p_values(p);
  EXPECT_DOUBLE_EQ(adjusted[0], 0.04);
  EXPECT_TRUE(std::isnan(adjusted[1]));
  EXPECT_DOUBLE_EQ(adjusted[2], 0.04);
  EXPECT_FALSE(discoveries(p)[1]);
  EXPECT_TRUE(discoveries({}).empty());
}

}  // namespace
}  // namespace pishkhan::discovery_test
