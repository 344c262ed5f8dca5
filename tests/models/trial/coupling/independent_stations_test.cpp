// A change of the scenario changes only what it names: a station does not depend on other stations, and no
// citizen of another station is drawn anew.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::independent_stations_test {
namespace {

TrialResult simulate(const Scenario& scenario) { return run_trial(Plan(scenario), 0); }

TrialResult small_province(const std::string& changes) {
  return simulate(load_scenario_text(
      "scenario: Changed\nbase: small.yaml\nabsence:\n  - {at: all, probability: 20%}\n" + changes,
      "tests/scenarios/small/changed.yaml"));
}

void expect_same(const StationTally& a, const StationTally& b, const std::string& what) {
  EXPECT_EQ(std::memcmp(&a, &b, sizeof a), 0) << what;
}

TEST(IndependentStations, PrioritiesOfOneBareStationDoNotReachTheNext) {
  const auto run = [](const std::string& priority) {
    return simulate(
        load_scenario_text("scenario: Two stations\n"
                           "run: {length: 2000 min, warm_up: 100 min, replications: 2, seed: 7}\n"
                           "stations:\n"
                           "  - id: a\n"
                           "    streams:\n"
                           "      - {id: first, arrivals: 0.4 / min" +
                               priority +
                               "}\n"
                               "      - {id: others, arrivals: 0.6 / min}\n"
                               "    handling: {exponential: {mean: 4 min}}\n"
                               "    clerks: 5\n"
                               "  - id: b\n"
                               "    streams:\n"
                               "      - {id: x, arrivals: 0.4 / min}\n"
                               "      - {id: y, arrivals: 0.6 / min}\n"
                               "    handling: {exponential: {mean: 4 min}}\n"
                               "    clerks:\n"
                               "      - {id: g1, clerks: 2, skills: [x]}\n"
                               "      - {id: g2, clerks: 3}\n",
                           "two.yaml"));
  };
  expect_same(run("").stations[1], run(", priority: 1").stations[1], "the station without priorities");
}

TEST(IndependentStations, AnOpenedOfficeChangesNoCounter) {
  const TrialResult before = small_province("");
  const TrialResult after = small_province("open_offices:\n  - {id: sari-new, place: sari, clerks: 1}\n");
  ASSERT_EQ(after.stations.size(), before.stations.size() + 1);
  for (std::size_t counter = 5; counter < before.stations.size(); ++counter)
    expect_same(before.stations[counter], after.stations[counter + 1], "counter " + std::to_string(counter));
}

TEST(IndependentStations, DatedStaffingThatChangesNothingChangesNothing) {
  const TrialResult before = small_province("");
  const TrialResult after =
      small_province("staffing:\n  - {at: {kind: urban}, clerks: +0%, starts: 1395-02-05}\n");
  for (std::size_t s = 0; s < before.stations.size(); ++s)
    expect_same(before.stations[s], after.stations[s], "station " + std::to_string(s));
}

}  // namespace
}  // namespace pishkhan::independent_stations_test
