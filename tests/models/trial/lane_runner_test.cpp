// Days of bare stations that are decided side by side give the result of days decided one by one, byte for
// byte.
#include "models/trial/station_day/lane_runner.hpp"

#include <gtest/gtest.h>

#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::lane_runner_test {
namespace {

/// Stations whose days are decided side by side, in part or not at all, and why.
const std::string kStations = R"(
stations:
  - {id: office, doors: '08:00-16:00',
     arrivals: {hourly: [1, 2, 3, 2, 1, 1, 1, 0.5], from: '08:00', total: 130},
     handling: {lognormal: {mean: 9 min, cv: 0.8}}, patience: {exponential: {mean: 1 h}}, clerks: 3}
  - {id: absent, doors: '07:30-14:15', arrivals: 0.3 / min, handling: {exponential: {mean: 8 min}},
     clerks: [{clerks: 4, absence: 30%}]}
  - {id: sent-away, closing: send_away, doors: {every-day: '08:00-14:00', thursday: '08:00-12:00'},
     arrivals: 0.9 / min, handling: {gamma: {mean: 6 min, cv: 1.2}}, patience: {exponential: {mean: 40 min}},
     clerks: 4}
  - {id: overloaded, doors: '08:00-13:00', arrivals: 1 / min, handling: {constant: 7 min},
     patience: {exponential: {mean: 3 h}}, clerks: 2}
  - {id: after-noon-of-the-next-day, doors: '08:00-13:00', arrivals: 0.3 / min,
     handling: {constant: 40 min}, clerks: 2}
  - {id: two-doors, doors: ['08:00-12:00', '14:00-18:00'], arrivals: 0.2 / min,
     handling: {constant: 8 min}, clerks: 2}
  - {id: balking, doors: '08:00-13:00', arrivals: 0.5 / min, handling: {constant: 7 min},
     clerks: 2, room: 5}
  - {id: slow, doors: '08:00-13:00', arrivals: 0.2 / min, handling: {constant: 7 min},
     clerks: [{clerks: 2, speed: 0.7}]}
  - {id: shifts, doors: '08:00-13:00', arrivals: 0.5 / min, handling: {constant: 3 min},
     clerks: [{clerks: 1, shifts: '08:00-13:00'}, {clerks: 1, shifts: '10:00-13:00'}]}
  - {id: longer-shift, doors: '08:00-13:00', arrivals: 0.5 / min, handling: {constant: 3 min},
     clerks: [{clerks: 2, shifts: '08:30-14:30'}]}
  - id: streams
    doors: 08:00-14:00
    streams: [{id: a, arrivals: 0.1 / min}, {id: b, arrivals: 0.1 / min}]
    handling: {constant: 5 min}
    clerks: 2
)";

Scenario scenario_of(const std::string& run) {
  return load_scenario_text("scenario: Lanes\nrun: " + run + kStations, "tests/scenarios/small/text.yaml");
}

std::string bytes_of(const Scenario& scenario, bool side_by_side) {
  TrialOptions options;
  if (!side_by_side) options.visits = [](std::span<const VisitRecord>) {};
  const TrialResult result = run_trial(Plan(scenario), 3, options);
  EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  EXPECT_GT(result.visits, 0U);
  return to_bytes(result);
}

TEST(LaneRunner, GivesWhatDaysOneByOneGive) {
  for (const char* run : {"{days: 200, seed: 5}", "{days: 75, warm_up_days: 11, seed: 6}", "{days: 3}"}) {
    const Scenario scenario = scenario_of(run);
    EXPECT_EQ(bytes_of(scenario, true), bytes_of(scenario, false)) << run;
  }
}

// A run of so many visits draws their times from tables, of which the first replication tells as much as any.
TEST(LaneRunner, GivesTheSameWithTablesOfTimes) {
  const Scenario scenario = scenario_of("{days: 60, replications: 10000, seed: 7}");
  const Plan plan(scenario);
  const auto& stations = plan.data().stations;
  const auto has_tables = [&](std::size_t station) {
    return std::pair{stations[station].handling_table != nullptr,
                     stations[station].patience_table != nullptr};
  };
  EXPECT_EQ(has_tables(0), std::pair(true, false)) << "lognormal, exponential";
  EXPECT_EQ(has_tables(2), std::pair(true, false)) << "gamma, exponential";
  EXPECT_EQ(has_tables(3), std::pair(false, false)) << "constant, exponential";
  EXPECT_EQ(bytes_of(scenario, true), bytes_of(scenario, false));
}

/// The stations for which some day was decided side by side.
std::vector<std::string> decided(const Scenario& scenario) {
  const Plan plan(scenario);
  const DrawKey key = draw_key(scenario.run.seed, 0);
  LaneRunner lanes(scenario, plan.data(), key);
  std::vector<std::string> ids;
  for (std::size_t s = 0; s < scenario.stations.size(); ++s) {
    const StationIndex station(s);
    if (!lanes.can_run(station)) continue;
    std::vector<BareDay> days;
    for (int k = 0; k < 14; ++k) days.push_back({day_of_run(scenario, k), 100});
    StationObservation into;
    bool some = false;
    for (const FoundDay& found : lanes.run(station, days, into)) some |= found.decided;
    if (some) ids.push_back(scenario.stations[s].id);
  }
  return ids;
}

const std::string kDaysThatDiffer = R"(
holidays: holidays.csv
stations:
  - {id: office, doors: '08:00-16:00',
     arrivals: {hourly: [1, 2, 3, 2, 1, 1, 1, 0.5], from: '08:00', total: 130},
     weekday: {thursday: 0.5, friday: 0}, busyness: {cv: 0.4},
     handling: {lognormal: {mean: 9 min, cv: 0.8}}, patience: {exponential: {mean: 1 h}}, clerks: 3}
  - {id: absent, doors: {every-day: '08:00-14:00', thursday: '08:00-12:00'}, arrivals: 0.3 / min,
     weekday: {saturday: 1.7, thursday: 0}, busyness: {cv: 1},
     handling: {exponential: {mean: 8 min}}, clerks: [{clerks: 4, absence: 30%}]}
)";

TEST(LaneRunner, GivesWhatDaysOneByOneGiveWhereDaysDiffer) {
  for (const char* run :
       {"{start: 1395-01-20, days: 200, seed: 5}", "{start: 1395-01-20, days: 75, warm_up_days: 11}"}) {
    const Scenario scenario = load_scenario_text(
        "scenario: Lanes\nrun: " + std::string(run) + kDaysThatDiffer, "tests/scenarios/small/text.yaml");
    EXPECT_EQ(bytes_of(scenario, true), bytes_of(scenario, false)) << run;
    EXPECT_EQ(decided(scenario), (std::vector<std::string>{"office", "absent"}));
  }
}

TEST(LaneRunner, DecidesDaysOfPlainStations) {
  EXPECT_EQ(decided(scenario_of("{days: 20}")),
            (std::vector<std::string>{"office", "absent", "sent-away", "overloaded", "longer-shift"}));
}

}  // namespace
}  // namespace pishkhan::lane_runner_test
