#include "models/trial/station_day/station_runner.hpp"

#include <gtest/gtest.h>

#include "models/plan/plan_data.hpp"

namespace pishkhan::station_runner_test {
namespace {

/// A runner serves many station-days: nothing of one reaches the next.
TEST(StationRunner, ForgetsTheParkedVisitsOfTheDayBefore) {
  const Scenario scenario = load_scenario("tests/scenarios/small/small.yaml");
  const Plan plan(scenario);
  StationRunner runner(scenario, plan.data(), draw_key(1, 0));
  const Day day = day_of_run(scenario, 0);
  std::vector<Attempt> attempts(3, Attempt{0, 0, day.date, StationIndex(0)});
  runner.prepare(day, StationIndex(0), attempts);
  runner.visits().asides.push_back({2, 1, 2, 3, 0});
  attempts.pop_back();
  runner.prepare(day, StationIndex(0), attempts);
  EXPECT_TRUE(runner.visits().asides.empty());
}

}  // namespace
}  // namespace pishkhan::station_runner_test
