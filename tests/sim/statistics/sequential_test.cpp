// Replications that end when a precision is reached.
#include "sim/statistics/sequential.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace pishkhan::sequential_test {
namespace {

/// Sizes at which a rule looks, where the arm of a mean of 100 is `arm_at_first` after 10 replications and
/// falls as the root of their number.
std::vector<int> sizes_of(const PrecisionGoal& goal, double arm_at_first, bool* reached = nullptr) {
  SequentialRule rule(goal);
  std::vector<int> sizes;
  for (;;) {
    sizes.push_back(rule.size());
    const Estimate estimate{100, arm_at_first * std::sqrt(10.0 / rule.size())};
    const PrecisionLook look = rule.look({&estimate, 1});
    EXPECT_EQ(look.replications, sizes.back());
    if (!look.ended) continue;
    if (reached != nullptr) *reached = look.reached;
    return sizes;
  }
}

TEST(SequentialRule, LooksAtSizesThatGrowByAFifth) {
  bool reached = true;
  EXPECT_EQ(sizes_of({10, 50, 0.05}, 1e6, &reached), (std::vector{10, 12, 15, 18, 22, 27, 33, 40, 48, 50}));
  EXPECT_FALSE(reached);
}

// 5% / (1 + 5%) of 100 is 4.76: an arm of 7 after 10 replications is 4.78 after 21.4.
TEST(SequentialRule, EndsWhereTheArmIsAtMostGOver1PlusG) {
  bool reached = false;
  EXPECT_EQ(sizes_of({10, 200, 0.05}, 7, &reached), (std::vector{10, 12, 15, 18, 22}));
  EXPECT_TRUE(reached);
  EXPECT_EQ(sizes_of({10, 200, 0.05}, 4.7), std::vector{10});
  EXPECT_EQ(sizes_of({10, 200, 0.05}, 4.8), (std::vector{10, 12}));
  EXPECT_EQ(sizes_of({10, 10, 0.05}, 4.7, &reached), std::vector{10});
  EXPECT_TRUE(reached) << "at the last look";
}

// Stein: an arm of 9 where 3 is asked takes nine times as many.
TEST(SequentialRule, AnAbsolutePrecisionTakesTwoStages) {
  bool reached = false;
  EXPECT_EQ(sizes_of({10, 200, 0, 3}, 9, &reached), (std::vector{10, 90}));
  EXPECT_TRUE(reached);
  EXPECT_EQ(sizes_of({10, 80, 0, 3}, 9, &reached), (std::vector{10, 80}));
  EXPECT_FALSE(reached);
  EXPECT_EQ(sizes_of({10, 80, 0, 3}, 3), std::vector{10});
}

TEST(SequentialRule, EveryEstimateMustBePreciseAndTheyShareTheLevel) {
  const Estimate precise{100, 4.7}, loose{10, 2};
  const auto ends = [](std::vector<Estimate> estimates) {
    return SequentialRule({10, 200, 0.05}).look(estimates).ended;
  };
  EXPECT_TRUE(ends({precise}));
  EXPECT_FALSE(ends({precise, loose}));
  // With two, 97.5% each: t(9) is 2.685 instead of 2.262.
  EXPECT_NEAR(shared_level_factor(2, 10), 2.6850 / 2.2622, 1e-4);
  EXPECT_FALSE(ends({precise, precise}));
  EXPECT_TRUE(ends({{100, 4.0}, {100, 4.0}}));
}

TEST(SequentialRule, TheLongerArmCounts) {
  const Estimate skewed{100, 4.5, 10, 97, 106};
  EXPECT_FALSE(SequentialRule({10, 200, 0.05}).look({&skewed, 1}).ended);
}

TEST(SequentialRule, WhatIsNotObservedIsNotPreciseAndAnExactZeroIs) {
  const Estimate none{kNan, kNan}, zero{0, 0};
  EXPECT_FALSE(SequentialRule({10, 200, 0.05}).look({&none, 1}).ended);
  SequentialRule absolute({10, 200, 0, 1});
  EXPECT_FALSE(absolute.look({&none, 1}).ended);
  EXPECT_EQ(absolute.size(), 200);
  EXPECT_TRUE(SequentialRule({10, 200, 0.05}).look({&zero, 1}).ended);
}

}  // namespace
}  // namespace pishkhan::sequential_test
