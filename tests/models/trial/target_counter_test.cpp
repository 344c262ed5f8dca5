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

RatioParts sum_of_parts(const TargetCounts& counts, std::size_t station) {
  RatioParts all;
  for (std::size_t day = 0; day < counts.days; ++day) {
    for (std::size_t slot = 0; slot < counts.slots; ++slot)
      all += counts.parts[counts.cell(station, day, slot)];
  }
  return all;
}

TEST(TargetCounter, EveryKindAgreesWithTheTallies) {
  const Trial trial =
      run("scenario: Two\nrun: {days: 40, warm_up_days: 2}\nservice_level: 4 min\n"
          "targets:\n"
          "  - {id: joined, wait: 5 min, in: shift}\n"
          "  - {id: served, wait: 5 min, of: served, in: hour}\n"
          "  - {id: tail, wait: 4 min, percentile: 90%}\n"
          "  - {id: busy, utilization: 80%, in: month}\n"
          "  - {id: busy-hours, utilization: 80%, in: hour}\n"
          "  - {id: gone, abandoned: 5%, in: day}\n"
          "  - {id: late, overtime: 10 min, in: day}\n" +
          kTwoStations);
  for (std::size_t s = 0; s < 2; ++s) {
    const StationTally& tally = trial.result.stations[s];
    const auto& targets = trial.result.targets;
    const double joined = static_cast<double>(tally.arrived - tally.balked);
    EXPECT_NEAR(sum_of_parts(targets[0], s).numerator, tally.wait_joined_s, 1e-6);
    EXPECT_EQ(sum_of_parts(targets[0], s).denominator, joined);
    EXPECT_NEAR(sum_of_parts(targets[1], s).numerator, tally.wait_s, 1e-6);
    EXPECT_EQ(sum_of_parts(targets[1], s).denominator, static_cast<double>(tally.served));
    EXPECT_EQ(sum(targets[2], s).good, tally.in_target);
    EXPECT_NEAR(sum_of_parts(targets[3], s).numerator, tally.busy_s, 1e-6);
    EXPECT_NEAR(sum_of_parts(targets[3], s).denominator, tally.staffed_s, 1e-6);
    EXPECT_LE(sum_of_parts(targets[4], s).numerator, tally.busy_s + 1e-6) << "hours of finishing are none";
    // The second station has more work than its hours, and goes on for long after its doors have closed.
    EXPECT_GT(sum_of_parts(targets[4], s).numerator, (s == 0 ? 0.9 : 0.5) * tally.busy_s);
    EXPECT_EQ(sum(targets[5], s).counted - sum(targets[5], s).good, tally.abandoned);
    EXPECT_EQ(sum(targets[5], s).counted, tally.arrived - tally.balked);
    EXPECT_NEAR(sum_of_parts(targets[6], s).numerator, tally.overtime_s, 1e-6);
    EXPECT_EQ(sum_of_parts(targets[6], s).denominator, 38) << "days on which a clerk is on duty";
  }
  EXPECT_GT(trial.result.stations[0].abandoned, 0U);
  EXPECT_GT(trial.result.stations[0].overtime_s, 0);
  const TargetCounts& hours = trial.result.targets[4];
  for (const std::size_t hour : {9, 10, 14}) {
    RatioParts parts;
    for (std::size_t day = 0; day < hours.days; ++day) parts += hours.parts[hours.cell(0, day, hour)];
    EXPECT_NEAR(parts.numerator, trial.result.station_hours[hour].busy_s, 1e-6) << hour;
    EXPECT_NEAR(parts.denominator, trial.result.station_hours[hour].staffed_s, 1e-6) << hour;
  }
}

TEST(TargetCounter, UtilizationOfAnUnbrokenRunAndOfSharedCores) {
  const Trial unbroken =
      run("scenario: One\nrun: {length: 20 d, warm_up: 1 d}\ntargets: [{id: busy, utilization: 80%}]\n"
          "stations:\n  - {id: a, arrivals: 1 / min, handling: {exponential: {mean: 40 s}}, clerks: 1}\n");
  const StationTally& a = unbroken.result.stations[0];
  EXPECT_DOUBLE_EQ(unbroken.result.targets[0].parts[0].numerator, a.busy_s);
  EXPECT_DOUBLE_EQ(unbroken.result.targets[0].parts[0].denominator, a.staffed_s);
  EXPECT_NEAR(a.busy_s / a.staffed_s, 2.0 / 3, 0.05);
  const Trial shared =
      run("scenario: Cores\nrun: {days: 10}\ntargets: [{id: busy, utilization: 80%}]\n"
          "stations:\n  - {id: a, doors: 08:00-12:00, arrivals: 1 / min, handling: {exponential: {mean: 80 "
          "s}}, discipline: processor_sharing, cores: 2}\n");
  const RatioParts parts = sum_of_parts(shared.result.targets[0], 0);
  EXPECT_NEAR(parts.numerator, shared.result.stations[0].busy_s, 1e-6);
  EXPECT_NEAR(parts.denominator, shared.result.stations[0].staffed_s, 1e-6);
  EXPECT_GT(parts.numerator, 0);
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
