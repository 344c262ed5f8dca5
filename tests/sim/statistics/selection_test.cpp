// The best of several systems, with answers that are known.
#include "sim/statistics/selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace pishkhan::selection_test {
namespace {

TEST(CompareWithLeast, TwoSystemsAreAPairedTest) {
  // Differences 1, 2 and 3: mean 2, standard deviation 1; t(0.95, 2) = 2.9200.
  const std::vector<std::vector<double>> values{{1, 2, 3}, {2, 4, 6}};
  const auto found = compare_with_least(values);
  const double allowance = 2.919986 / std::sqrt(3.0);
  EXPECT_EQ(found[0].mean, 2);
  EXPECT_TRUE(found[0].may_be_best);
  EXPECT_EQ(found[0].behind.mean, -2);
  EXPECT_NEAR(found[0].behind.low, -2 - allowance, 1e-5);
  EXPECT_EQ(found[0].behind.high, 0);
  EXPECT_FALSE(found[1].may_be_best);
  EXPECT_EQ(found[1].behind.mean, 2);
  EXPECT_EQ(found[1].behind.low, 0);
  EXPECT_NEAR(found[1].behind.high, 2 + allowance, 1e-5);
}

TEST(CompareWithLeast, SystemsThatAreTheSameMayAllBeBest) {
  const std::vector<std::vector<double>> values{{1, 5, 2}, {1, 5, 2}, {3, 7, 4}};
  const auto found = compare_with_least(values);
  EXPECT_TRUE(found[0].may_be_best && found[1].may_be_best);
  EXPECT_FALSE(found[2].may_be_best);
  EXPECT_EQ(found[0].behind.high, 0);
  EXPECT_EQ(found[2].behind.low, 0);
  EXPECT_DOUBLE_EQ(found[2].behind.high, 2);
}

TEST(CompareWithLeast, OneSystemOrReplicationSaysNothing) {
  const std::vector<std::vector<double>> one{{1, 2}}, single{{1}, {2}};
  EXPECT_EQ(compare_with_least(one)[0].mean, 1.5);
  EXPECT_TRUE(std::isnan(compare_with_least(one)[0].behind.mean));
  EXPECT_TRUE(std::isnan(compare_with_least(single)[0].behind.mean));
  EXPECT_TRUE(compare_with_least({}).empty());
}

/// In how many of the experiments all that is said holds.
int holds(const std::vector<double>& means, const std::vector<double>& deviations, double common,
          int experiments) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  const auto least_but = [&](std::size_t i) {
    double least = INFINITY;
    for (std::size_t j = 0; j < means.size(); ++j)
      if (j != i) least = std::min(least, means[j]);
    return least;
  };
  const auto best = static_cast<std::size_t>(std::min_element(means.begin(), means.end()) - means.begin());
  int all = 0;
  for (int experiment = 0; experiment < experiments; ++experiment) {
    std::vector<std::vector<double>> values(means.size());
    for (int r = 0; r < 8; ++r) {
      const double shared = common * normal(random);
      for (std::size_t i = 0; i < means.size(); ++i)
        values[i].push_back(means[i] + shared + deviations[i] * normal(random));
    }
    const auto found = compare_with_least(values);
    bool right = found[best].may_be_best;
    for (std::size_t i = 0; i < means.size(); ++i) {
      const double behind = means[i] - least_but(i);
      right = right && found[i].behind.low <= behind && behind <= found[i].behind.high;
    }
    all += right;
  }
  return all;
}

/// Of 2,000 experiments 1,900 hold on average where the confidence is 95%, with a standard error of 9.7.
TEST(CompareWithLeast, AllStatementsHoldTogether) {
  const int two = holds({0, 0.2}, {1, 2}, 3, 2000);
  EXPECT_NEAR(two, 1900, 3 * 9.7);
  EXPECT_GE(holds({0, 0.1, 0.1, 0.1, 0.1, 0.1}, {1, 1, 1, 1, 1, 1}, 5, 2000), 1870);
  EXPECT_GE(holds({0, 0.1, 0.2, 0.5, 3, 9}, {0.1, 0.1, 1, 1, 10, 10}, 5, 2000), 1870);
}

TEST(CompareWithLeast, CommonNumbersTellMore) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal;
  std::vector<std::vector<double>> values(5);
  for (int r = 0; r < 10; ++r) {
    const double shared = 100 * normal(random);
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i].push_back(static_cast<double>(i) + shared + 0.1 * normal(random));
  }
  const auto found = compare_with_least(values);
  EXPECT_TRUE(found[0].may_be_best);
  for (std::size_t i = 1; i < values.size(); ++i) EXPECT_FALSE(found[i].may_be_best);
  EXPECT_LT(found[0].behind.high, 0.01);
}

}  // namespace
}  // namespace pishkhan::selection_test
