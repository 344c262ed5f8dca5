// Bare stations: how a scenario says something of one station of its base, what stations are called, and who
// is served at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "models/plan/plan.hpp"
#include "models/scenario/scenario.hpp"
#include "models/theory/day_from_empty.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::bare_stations_test {
namespace {

using ::testing::HasSubstr;
using tests::ScratchFolder;

const char* const kBase =
    "scenario: Base\nrun: {days: 2, seed: 1}\nstations:\n"
    "  - {id: bank, name: Bank, name_fa: بانک, doors: 08:00-16:00, arrivals: 1 / min,\n"
    "     handling: {exponential: {mean: 4 min}}, clerks: 5}\n"
    "  - id: desk\n    doors: 08:00-14:00\n    handling: {exponential: {mean: 4 min}}\n    clerks: 2\n"
    "    streams:\n      - {id: elderly, name_fa: سالمندان, arrivals: 0.1 / min, priority: 1}\n"
    "      - {id: others, arrivals: 0.2 / min}\n";

/// A scenario that extends the base above.
Scenario extended(const std::string& changes, const std::vector<std::string>& overrides = {}) {
  const ScratchFolder scratch;
  std::ofstream(scratch.path() / "base.yaml") << kBase;
  std::ofstream(scratch.path() / "change.yaml") << "scenario: Change\nbase: base.yaml\n" + changes;
  return load_scenario(scratch.path() / "change.yaml", overrides);
}

std::string mistakes(const std::string& changes, const std::vector<std::string>& overrides = {}) {
  try {
    extended(changes, overrides);
    return "";
  } catch (const UserError& error) {
    return error.what();
  }
}

double rate_of(const Scenario& scenario, std::size_t station, std::size_t stream) {
  return scenario.stations.at(station).streams.at(stream).rate.at(0).second * 60;
}

TEST(BareStations, AStationLiesOverThatOfTheBaseWithItsId) {
  const Scenario scenario = extended(
      "stations:\n  - {id: desk, clerks: 3, streams: [{id: others, arrivals: 0.3 / min}, "
      "{id: third, arrivals: 0.4 / min, handling: {constant: 1 min}}]}\n"
      "  - {id: new, doors: 08:00-09:00, arrivals: 1 / min, handling: {constant: 1 s}, clerks: 1}\n");
  ASSERT_EQ(scenario.stations.size(), 3u);
  EXPECT_EQ(scenario.stations[0].rules.groups.at(0).clerks, 5);
  const BareStation& desk = scenario.stations[1];
  EXPECT_EQ(desk.rules.groups.at(0).clerks, 3);
  ASSERT_EQ(desk.streams.size(), 3u);
  EXPECT_EQ(desk.streams[0].priority, 1);
  EXPECT_NEAR(rate_of(scenario, 1, 0), 0.1, 1e-12);
  EXPECT_NEAR(rate_of(scenario, 1, 1), 0.3, 1e-12);
  EXPECT_EQ(desk.streams[2].id, "third");
  EXPECT_EQ(scenario.stations[2].id, "new");
}

TEST(BareStations, OneWayToSayArrivalsTakesThePlaceOfTheOther) {
  const Scenario one = extended("stations:\n  - {id: desk, arrivals: 2 / min}\n");
  ASSERT_EQ(one.stations[1].streams.size(), 1u);
  EXPECT_NEAR(rate_of(one, 1, 0), 2, 1e-12);
  const Scenario several = extended("stations:\n  - {id: bank, streams: [{id: a, arrivals: 3 / min}]}\n");
  EXPECT_EQ(several.stations[0].streams.at(0).id, "a");
  EXPECT_THAT(
      mistakes("stations:\n  - {id: bank, arrivals: 1 / min, streams: [{id: a, arrivals: 3 / min}]}\n"),
      HasSubstr("both `arrivals` and `streams`"));
}

TEST(BareStations, OfABaseCanBeLeftOut) {
  const Scenario scenario = extended(
      "without: [stations]\nstations:\n"
      "  - {id: bank, doors: 08:00-09:00, arrivals: 1 / min, handling: {constant: 1 s}, clerks: 1}\n");
  ASSERT_EQ(scenario.stations.size(), 1u);
  EXPECT_EQ(scenario.stations[0].name_fa, "");
}

TEST(BareStations, TwiceInOneFileIsAMistake) {
  EXPECT_THAT(mistakes("stations:\n  - {id: bank, clerks: 6}\n  - {id: bank, clerks: 7}\n"),
              HasSubstr("duplicate id `bank`"));
}

TEST(BareStations, OverridesFindThemById) {
  const Scenario scenario = extended(
      "",
      {"stations.bank.clerks=7", "stations.desk.streams.others.arrivals=0.5 / min", "stations.1.clerks=4"});
  EXPECT_EQ(scenario.stations[0].rules.groups.at(0).clerks, 7);
  EXPECT_EQ(scenario.stations[1].rules.groups.at(0).clerks, 4);
  EXPECT_NEAR(rate_of(scenario, 1, 1), 0.5, 1e-12);
  EXPECT_THAT(mistakes("", {"stations.bnk.clerks=7"}), HasSubstr("did you mean `bank`?"));
}

TEST(BareStations, HaveNames) {
  const Scenario scenario = extended("");
  EXPECT_EQ(scenario.stations[0].name_en, "Bank");
  EXPECT_EQ(scenario.stations[0].name_fa, "بانک");
  EXPECT_EQ(scenario.stations[1].streams[0].name_fa, "سالمندان");
  EXPECT_EQ(scenario.stations[1].streams[0].name_en, "");
}

TEST(BareStations, GiveTheirStreamsFactorsByWeekday) {
  const std::string of_desk = "stations:\n  - id: desk\n    weekday: {friday: 0.5}\n    streams:\n";
  const Scenario scenario = extended(of_desk + "      - {id: others, weekday: {thursday: 0}}\n");
  const auto& streams = scenario.stations[1].streams;
  EXPECT_EQ(streams[0].weekday, (std::array{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5}));
  EXPECT_EQ(streams[1].weekday, (std::array{1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0})) << "its own alone";
  EXPECT_EQ(scenario.stations[0].streams[0].weekday, (std::array{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0}));
}

/// The canonical text tells the holidays' table by its contents, so that scenarios with other ones differ.
TEST(BareStations, HolidaysAreKnownByTheirTable) {
  const std::vector<std::string> dated{"run.start=1395-02-01"};
  const auto with = [&](const std::string& set) { return extended("", {dated[0], set}); };
  const Scenario scenario = with("holidays=tests/scenarios/small/holidays.csv");
  ASSERT_EQ(scenario.demand.holidays.size(), 3U);
  EXPECT_THAT(scenario.resolved, HasSubstr("\ndata:\n  holidays: \""));
  ASSERT_NE(scenario.inputs, nullptr);
  EXPECT_EQ(scenario.inputs->at(0).key, "holidays");
  const Scenario more = with("holidays=scenarios/mazandaran/holidays.csv");
  EXPECT_NE(more.resolved.substr(more.resolved.find("\ndata:")),
            scenario.resolved.substr(scenario.resolved.find("\ndata:")));
  EXPECT_EQ(extended("", dated).inputs, nullptr);
  EXPECT_EQ(with("holidays=none").inputs, nullptr);
}

const char* const kAtOnce =
    "scenario: At once\nservice_level: 0 s\nrun: {days: 50, seed: 3}\nstations:\n"
    "  - {id: desk, doors: 08:00-16:00, arrivals: 1 / min, handling: {exponential: {mean: 4 min}}, clerks: "
    "5}\n";

/// Days side by side and one by one agree on who is served at once.
TEST(BareStations, AServiceLevelOfNoTimeCountsWhoStartsAtOnce) {
  const Scenario scenario = load_scenario_text(kAtOnce, "at-once.yaml");
  const Plan plan(scenario);
  const TrialResult together = run_trial(plan, 0);
  TrialOptions options;
  std::uint64_t at_once = 0, all = 0;
  options.visits = [&](std::span<const VisitRecord> visits) {
    for (const VisitRecord& visit : visits) at_once += visit.start_s == visit.arrival_s;
    all += visits.size();
  };
  const Scenario with_visits = load_scenario_text(kAtOnce, "at-once.yaml", {"output.visits=100%"});
  const Plan plan_with_visits(with_visits);
  const TrialResult apart = run_trial(plan_with_visits, 0, options);
  EXPECT_EQ(together.stations[0].in_target, at_once);
  EXPECT_EQ(apart.stations[0].in_target, at_once);
  EXPECT_EQ(all, together.stations[0].arrived);
}

TEST(BareStations, AServiceLevelOfNoTimeIsThatOfTheForwardEquations) {
  const Scenario scenario = load_scenario_text(kAtOnce, "at-once.yaml");
  const Plan plan(scenario);
  constexpr int kReplications = 40;
  std::vector<double> shares;
  for (std::uint32_t r = 0; r < kReplications; ++r) {
    const StationTally of = run_trial(plan, r).stations[0];
    shares.push_back(static_cast<double>(of.in_target) / static_cast<double>(of.arrived));
  }
  double mean = 0, squares = 0;
  for (const double share : shares) mean += share / kReplications;
  for (const double share : shares) squares += (share - mean) * (share - mean);
  const double error = std::sqrt(squares / (kReplications - 1) / kReplications);
  EXPECT_NEAR(mean, theory::DayFromEmpty(5, 1, 4, 480).service_level(0), 4 * error);
  EXPECT_LT(error, 0.003);
}

}  // namespace
}  // namespace pishkhan::bare_stations_test
