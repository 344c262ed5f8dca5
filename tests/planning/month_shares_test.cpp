// Stations solved one by one have the shares of whole runs, also where something fails.
#include "models/planning/month_shares.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"

namespace pishkhan::month_shares_test {
namespace {

TEST(MonthShares, OfStationsAloneAreThoseOfWholeRunsWhereThingsFail) {
  const Scenario scenario =
      load_scenario("tests/scenarios/valid/backbone-shared.yaml",
                    {"run.start=1395-02-01", "run.days=31", "systems=[{agency: all, cores: 300}]",
                     "outages=[{agency: all, mean_time_between_failures: 60 h, repair: {exponential: {mean: "
                     "1 h}}}, {link_of: "
                     "all, mean_time_between_failures: 90 h, repair: {constant: 40 min}}]",
                     "targets=[{id: t, within: 10 min, share: 80%, in: month}]"});
  const std::size_t n = Plan(scenario).data().stations.size();
  std::vector<StationIndex> stations;
  std::vector<TargetAt> targets;
  for (std::size_t s = 0; s < n; ++s) {
    stations.emplace_back(s);
    targets.push_back({0, s, s});
  }
  RunMonth month;
  month.from = scenario.run.start;
  month.until = scenario.run.start + scenario.run.days;
  const MonthShares together = simulate_months(scenario, targets, {month}, {3, 2}, 1, {});
  const MonthShares alone = solve_alone(scenario, stations, targets, {month}, {3, 2}, 1, {});
  Scenario quiet = scenario;
  quiet.outages.clear();
  const MonthShares without = simulate_months(quiet, targets, {month}, {3, 2}, 1, {});
  ASSERT_EQ(together.size(), n);
  ASSERT_EQ(alone.size(), n);
  std::size_t different = 0;
  for (std::size_t s = 0; s < n; ++s) {
    EXPECT_EQ(alone[s].mean, together[s].mean) << "station " << s;
    different += alone[s].mean != without[s].mean;
  }
  EXPECT_GT(different, n / 2) << "what fails is felt";
}

}  // namespace
}  // namespace pishkhan::month_shares_test
