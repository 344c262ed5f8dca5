#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/statistics/level_histogram.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan::histogram_test {
namespace {

TEST(WaitHistogram, EmptyHasNoQuantile) {
  EXPECT_TRUE(std::isnan(WaitHistogram{}.quantile(0.5)));
  EXPECT_EQ(WaitHistogram{}.count(), 0u);
  EXPECT_EQ(WaitHistogram{}.zeros(), 0u);
  EXPECT_THROW((void)WaitHistogram{}.quantile(1.5), ContractViolation);
}

TEST(WaitHistogram, ZerosAreCountedApart) {
  WaitHistogram histogram;
  for (int i = 0; i < 9; ++i) histogram.add(0);
  histogram.add(100);
  EXPECT_EQ(histogram.zeros(), 9u);
  EXPECT_EQ(histogram.count(), 10u);
  EXPECT_EQ(histogram.quantile(0.9), 0);
  EXPECT_GT(histogram.quantile(0.91), 99);
}

// The bin of 1.0 reaches from 1 to 1 + 1/32, and a quantile moves linearly through it.
TEST(WaitHistogram, InterpolatesWithinABin) {
  WaitHistogram histogram;
  for (int i = 0; i < 4; ++i) histogram.add(1.0);
  EXPECT_DOUBLE_EQ(histogram.quantile(0), 1.0);
  EXPECT_DOUBLE_EQ(histogram.quantile(0.5), 1.0 + 0.5 / 32);
  EXPECT_DOUBLE_EQ(histogram.quantile(1), 1.0 + 1.0 / 32);
}

TEST(WaitHistogram, EveryMagnitudeIsWithinOneThirtySecond) {
  for (double value = 1e-5; value < 1e9; value *= 1.37) {
    WaitHistogram histogram;
    histogram.add(value);
    EXPECT_LE(histogram.quantile(0), value);
    EXPECT_GT(histogram.quantile(1), value);
    EXPECT_LE(histogram.quantile(1) - histogram.quantile(0), histogram.quantile(0) / 32 * (1 + 1e-12));
  }
}

TEST(WaitHistogram, BelowAMicrosecondOneBin) {
  WaitHistogram histogram;
  histogram.add(1e-300);
  histogram.add(1e-9);
  EXPECT_EQ(histogram.zeros(), 0u);
  EXPECT_LT(histogram.quantile(1), 1e-6);
}

TEST(WaitHistogram, QuantilesOfAnExponential) {
  WaitHistogram histogram;
  constexpr int kCount = 100000;
  for (int i = 0; i < kCount; ++i) histogram.add(-600 * std::log((i + 0.5) / kCount));
  for (const double p : {0.05, 0.5, 0.9, 0.95, 0.99}) {
    const double exact = -600 * std::log(1 - p);
    EXPECT_NEAR(histogram.quantile(p), exact, 1e-3 * exact) << p;
  }
}

TEST(WaitHistogram, MergingEqualsAddingAll) {
  WaitHistogram a;
  WaitHistogram b;
  WaitHistogram all;
  for (int i = 0; i < 1000; ++i) {
    const double value = i * 1.7;
    (i % 3 == 0 ? a : b).add(value);
    all.add(value);
  }
  a += b;
  EXPECT_EQ(a, all);
  EXPECT_EQ(a.quantile(0.95), all.quantile(0.95));
  a.clear();
  EXPECT_EQ(a, WaitHistogram{});
  EXPECT_FALSE(a == all);
}

TEST(LevelHistogram, ByHand) {
  LevelHistogram histogram;
  histogram.add(0, 50);
  histogram.add(1, 30);
  histogram.add(2, 15);
  histogram.add(40, 5);
  EXPECT_DOUBLE_EQ(histogram.total_s(), 100);
  EXPECT_DOUBLE_EQ(histogram.area_s(), 30 + 30 + 200);
  EXPECT_DOUBLE_EQ(histogram.mean(), 2.6);
  EXPECT_EQ(histogram.quantile(0.5), 0);
  EXPECT_EQ(histogram.quantile(0.51), 1);
  EXPECT_EQ(histogram.quantile(0.95), 2);
  EXPECT_EQ(histogram.quantile(0.96), 40);
  EXPECT_EQ(histogram.quantile(1), 40);
  EXPECT_EQ(histogram.max(), 40u);
}

TEST(LevelHistogram, MaximumNeedsTime) {
  LevelHistogram histogram;
  histogram.add(3, 1);
  histogram.add(7, 0);
  EXPECT_EQ(histogram.max(), 3u);
  EXPECT_EQ(histogram.quantile(0), 3);
}

TEST(LevelHistogram, EmptyMergedAndCleared) {
  LevelHistogram a;
  EXPECT_TRUE(std::isnan(a.mean()));
  EXPECT_TRUE(std::isnan(a.quantile(0.5)));
  EXPECT_EQ(a.max(), 0u);
  LevelHistogram b;
  b.add(5, 2);
  a += b;
  a.add(0, 2);
  EXPECT_DOUBLE_EQ(a.mean(), 2.5);
  a.clear();
  EXPECT_EQ(a.total_s(), 0);
}

}  // namespace
}  // namespace pishkhan::histogram_test
