#include "models/trial/station_runner.hpp"

#include <gtest/gtest.h>

#include "models/plan/plan_data.hpp"

namespace pishkhan {
namespace {

/// A runner serves many station-days: nothing of one reaches the next.
TEST(StationRunner, ForgetsWhoSteppedAsideTheDayBefore) {
  const Scenario scenario = load_scenario("tests/scenarios/small/small.yaml");
  const Plan plan(scenario);
  StationRunner runner(scenario, plan.data(), draw_key(1, 0));
  const DayNumber day = scenario.run.start;
  std::vector<Attempt> guests(3, Attempt{0, 0, day, 0});
  runner.prepare(0, day, guests);
  runner.visits().asides.push_back({2, 1, 2, 3, 0});
  guests.pop_back();
  runner.prepare(0, day, guests);
  EXPECT_TRUE(runner.visits().asides.empty());
}

}  // namespace
}  // namespace pishkhan
