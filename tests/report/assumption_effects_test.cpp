// Rank correlation, and the effects of assumed numbers.
#include "tools/report/assumption_effects.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/plan/plan.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::assumption_effects_test {
namespace {

TEST(RankCorrelation, IsSpearmans) {
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3, 4}, {10, 20, 50, 900}), 1);
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3, 4}, {4, 3, 2, 1}), -1);
  // 1 - 6 (1 + 1 + 1 + 1) / (4 * 15).
  EXPECT_DOUBLE_EQ(rank_correlation({1, 2, 3, 4}, {2, 1, 4, 3}), 0.6);
  EXPECT_DOUBLE_EQ(rank_correlation({1, 1, 3}, {1, 1, 9}), 1);
  EXPECT_DOUBLE_EQ(rank_correlation({1, kNan, 3, 2}, {1, 5, 9, kNan}), 1);
  EXPECT_TRUE(std::isnan(rank_correlation({1, 1}, {1, 2})));
}

TEST(AssumptionEffects, HaveTheNumberThatDoesMostFirst) {
  Scenario scenario =
      load_scenario("tests/scenarios/small/small.yaml", {"handling=[{services: all, factor: 3}]"});
  scenario.assumed_ranges = {{"services.csv", "rework", 0.9, 1.1},
                             {"services.csv", "handling_office_mean_s", 0.5, 1.5},
                             {"services.csv", "tariff_rial", 0.5, 1}};
  const auto simulate = [](const Scenario& one) {
    const Plan plan(one);
    return std::vector<TrialResult>{run_trial(plan, 0), run_trial(plan, 1), run_trial(plan, 2)};
  };
  const AssumptionEffects found = find_assumption_effects(scenario, simulate);
  ASSERT_EQ(found.effects.size(), 10U);  // the high end of the last is 1, and so left out
  EXPECT_EQ(found.effects[0].range->column, "handling_office_mean_s");
  EXPECT_EQ(found.effects[1].channel, Channel::office);
  EXPECT_LT(found.effects[1].difference_s.high, 0);
  EXPECT_GT(found.effects[3].difference_s.low, 0);
  EXPECT_EQ(found.effects[9].range->column, "tariff_rial");
  EXPECT_DOUBLE_EQ(found.effects[9].rank_correlation, 1);
  EXPECT_EQ(make_assumption_effects_table(scenario, found).rows.size(), 12U);
  EXPECT_THROW((void)find_assumption_effects(load_scenario("tests/scenarios/small/small.yaml"), simulate),
               UserError);
}

}  // namespace
}  // namespace pishkhan::assumption_effects_test
