#include "sim/statistics/nearly_whole.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "sim/base/time.hpp"

namespace pishkhan::nearly_whole_test {
namespace {

// Three clerk-days of 8 hours are missing in ten replications of 40: a count, seen from above.
TEST(EstimateNearlyWhole, WhatIsMissingIsACount) {
  const std::vector<double> totals{40, 40, 32, 40, 40, 40, 24, 40, 40, 40}, none(10, 0.0);
  const Estimate estimate = estimate_nearly_whole(totals, none);
  // Of so few replications and a variance that is 1.3 times that of independent events: 3 / 1.3 / correction.
  const std::vector<double> days{0, 0, 1, 0, 0, 0, 2, 0, 0, 0};
  const Estimate missing = estimate_count(days);
  EXPECT_DOUBLE_EQ(estimate.mean, 37.6);
  EXPECT_NEAR(estimate.low, 40 - 8 * missing.high, 1e-9);
  EXPECT_NEAR(estimate.high, 40 - 8 * missing.low, 1e-9);
  EXPECT_NEAR(estimate_shortfall_dispersion(totals, none), 8 * estimate_dispersion(days), 1e-9);
}

// Nobody was absent: elsewhere absence takes 8 hours at a time. So none of 50 clerk-days was missed.
TEST(EstimateNearlyWhole, WhereNothingIsMissingTheUsualStandsIn) {
  const std::vector<double> whole(10, 40.0), hour(10, 1.0), none(10, 0.0);
  EXPECT_NEAR(estimate_nearly_whole(whole, none, {8}).low, 40 * std::pow(0.025, 1 / 50.0), 1e-9);
  EXPECT_EQ(estimate_nearly_whole(whole, none, {8}).high, 40);
  EXPECT_NEAR(estimate_nearly_whole(hour, none, {8}).low, std::pow(0.025, 1 / 10.0), 1e-9)
      << "no more is taken away than there is";
  EXPECT_EQ(estimate_nearly_whole(whole, none).low, 40) << "no absence anywhere";
  EXPECT_TRUE(std::isnan(estimate_shortfall_dispersion(whole, none)));
}

// An hour of the day of a clerk in a week of four replications: an absence takes an hour of it, not a shift.
TEST(EstimateNearlyWhole, AnEventTakesNoMoreFromAnHourThanTheHour) {
  const std::vector<double> hours(4, 7 * kSecondsPerHour), none(4, 0.0);
  const double shift_s = 8 * kSecondsPerHour;
  const Estimate estimate = estimate_nearly_whole(hours, none, {shift_s, kSecondsPerHour});
  EXPECT_NEAR(estimate.low, 7 * kSecondsPerHour * std::pow(0.025, 1 / 28.0), 1e-6);
  EXPECT_GT(estimate.low, estimate_nearly_whole(hours, none, {shift_s}).low);
}

// A clerk who is absent one day in fifty, seven days and four replications.
TEST(EstimateNearlyWhole, HoldsTheTruthInAtLeast95Percent) {
  std::mt19937_64 random(5);
  std::bernoulli_distribution absent(0.02);
  const std::vector<double> none(4, 0.0);
  int held = 0;
  constexpr int kExperiments = 4000;
  for (int i = 0; i < kExperiments; ++i) {
    std::vector<double> totals(4, 0.0);
    for (double& total : totals)
      for (int day = 0; day < 7; ++day) total += absent(random) ? 0 : kSecondsPerHour;
    const Estimate estimate = estimate_nearly_whole(totals, none, {8 * kSecondsPerHour, kSecondsPerHour});
    const double truth_s = 7 * 0.98 * kSecondsPerHour;
    held += estimate.low <= truth_s && truth_s <= estimate.high;
  }
  EXPECT_GE(held, 0.95 * kExperiments);
}

// Twelve clerk-days of 400 are missed, and no two replications miss as many: the best of four missed some,
// too.
TEST(EstimateNearlyWhole, TheReplicationWithMostMayMissSomethingItself) {
  const std::vector<double> totals{388, 391, 385, 390}, two_have_most{388, 391, 385, 391}, none(4, 0.0);
  const Estimate estimate = estimate_nearly_whole(totals, none), student = estimate_mean(totals);
  EXPECT_NEAR(estimate.high, student.high, 1e-9);
  EXPECT_LE(estimate_nearly_whole(two_have_most, none).high, 391);
}

// Overtime alone varies: Willink's interval; and with absence, the arms' squares add up.
// Nobody worked longer in any replication, but others do.
TEST(EstimateNearlyWhole, IsAtLeastAsUnsureAsItsAdditions) {
  const std::vector<double> totals(4, 40.0), none(4, 0.0);
  const Estimate addition = estimate_skewed_mean(none, 9), total = estimate_nearly_whole(totals, none, {}, 9);
  EXPECT_GT(addition.high, 0);
  EXPECT_NEAR(total.high - 40, addition.high, 1e-12);
}

TEST(EstimateNearlyWhole, AdditionsHaveTheirOwnInterval) {
  const std::vector<double> overtime{0, 0, 3, 0, 1, 0, 0, 12, 0, 2}, none(10, 0.0);
  const std::vector<double> shifts{40, 40, 32, 40, 40, 40, 24, 40, 40, 40};
  std::vector<double> with_overtime, totals;
  for (std::size_t i = 0; i < overtime.size(); ++i) {
    with_overtime.push_back(40 + overtime[i]);
    totals.push_back(shifts[i] + overtime[i]);
  }
  const Estimate alone = estimate_skewed_mean(overtime), shift = estimate_nearly_whole(shifts, none);
  EXPECT_NEAR(estimate_nearly_whole(with_overtime, overtime).low, 40 + alone.low, 1e-9);
  EXPECT_NEAR(estimate_nearly_whole(with_overtime, overtime).high, 40 + alone.high, 1e-9);
  const Estimate both = estimate_nearly_whole(totals, overtime);
  EXPECT_NEAR(both.mean, shift.mean + alone.mean, 1e-9);
  EXPECT_NEAR(both.mean - both.low, std::hypot(shift.mean - shift.low, alone.mean - alone.low), 1e-9);
  EXPECT_NEAR(both.high - both.mean, std::hypot(shift.high - shift.mean, alone.high - alone.mean), 1e-9);
}

}  // namespace
}  // namespace pishkhan::nearly_whole_test
