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

// 5% / (1 + 5%) of 100 is 4.76: an arm of 7 after 10 replications is 4.72 after 22, and 4.26 after 27.
TEST(SequentialRule, EndsWhereTheArmIsAtMostGOver1PlusG) {
  bool reached = false;
  EXPECT_EQ(sizes_of({10, 200, 0.05}, 7, &reached), (std::vector{10, 12, 15, 18, 22, 27}));
  EXPECT_TRUE(reached);
  EXPECT_EQ(sizes_of({10, 200, 0.05}, 4.7), (std::vector{10, 12}));
  EXPECT_EQ(sizes_of({10, 200, 0.05}, 4.8), (std::vector{10, 12, 15}));
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

TEST(SequentialRule, OnePreciseLookAloneMayBeChance) {
  SequentialRule rule({10, 200, 0.05});
  const Estimate precise{100, 4.7}, loose{100, 4.8};
  EXPECT_FALSE(rule.look({&precise, 1}).ended);
  EXPECT_FALSE(rule.look({&loose, 1}).ended);
  EXPECT_FALSE(rule.look({&precise, 1}).ended);
  const PrecisionLook last = rule.look({&precise, 1});
  EXPECT_TRUE(last.ended && last.reached);
  EXPECT_EQ(last.replications, 18);
}

TEST(SequentialRule, EveryEstimateMustBePreciseAndTheyShareTheLevel) {
  const Estimate precise{100, 4.7, 10}, loose{10, 2, 10};
  // The only look, at the limit.
  const auto ends = [](std::vector<Estimate> estimates) {
    return SequentialRule({10, 10, 0.05}).look(estimates).reached;
  };
  EXPECT_TRUE(ends({precise}));
  EXPECT_FALSE(ends({precise, loose}));
  // With two, 97.5% each: t(9) is 2.685 instead of 2.262.
  EXPECT_NEAR(shared_level_factor(2, 10), 2.6850 / 2.2622, 1e-4);
  EXPECT_FALSE(ends({precise, precise}));
  EXPECT_TRUE(ends({{100, 4.0, 10}, {100, 4.0, 10}}));
}

// Of ten replications only three may have observed a quantity: t(2) is 6.205 for 97.5%, and 4.303 for 95%.
TEST(SequentialRule, TheLevelIsSharedOverTheReplicationsThatObservedSomething) {
  const std::vector<Estimate> estimates{{100, 3.2, 3}, {100, 1, 10}};
  EXPECT_TRUE(SequentialRule({10, 10, 0.05}).look(estimates).reached);
  EXPECT_FALSE(SequentialRule({10, 10, 0.048}).look(estimates).reached);
  EXPECT_NEAR(SequentialRule({10, 10, 0.05}).look(estimates).precision[0], 0.04839, 1e-5);
}

// An arm of 10% of the mean is a precision g of 1/9: 1/9 / (1 + 1/9) = .1.
TEST(SequentialRule, SaysThePrecisionAsItIsAsked) {
  const Estimate tenth{100, 10, 10}, to_zero{100, 100, 10};
  EXPECT_NEAR(SequentialRule({10, 10, 0.05}).look({&tenth, 1}).precision[0], 1.0 / 9, 1e-12);
  EXPECT_TRUE(std::isinf(SequentialRule({10, 10, 0.05}).look({&to_zero, 1}).precision[0]));
  EXPECT_EQ(SequentialRule({10, 10, 0, 3}).look({&tenth, 1}).precision[0], 10);
}

TEST(SequentialRule, SteinsNumberFollowsFromTheLongerArm) {
  const Estimate skewed{100, 6, 10, 97, 109};
  SequentialRule rule({10, 200, 0, 3});
  EXPECT_FALSE(rule.look({&skewed, 1}).ended);
  EXPECT_EQ(rule.size(), 90);
  const Estimate later{100, 3.5, 90};
  const PrecisionLook last = rule.look({&later, 1});
  EXPECT_TRUE(last.ended && last.reached);
  EXPECT_EQ(last.precision[0], 3) << "mean +- 3 has its level by the two stages";
}

TEST(SequentialRule, WhereTheLimitIsLessThanSteinAsksTheIntervalDecides) {
  const Estimate first{100, 9, 10}, short_enough{100, 2.9, 80}, too_long{100, 3.1, 80};
  for (const Estimate& at_limit : {short_enough, too_long}) {
    SequentialRule rule({10, 80, 0, 3});
    EXPECT_FALSE(rule.look({&first, 1}).ended);
    const PrecisionLook last = rule.look({&at_limit, 1});
    EXPECT_TRUE(last.ended);
    EXPECT_EQ(last.reached, at_limit.half_width < 3);
    EXPECT_NEAR(last.precision[0], at_limit.half_width, 1e-9);
  }
}

TEST(SequentialRule, TheLongerArmCounts) {
  const Estimate skewed{100, 4.5, 10, 97, 106};
  EXPECT_FALSE(SequentialRule({10, 10, 0.05}).look({&skewed, 1}).reached);
}

TEST(SequentialRule, WhatIsNotObservedIsNotPreciseAndAnExactZeroIs) {
  const Estimate none{kNan, kNan}, zero{0, 0};
  EXPECT_FALSE(SequentialRule({10, 10, 0.05}).look({&none, 1}).reached);
  SequentialRule absolute({10, 200, 0, 1});
  EXPECT_FALSE(absolute.look({&none, 1}).ended);
  EXPECT_EQ(absolute.size(), 200);
  EXPECT_TRUE(SequentialRule({10, 10, 0.05}).look({&zero, 1}).reached);
}

}  // namespace
}  // namespace pishkhan::sequential_test
