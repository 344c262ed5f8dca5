// Solving a station's days apart, for a staffing, gives what a run with that staffing counts.
#include "models/staffing/common_citizens.hpp"

#include <gtest/gtest.h>

#include "models/trial/run_trial.hpp"

namespace pishkhan::common_citizens_test {
namespace {

GoodCount sum_of_run(const TargetCounts& counts, std::size_t station) {
  GoodCount sum;
  for (std::size_t day = 0; day < counts.days; ++day)
    for (std::size_t slot = 0; slot < counts.slots; ++slot) sum += counts.at(station, day, slot);
  return sum;
}

GoodCount solve(CommonCitizens& citizens, const Scenario& scenario, const Plan& plan, std::size_t station,
                const std::vector<int>& clerks) {
  const Promises promises(scenario, plan.data(), StationIndex(station));
  std::vector<GoodCount> counts(promises.list().size());
  citizens.solve(StationIndex(station), clerks, promises, counts);
  GoodCount sum;
  for (const GoodCount& count : counts) sum += count;
  return sum;
}

TEST(CommonCitizens, OfAProvinceWithoutSharedSystemsGiveWhatARunCounts) {
  const Scenario scenario = load_scenario(
      "scenarios/registry-moves.yaml",
      {"run.start=1395-02-12", "run.days=4", "run.warm_up_days=1", "run.replications=1", "backbone.model=ideal"});
  const Plan plan(scenario);
  CommonCitizens citizens(plan, 0, {});
  const TrialResult run = run_trial(plan, 0);
  std::size_t different = 0, counted = 0;
  for (std::size_t s = 0; s < plan.data().stations.size(); ++s) {
    std::vector<int> clerks;
    for (const ClerkGroup& group : plan.data().stations[s].rules->groups) clerks.push_back(group.clerks);
    const GoodCount apart = solve(citizens, scenario, plan, s, clerks);
    const GoodCount together = sum_of_run(run.targets[0], s);
    different += apart.counted != together.counted || apart.good != together.good;
    counted += apart.counted;
  }
  EXPECT_EQ(different, 0U) << "of " << plan.data().stations.size() << " stations";
  EXPECT_GT(counted, 100'000U);
}

}  // namespace
}  // namespace pishkhan::common_citizens_test
