#include "models/trial/accounting/trial_audit.hpp"

#include <gtest/gtest.h>

#include "models/trial/run_trial.hpp"
#include "tests/laws/small_scenarios.hpp"

namespace pishkhan::trial_audit_test {
namespace {

TEST(TrialAudit, CountsACheckOnceWhetherItHoldsOrNot) {
  const Scenario scenario = laws::small_day(2);
  const Plan plan(scenario);
  TrialResult result = run_trial(plan, 0);
  Audit holds, fails;
  TrialAudit(scenario, plan.data(), holds, {}).stations(result);
  EXPECT_TRUE(holds.passed());
  result.stations[0].busy_s = 2 * result.stations[0].staffed_s;
  result.station_hours[9].joined = result.station_hours[9].arrived + 1;
  TrialAudit(scenario, plan.data(), fails, {}).stations(result);
  EXPECT_EQ(fails.failures.size(), 2u);
  EXPECT_EQ(fails.checks, holds.checks);
}

TEST(TrialAudit, FindsAServiceGivenThatNoVisitTellsOf) {
  const Scenario scenario = load_scenario("tests/scenarios/small/small.yaml");
  const Plan plan(scenario);
  TrialResult result = run_trial(plan, 0);
  ASSERT_FALSE(result.given.empty());
  Audit holds, fails;
  TrialAudit(scenario, plan.data(), holds, {}).result(result, false);
  EXPECT_TRUE(holds.passed());
  ++result.given.front().visits;
  TrialAudit(scenario, plan.data(), fails, {}).result(result, false);
  EXPECT_EQ(fails.failures, std::vector<std::string>{"services given by station and by service differ"});
}

}  // namespace
}  // namespace pishkhan::trial_audit_test
