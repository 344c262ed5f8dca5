// What targets count, against the tallies that are kept anyway.
#include "models/trial/accounting/target_counter.hpp"

#include <gtest/gtest.h>

#include "models/trial/run_trial.hpp"

namespace pishkhan::target_counter_test {
namespace {

struct Trial {
  Scenario scenario;
  TrialResult result;
};

Trial run(const std::string& text) {
  Scenario scenario = load_scenario_text(text, "tests/scenarios/small/text.yaml");
  TrialResult result = run_trial(Plan(scenario), 0);
  return {std::move(scenario), std::move(result)};
}

const std::string kTwoStations =
    "stations:\n"
    "  - {id: a, doors: '08:00-12:00, 13:30-16:00', arrivals: 1 / min, handling: {exponential: {mean: 4 "
    "min}},"
    " clerks: 3, patience: {exponential: {mean: 10 min}}, closing: send_away,"
    " balking: {per: queue, points: [{waiting: 3, probability: 0%}, {waiting: 9, probability: 80%}]}}\n"
    "  - {id: b, doors: 08:00-12:00, arrivals: 30 / h, handling: {constant: 3 min}, clerks: 1}\n";

GoodCount sum(const TargetCounts& counts, std::size_t station) {
  GoodCount all;
  for (std::size_t day = 0; day < counts.days; ++day)
    for (std::size_t slot = 0; slot < counts.slots; ++slot) all += counts.at(station, day, slot);
  return all;
}

TEST(TargetCounter, TheShortFormIsTheServiceLevel) {
  const Trial trial =
      run("scenario: Two\nrun: {days: 40, warm_up_days: 3}\nservice_level: 4 min\n" + kTwoStations);
  ASSERT_EQ(trial.scenario.targets.size(), 1U);
  EXPECT_EQ(trial.scenario.targets[0].id, "service_level");
  EXPECT_EQ(trial.scenario.targets[0].within_s, 240);
  const TargetCounts& counts = trial.result.targets.at(0);
  EXPECT_EQ(counts.days, 37U) << "warm-up days are not counted";
  for (std::size_t station = 0; station < 2; ++station) {
    const StationTally& tally = trial.result.stations[station];
    EXPECT_EQ(sum(counts, station).counted, tally.arrived - tally.balked);
    EXPECT_EQ(sum(counts, station).good, tally.in_target);
    EXPECT_GT(sum(counts, station).good, 100U);
  }
}

TEST(TargetCounter, DefinitionsDifferByThoseWhoLeft) {
  const Trial trial =
      run("scenario: Two\nrun: {days: 40}\nservice_level: 4 min\n"
          "targets:\n"
          "  - {id: by-hour, within: 4 min, in: hour}\n"
          "  - {id: by-shift, within: 4 min, in: shift}\n"
          "  - {id: alone, within: 4 min, of: served, at: a}\n"
          "  - {id: lenient, within: 4 min, left: in_time, at: [a]}\n" +
          kTwoStations);
  const StationTally& a = trial.result.stations[0];
  const auto& targets = trial.result.targets;
  ASSERT_EQ(targets.size(), 4U);
  EXPECT_EQ(targets[0].slots, 24U);
  EXPECT_EQ(targets[1].slots, 2U);
  for (std::size_t hour = 0; hour < 24; ++hour) {
    GoodCount count;
    for (std::size_t day = 0; day < 40; ++day) count += targets[0].at(0, day, hour);
    EXPECT_EQ(count.counted, trial.result.station_hours[hour].joined) << hour;
    EXPECT_EQ(count.good, trial.result.station_hours[hour].in_target) << hour;
  }
  EXPECT_EQ(sum(targets[1], 0).counted, a.arrived - a.balked);
  EXPECT_EQ(sum(targets[1], 0).good, a.in_target);
  EXPECT_GT(targets[1].at(0, 0, 0).counted, 0U);
  EXPECT_GT(targets[1].at(0, 0, 1).counted, 0U);
  EXPECT_EQ(targets[1].at(1, 0, 1).counted, 0U) << "the other station has one shift";
  EXPECT_EQ(targets[2].counts.size(), 40U) << "one station";
  EXPECT_EQ(sum(targets[2], 0).counted, a.served);
  EXPECT_EQ(sum(targets[2], 0).good, a.in_target) << "nobody fails here";
  EXPECT_EQ(sum(targets[3], 0).counted, a.arrived - a.balked);
  EXPECT_EQ(sum(targets[3], 0).good, a.in_target + a.abandoned + a.sent_away);
  EXPECT_GT(a.abandoned, 0U);
  EXPECT_GT(a.sent_away, 0U);
}

TEST(TargetCounter, AnUnbrokenRunIsOneDay) {
  const Trial trial =
      run("scenario: One\nrun: {length: 20 d, warm_up: 1 d}\nservice_level: 1 min\n"
          "targets:\n  - {id: short, within: 1 min}\n  - {id: served, within: 1 min, of: served}\n"
          "stations:\n  - {id: a, arrivals: 1 / min, handling: {exponential: {mean: 50 s}}, clerks: 1,"
          " patience: {exponential: {mean: 10 min}}}\n");
  const StationTally& a = trial.result.stations[0];
  EXPECT_EQ(trial.result.targets[0].days, 1U);
  EXPECT_EQ(sum(trial.result.targets[0], 0).good, a.in_target);
  EXPECT_EQ(sum(trial.result.targets[1], 0).counted, a.served);
  EXPECT_EQ(sum(trial.result.targets[1], 0).good, a.in_target);
}

}  // namespace
}  // namespace pishkhan::target_counter_test
