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

std::string two_stations(int a, int b) {
  return "scenario: Two\nrun: {days: 12, warm_up_days: 2, seed: 5}\n"
         "stations:\n"
         "  - {id: a, doors: '08:00-12:00, 13:30-16:00', arrivals: 1 / min, handling: {exponential: {mean: 4 "
         "min}}, clerks: [{clerks: " + std::to_string(a) +
         ", absence: 20%}, {clerks: 1, shifts: 08:00-10:00}], patience: {exponential: {mean: 10 min}},"
         " closing: send_away, balking: {per: clerk, points: [{waiting: 3, probability: 0%}, {waiting: 9, "
         "probability: 80%}]}}\n"
         "  - {id: b, doors: 08:00-12:00, arrivals: 30 / h, handling: {constant: 3 min}, clerks: " +
         std::to_string(b) + "}\ntargets:\n  - {id: t, within: 5 min, share: 80%, in: hour}\n";
}

TEST(CommonCitizens, GiveWhatARunOfTheStaffingCounts) {
  const Scenario base = load_scenario_text(two_stations(4, 1), "tests/scenarios/small/text.yaml");
  const Plan plan(base);
  CommonCitizens citizens(plan, 3, {}, {1, 1});
  for (const int a : {2, 6, 4}) {
    const Scenario variant = load_scenario_text(two_stations(a, a / 2), "tests/scenarios/small/text.yaml");
    const TrialResult run = run_trial(Plan(variant), 3);
    for (std::size_t s = 0; s < 2; ++s) {
      const GoodCount apart = solve(citizens, base, plan, s, s == 0 ? std::vector{a, 1} : std::vector{a / 2});
      const GoodCount together = sum_of_run(run.targets[0], s);
      EXPECT_EQ(apart.counted, together.counted) << a << " clerks, station " << s;
      EXPECT_EQ(apart.good, together.good) << a << " clerks, station " << s;
      EXPECT_GT(apart.counted, 500U);
    }
  }
}

TEST(CommonCitizens, OfAProvinceWithoutSharedSystemsGiveWhatARunCounts) {
  const Scenario scenario = load_scenario(
      "scenarios/registry-moves.yaml",
      {"run.start=1395-02-12", "run.days=4", "run.warm_up_days=1", "run.replications=1", "backbone.model=ideal"});
  const Plan plan(scenario);
  CommonCitizens citizens(plan, 0, {}, std::vector<std::uint8_t>(plan.data().stations.size(), 1));
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
