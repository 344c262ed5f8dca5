#include "models/trial/run_memory.hpp"

#include <gtest/gtest.h>

#include "models/scenario/scenario.hpp"

namespace pishkhan::run_memory_test {
namespace {

RunMemory memory_of(const std::string& run, const std::string& station) {
  const Scenario scenario =
      load_scenario_text("scenario: Bare\nrun: {" + run + "}\nstations:\n  - {id: a, " + station + "}\n",
                         "tests/scenarios/small/text.yaml");
  return expected_memory(Plan(scenario));
}

constexpr const char* kStation = "arrivals: 1 / s, handling: {exponential: {mean: 0.5 s}}, clerks: 1";

TEST(RunMemory, DoesNotGrowWithTheLengthOfARun) {
  const double once = memory_of("length: 2000000 s", kStation).running;
  const double ten_times = memory_of("length: 20000000 s", kStation).running;
  EXPECT_NEAR(ten_times, once, 0.01 * once);
  EXPECT_GT(once, 1e8);
  EXPECT_LT(once, 3e8);
}

TEST(RunMemory, GrowsWithTheVisitsOfADay) {
  const auto day = [](const std::string& arrivals) {
    return memory_of("days: 5",
                     "doors: 08:00-16:00, handling: {constant: 1 ms}, clerks: 1, arrivals: " + arrivals)
        .running;
  };
  EXPECT_NEAR(day("1000 / s") / day("100 / s"), 10, 0.1);
  EXPECT_NEAR(day("1000 / s"), 1000 * 8 * 3600 * 175.0, 1e8);
}

TEST(RunMemory, GrowsWithTheBusiestDay) {
  const auto day = [](const std::string& more) {
    return memory_of("days: 100",
                     "doors: 08:00-16:00, handling: {constant: 1 ms}, clerks: 1, arrivals: 100 / s" + more)
        .running;
  };
  EXPECT_NEAR(day(", weekday: {monday: 3}") / day(""), 3, 0.05);
  EXPECT_GT(day(", busyness: {cv: 0.3}") / day(""), 1.5);
  EXPECT_LT(day(", busyness: {cv: 0.3}") / day(""), 2.5);
}

TEST(RunMemory, KnowsOfAQueueThatGrowsUntilTheEnd) {
  const std::string busy = "arrivals: 10 / s, handling: {exponential: {mean: 1 s}}, clerks: 5";
  const double patient = memory_of("length: 10000000 s", busy).running;
  EXPECT_GT(patient, 50e6 * 300);
  EXPECT_LT(memory_of("length: 10000000 s", busy + ", room: 100").running, 3e8);
  EXPECT_LT(memory_of("length: 10000000 s", busy + ", patience: {exponential: {mean: 1 min}}").running, 3e8);
}

TEST(RunMemory, CountsWhatMigrationsBackAndForthCutTheChannelsInto) {
  const auto running = [](int migrations) {
    std::string text = "scenario: Back and forth\nbase: small.yaml\n";
    if (migrations > 0) text += "migrations:\n";
    for (int m = 0; m < migrations; ++m) {
      text += std::string("  - {services: all, share: 50%, ") +
              (m % 2 == 0 ? "from: traditional, to: office}\n" : "from: office, to: traditional}\n");
    }
    const Scenario scenario = load_scenario_text(text, "tests/scenarios/small/text.yaml");
    return expected_memory(Plan(scenario)).running;
  };
  // Of each zone and service: 1 stretch of each channel at first, then as many more as Fibonacci's numbers.
  EXPECT_GT(running(12) - running(0), (610 - 3) * 40 * 10);
  EXPECT_GT(running(12) - running(11), running(11) - running(10));
}

TEST(RunMemory, CountsResults) {
  std::string by_day = kStation;
  by_day += ", doors: 08:00-09:00";
  const double days = memory_of("days: 10", by_day).finished;
  EXPECT_GT(days, memory_of("length: 10 h", kStation).finished);
}

}  // namespace
}  // namespace pishkhan::run_memory_test
