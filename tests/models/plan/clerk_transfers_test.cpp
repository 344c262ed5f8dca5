// Clerks who go from counters to offices with a migration, reckoned by hand from the tables of the small
// province: parcels take 240 s at counters and at offices, need no system and no papers.
#include "models/plan/clerk_transfers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/plan/dated_changes.hpp"
#include "models/plan/forecast.hpp"
#include "models/province/calendar.hpp"
#include "models/staffing/staffing.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/support/rules_of_station.hpp"

namespace pishkhan::clerk_transfers_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Scenario load(const std::string& more) {
  return load_scenario_text(
      "scenario: Transfer\nbase: small.yaml\nrun: {start: 1395-02-01, days: 20}\n" + more,
      "tests/scenarios/small/text.yaml");
}

/// Of parcels, on top of `more`, with handling times so many times as long.
std::string parcels(const std::string& transfer, double factor, const std::string& days = "") {
  return "handling: [{services: [parcel], factor: " + std::to_string(factor) +
         "}]\nmigrations:\n  - {id: post, services: [parcel], from: traditional, to: office, share: 80%, "
         "transfer: " +
         transfer + days + "}\n";
}

int clerks(const Scenario& scenario, const std::string& id, const char* date = "1395-02-10") {
  int clerks = 0;
  const DayNumber day = parse_date(date).day.value();
  for (const ClerkGroup& group : tests::rules_of_station(scenario, id).groups)
    if (group.from_day <= day && day < group.until_day) clerks += group.clerks;
  return clerks;
}

/// Clerks whom the whole move of parcels frees with handling of 240 s: the only counter of the post gives the
/// parcels of all four places.
double freed_clerks(const Scenario& scenario) {
  const double visits =
      0.8 * (300'000 * 0.200 * 0.3 + 100'000 * 0.150 * 0.2 + 200'000 * 0.200 * 0.3 + 150'000 * 0.150 * 0.2);
  double hours_of_one = 0;
  for (DayNumber day = parse_date("1395-02-01").day.value(); day < parse_date("1395-02-01").day.value() + 365;
       ++day) {
    if (std::ranges::count(scenario.demand.holidays, day) > 0) continue;
    constexpr std::array<double, 7> kHours{7.5, 7.5, 7.5, 7.5, 7.5, 6.5, 0};
    hours_of_one += kHours[static_cast<std::size_t>(weekday(day))];
  }
  return visits * 240 / 3600 / hours_of_one;
}

std::vector<std::string> rows(const Scenario& scenario) {
  std::vector<std::string> rows;
  for (const Change& change : scenario.changes) {
    if (change.quantity == "clerks transferred")
      rows.push_back(change.item + " " + std::to_string(static_cast<int>(change.reached)));
  }
  return rows;
}

const std::string kOneOfficeInSari = "close_offices: [{at: {office: [sari-u-002, sari-r-001]}}]\n";

TEST(Transfers, TakeTheClerksWhoseWorkHasGone) {
  const Scenario written = load(kOneOfficeInSari + parcels("100%", 2));
  const double freed = 2 * freed_clerks(written);
  ASSERT_GT(freed, 1.55);
  ASSERT_LT(freed, 2.45);
  const Scenario scenario = with_transfers(written);
  EXPECT_EQ(clerks(scenario, "post@sari"), 1);
  EXPECT_EQ(clerks(scenario, "sari-u-001"), 6);
  EXPECT_EQ(clerks(scenario, "babol-u-001"), 3) << "another county, though it takes visits";
  EXPECT_THAT(rows(scenario), ElementsAre("post.transfer 2", "post.transfer: post@sari to sari-u-001 2"));
  const auto all = std::ranges::find(scenario.changes, "post.transfer", &Change::item);
  EXPECT_NEAR(all->asked, freed, 1e-9);
  EXPECT_EQ(all->why, "clerks are whole numbers");
  EXPECT_EQ(std::prev(all)->item, "post");
  EXPECT_EQ(scenario.evidence, Evidence::assumed);
}

TEST(Transfers, TakeAShareAndLeaveTheLeast) {
  const Scenario half = with_transfers(load(kOneOfficeInSari + parcels("50%", 2)));
  EXPECT_EQ(clerks(half, "post@sari"), 2);
  EXPECT_EQ(clerks(half, "sari-u-001"), 5);
  const Scenario many = with_transfers(load(kOneOfficeInSari + parcels("100%", 4)));
  EXPECT_EQ(clerks(many, "post@sari"), 1) << "the least, left out";
  const auto all = std::ranges::find(many.changes, "post.transfer", &Change::item);
  EXPECT_THAT(all->why, HasSubstr("as every counter keeps its least"));
  const Scenario two = with_transfers(load(kOneOfficeInSari + parcels("{share: 100%, least: 2}", 4)));
  EXPECT_EQ(clerks(two, "post@sari"), 2);
  const Scenario none = with_transfers(load(kOneOfficeInSari + parcels("{share: 100%, least: 0}", 4)));
  EXPECT_EQ(clerks(none, "post@sari"), 0);
  EXPECT_TRUE(run_trial(Plan(none), 0).audit.passed());
}

/// Offices of the county by the work that each takes, which the forecast knows from the whole scenario with
/// the migration and without it.
TEST(Transfers, AreSharedOutByTheWorkThatOfficesTake) {
  const std::string many = "staffing: [{at: {agency: post}, clerks: 40}]\n";
  const Scenario scenario = with_transfers(load(many + parcels("100%", 20)));
  const auto load_h = [](const Scenario& of) {
    std::map<std::string, double> hours;
    const std::vector<std::string_view> ids = station_ids(of);
    for (const Forecast::WeekdayLoad& days : forecast(Plan(of)).weekday_loads)
      hours[std::string(ids[days.station])] += days.offered_load_h;
    return hours;
  };
  const Scenario stay = load(many + "handling: [{services: [parcel], factor: 20}]\n");
  std::map<std::string, double> more = load_h(load(many + parcels("0%", 20)));
  for (const auto& [id, hours] : load_h(stay)) more[id] -= hours;
  double taken = 0;
  std::map<std::string, int> gone;
  int all = 0;
  for (const char* id : {"sari-u-001", "sari-u-002", "sari-r-001"}) {
    taken += more[id];
    gone[id] = clerks(scenario, id) - clerks(stay, id);
    all += gone[id];
  }
  EXPECT_GT(all, 12);
  EXPECT_EQ(clerks(scenario, "post@sari"), 40 - all);
  for (const auto& [id, clerks_gone] : gone)
    EXPECT_LT(std::abs(clerks_gone - all * more[id] / taken), 1) << id;
}

TEST(Transfers, GoToOtherCountiesWhereTheirOwnHasNoOffice) {
  const Scenario scenario = with_transfers(
      load("close_offices: [{at: {county: sari}}, {at: {office: babol-r-001}}]\n" + parcels("100%", 2)));
  EXPECT_EQ(clerks(scenario, "post@sari") + clerks(scenario, "babol-u-001"), 6);
  EXPECT_LT(clerks(scenario, "post@sari"), 3);
}

TEST(Transfers, LeaveOutOfficesThatCloseWhileTheClerksWouldBeThere) {
  const std::string closes = "close_offices: [{at: {office: sari-u-001}, starts: 1395-02-15}]\n";
  const Scenario scenario = with_transfers(load(closes + parcels("100%", 2)));
  EXPECT_LT(clerks(scenario, "post@sari"), 3);
  EXPECT_EQ(clerks(scenario, "sari-u-001"), 4);
  const Scenario before = with_transfers(load(closes + parcels("100%", 4, ", ends: 1395-02-14")));
  EXPECT_GT(clerks(before, "sari-u-001"), 4) << "which closes when they have gone back";
}

TEST(Transfers, AreRefusedWhereClerksHaveOtherShifts) {
  const Scenario scenario = load(
      "staffing: [{at: {agency: post}, clerks: [{from: 08:00, to: 10:00, clerks: 3}, {from: 10:00, to: "
      "14:00, clerks: 2}]}]\n" +
      parcels("100%", 2));
  try {
    with_transfers(scenario);
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("`post@sari`, where they have other shifts"));
  }
}

TEST(Transfers, HoldFromTheEndOfTheRampToTheEndOfTheMigration) {
  const Scenario scenario = with_transfers(
      load(kOneOfficeInSari + parcels("100%", 2, ", starts: 1395-02-05, ramp: 3 d, ends: 1395-02-12")));
  EXPECT_EQ(clerks(scenario, "post@sari", "1395-02-06"), 3);
  EXPECT_EQ(clerks(scenario, "post@sari", "1395-02-07"), 1) << "the first day with the whole share";
  EXPECT_EQ(clerks(scenario, "sari-u-001", "1395-02-12"), 6);
  EXPECT_EQ(clerks(scenario, "post@sari", "1395-02-13"), 3);
  EXPECT_EQ(clerks(scenario, "sari-u-001", "1395-02-13"), 4);
  const Scenario later = with_transfers(load(parcels("100%", 2, ", starts: 1395-03-05")));
  EXPECT_EQ(clerks(later, "post@sari"), 3);
  EXPECT_THAT(rows(later), ElementsAre("post.transfer 0"));
}

/// A run does the transfers by itself, and they are those of a scenario that says as staffing who went.
TEST(Transfers, AreStaffingThatTheScenarioNeedNotReckon) {
  const std::string moved = parcels("100%", 2, ", starts: 1395-02-05");
  std::string by_hand = parcels("100%", 2, ", starts: 1395-02-05");
  by_hand.replace(by_hand.find(", transfer: 100%"), 16, "");
  by_hand +=
      "staffing:\n  - {at: {agency: post}, clerks: -2, starts: 1395-02-05}\n"
      "  - {at: {office: sari-u-001}, clerks: +2, starts: 1395-02-05}\n";
  const TrialResult result = run_trial(Plan(load(kOneOfficeInSari + moved)), 0);
  EXPECT_TRUE(result.audit.passed());
  EXPECT_EQ(to_bytes(result), to_bytes(run_trial(Plan(load(kOneOfficeInSari + by_hand)), 0)));
  by_hand.replace(by_hand.find("+2"), 2, "+1");
  EXPECT_NE(to_bytes(result), to_bytes(run_trial(Plan(load(kOneOfficeInSari + by_hand)), 0)));
}

TEST(Transfers, KeepTurnsOfBreaksEven) {
  const Scenario scenario =
      with_transfers(load(kOneOfficeInSari + parcels("100%", 2) +
                          "breaks: [{at: {office: sari-u-001}, after: 2 h, length: 20 min, turns: 3}]\n"));
  std::vector<int> turns;
  for (const ClerkGroup& group : tests::rules_of_station(scenario, "sari-u-001").groups)
    turns.push_back(group.clerks);
  EXPECT_THAT(turns, ElementsAre(2, 2, 2)) << "of four, with two more";
}

TEST(Transfers, AreRefusedWhereClerksAreChosen) {
  const Scenario scenario = load(parcels("100%", 2));
  try {
    find_staffing(Plan(scenario), {});
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("clerks go from counters to offices"));
  }
  std::vector<Diagnostic> mistakes;
  add_dated_demand(scenario, "planning", mistakes);
  ASSERT_EQ(mistakes.size(), 1U);
  EXPECT_EQ(mistakes[0].path, "migrations");
}

}  // namespace
}  // namespace pishkhan::clerk_transfers_test
