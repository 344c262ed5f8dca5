// Sets of assumptions: a Latin hypercube over the ranges.
#include "models/assumptions/assumption_points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::assumption_points_test {
namespace {

Scenario scenario_with(std::vector<AssumedRange> ranges) {
  Scenario scenario = load_scenario("tests/scenarios/small/small.yaml");
  scenario.assumed_ranges = std::move(ranges);
  return scenario;
}

TEST(AssumptionPoints, ARangeHasItsEndsAndTheScenariosNumberInTheMiddle) {
  const AssumedRange range{"services.csv", "rework", 0.5, 3};
  EXPECT_EQ(factor_at(range, 0), 0.5);
  EXPECT_EQ(factor_at(range, 0.25), 0.75);
  EXPECT_EQ(factor_at(range, 0.5), 1);
  EXPECT_EQ(factor_at(range, 0.75), 2);
  EXPECT_EQ(factor_at(range, 1), 3);
}

TEST(AssumptionPoints, EveryPartOfEveryRangeHasOnePoint) {
  constexpr std::size_t kPoints = 32;
  const Scenario scenario =
      scenario_with({{"services.csv", "rework", 0.5, 3}, {"", "patience.office", 0.2, 2}});
  const AssumptionPoints drawn = draw_assumption_points(scenario, kPoints);
  ASSERT_EQ(drawn.factors.size(), kPoints);
  for (std::size_t k = 0; k < 2; ++k) {
    const AssumedRange& range = drawn.ranges[k];
    std::set<std::size_t> parts;
    for (const auto& point : drawn.factors) {
      const double factor = point[k];
      const double place =
          factor < 1 ? (factor - range.low) / (1 - range.low) / 2 : 0.5 + (factor - 1) / (range.high - 1) / 2;
      parts.insert(static_cast<std::size_t>(place * kPoints));
    }
    EXPECT_EQ(parts.size(), kPoints);
    EXPECT_LT(*parts.rbegin(), kPoints);
  }
  EXPECT_NE(drawn.factors[0][0], drawn.factors[0][1]);
}

TEST(AssumptionPoints, TheSeedGivesTheSamePoints) {
  Scenario scenario = scenario_with({{"services.csv", "rework", 0.5, 3}});
  const auto first = draw_assumption_points(scenario, 8).factors;
  EXPECT_EQ(draw_assumption_points(scenario, 8).factors, first);
  ++scenario.run.seed;
  EXPECT_NE(draw_assumption_points(scenario, 8).factors, first);
}

TEST(SampledFactors, HangOnSeedReplicationAndNameAlone) {
  const AssumedRange rework{"services.csv", "rework", 0.5, 3}, patience{"", "patience.office", 0.2, 2};
  Scenario scenario = scenario_with({rework});
  const double alone = sampled_factors(scenario, 4).front();
  EXPECT_NE(sampled_factors(scenario, 5).front(), alone);
  EXPECT_EQ(sampled_factors(scenario_with({patience, rework}), 4).back(), alone);
  ++scenario.run.seed;
  EXPECT_NE(sampled_factors(scenario, 4).front(), alone);
}

TEST(SampledFactors, AreBelowOneInHalfOfTheReplications) {
  const Scenario scenario = scenario_with({{"services.csv", "rework", 0.5, 3}});
  int below = 0, in_upper_quarter = 0;
  constexpr int kReplications = 4000;
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    const double factor = sampled_factors(scenario, i).front();
    ASSERT_GT(factor, 0.5);
    ASSERT_LT(factor, 3);
    below += factor < 1 ? 1 : 0;
    in_upper_quarter += factor > 2 ? 1 : 0;
  }
  EXPECT_NEAR(below, kReplications / 2, 130);             // four standard deviations
  EXPECT_NEAR(in_upper_quarter, kReplications / 4, 110);  // likewise
}

TEST(SampledFactors, MakeAReplicationThatOfTheScenarioWithThem) {
  Scenario scenario = scenario_with({{"services.csv", "handling_office_mean_s", 0.5, 3}});
  scenario.run.inputs = RunInputs::sampled;
  const Scenario varied = with_factors(scenario, scenario.assumed_ranges, sampled_factors(scenario, 1));
  Scenario fixed = varied;
  fixed.run.inputs = RunInputs::fixed;
  EXPECT_EQ(to_bytes(run_trial(Plan(scenario), 1)), to_bytes(run_trial(Plan(fixed), 1)));
  scenario.run.inputs = RunInputs::fixed;
  EXPECT_NE(to_bytes(run_trial(Plan(scenario), 1)), to_bytes(run_trial(Plan(fixed), 1)));
}

TEST(AssumptionPoints, AScenarioWithoutRangesIsRefused) {
  EXPECT_THROW(draw_assumption_points(scenario_with({}), 8), UserError);
}

}  // namespace
}  // namespace pishkhan::assumption_points_test
