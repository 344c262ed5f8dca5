// What check and run say of stations that cannot keep up, and how many clerks their hours need.
#include "tools/pishkhan/offered_load.hpp"

#include <gtest/gtest.h>

#include <array>

#include "models/plan/plan.hpp"
#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"

namespace pishkhan::offered_load_test {
namespace {

/// Of a bank that is open for four hours a day, with 16 hours of work on each.
std::vector<Load> overloaded(const std::string& clerks,
                             const std::string& run = "{start: 1395-02-01, days: 14}") {
  const Scenario scenario = load_scenario_text(
      "scenario: Bank\nrun: " + run +
          "\nstations:\n  - {id: bank, doors: {every-day: 08:00-12:00}, arrivals: {hourly: [60, 60, 60, 60], "
          "from: 08:00, total: 240}, handling: {constant: 4 min}, clerks: " +
          clerks + "}\n",
      "somewhere/bank.yaml");
  return judge_loads(forecast(Plan(scenario))).overloaded;
}

void expect_needed(const std::string& clerks, double now, double needed) {
  const std::vector<Load> loads = overloaded(clerks);
  ASSERT_EQ(loads.size(), 1U) << clerks;
  EXPECT_EQ(loads[0].clerks_now, now) << clerks;
  EXPECT_EQ(loads[0].clerks_needed, needed) << clerks;
}

TEST(OfferedLoad, ClerksNeededAreTheFewestWhoseHoursAreMoreThanTheWork) {
  expect_needed("2", 2, 5);  // four clerks of four hours are as busy as they can be
  expect_needed("4", 4, 5);
  EXPECT_TRUE(overloaded("5").empty());
  expect_needed("[{clerks: 2, shifts: {every-day: '08:00-10:00, 11:00-12:00'}}]", 2, 6);
  EXPECT_TRUE(overloaded("[{clerks: 6, shifts: {every-day: '08:00-10:00, 11:00-12:00'}}]").empty());
  expect_needed("[{clerks: 1, absence: 30%, shifts: {every-day: 08:00-12:00}}]", 1, 6);  // 2.8 h each
  expect_needed("[{clerks: 2, speed: 2, shifts: {every-day: 08:00-09:00}}]", 2, 9);  // 8 h of work, 1 h each
}

TEST(OfferedLoad, ClerksNeededAreThoseOfTheWorstOfAllDays) {
  const std::vector<Load> loads =
      overloaded("[{clerks: 1, shifts: {every-day: 08:00-12:00, friday: 08:00-09:00}}]");
  ASSERT_EQ(loads.size(), 1U);
  EXPECT_EQ(loads[0].weekday, 6);
  EXPECT_EQ(loads[0].clerks_now, 1);
  EXPECT_EQ(loads[0].clerks_needed, 17);
}

TEST(OfferedLoad, WhereNobodyWorksAClerkWouldWorkAsLongAsTheDoorsAreOpen) {
  const Scenario scenario = load_scenario_text(
      "scenario: Away\nbase: small.yaml\nrun: {start: 1395-02-01, days: 20}\nstaffing:\n"
      "  - {at: {office: sari-u-001}, clerks: 0, starts: 1395-02-11, ends: 1395-02-16}\n",
      "tests/scenarios/small/away.yaml");
  for (const Load& load : judge_loads(forecast(Plan(scenario))).overloaded) {
    if (station_ids(scenario)[load.station] != "sari-u-001") continue;
    EXPECT_EQ(load.clerks_now, 0);
    ASSERT_TRUE(load.clerks_needed);
    const double hours = load.weekday == 5 ? 5 : 9;  // of Thursdays, and of other days
    EXPECT_GT(*load.clerks_needed * hours, load.offered_load);
    return;
  }
  FAIL() << "nobody keeps up where nobody works";
}

/// Of the small province, the hours of work and of clerks of each weekday in the mean: of the days from a day
/// on.
std::vector<std::array<double, 3>> means_of(const std::string& more, const std::string& run,
                                            const std::string& from) {
  const Scenario scenario = load_scenario_text(
      "scenario: Dated\nbase: small.yaml\nrun: " + run + "\ndemand: {special_days: {}}\n" + more,
      "tests/scenarios/small/dated.yaml");
  std::vector<std::array<double, 3>> means;
  for (const Forecast::WeekdayLoad& load : forecast(Plan(scenario)).weekday_loads) {
    if (format_date(load.range.first_day) != from) continue;
    means.push_back({static_cast<double>(*load.weekday), load.offered_load_h / load.open_days,
                     load.clerk_h / load.open_days});
  }
  return means;
}

TEST(OfferedLoad, IsThatOfTheDaysOnWhichADatedChangeHolds) {
  const std::string days = ", starts: 1395-02-11, ends: 1395-02-16";
  for (const std::string& change :
       {"demand_growth: [{services: all, growth: +150%" + days + "}]\n",
        "handling: [{services: all, factor: 2.5" + days + "}]\n",
        "migrations: [{id: move, services: all, from: traditional, to: office, share: 50%" + days + "}]\n",
        "authorise: [{services: [birth-certificate], lowest_rank: 1, rural: false" + days + "}]\n"}) {
    SCOPED_TRACE(change);
    const auto alone = means_of(change, "{start: 1395-02-11, days: 6}", "1395-02-11");
    const auto among = means_of(change, "{start: 1395-02-04, days: 20}", "1395-02-11");
    EXPECT_EQ(alone.size(), among.size());
    for (std::size_t i = 0; i < std::min(alone.size(), among.size()); ++i) {
      EXPECT_EQ(alone[i][0], among[i][0]);
      EXPECT_NEAR(alone[i][1], among[i][1], 1e-9 * alone[i][1]);
      EXPECT_NEAR(alone[i][2], among[i][2], 1e-9);
    }
  }
}

TEST(OfferedLoad, OfOneMonthIsNotLostInTheMeanOfTwo) {
  const auto alone = means_of("", "{start: 1395-03-01, days: 20}", "1395-03-01");
  const auto among = means_of("", "{start: 1395-02-20, days: 32}", "1395-03-01");
  ASSERT_EQ(alone.size(), among.size());
  for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_NEAR(alone[i][1], among[i][1], 1e-9 * alone[i][1]);
}

TEST(OfferedLoad, ServicesThatNobodyMayGiveForSomeDaysAreFound) {
  const Scenario scenario = load_scenario_text(
      "scenario: Away\nbase: small.yaml\nrun: {start: 1395-02-01, days: 20}\n"
      "close_offices: [{at: {kind: urban, rank: 1}}]\nauthorise:\n"
      "  - {services: [birth-certificate], lowest_rank: 3, rural: true}\n"
      "  - {services: [birth-certificate], lowest_rank: 1, rural: false, starts: 1395-02-12, ends: "
      "1395-02-15}\n",
      "tests/scenarios/small/away.yaml");
  const auto unreachable = forecast(Plan(scenario)).unreachable;
  ASSERT_FALSE(unreachable.empty());
  EXPECT_EQ(scenario.province->services[unreachable[0].first.index()].id, "birth-certificate");
}

TEST(OfferedLoad, AnUnbrokenRunCountsTheClerksOfItsWholeTime) {
  const std::vector<Load> loads = overloaded("2", "{start: 1395-02-01, length: 14 d}");
  ASSERT_EQ(loads.size(), 1U);
  EXPECT_EQ(loads[0].clerks_now, 2);
  EXPECT_EQ(loads[0].clerks_needed, 5);
}

}  // namespace
}  // namespace pishkhan::offered_load_test
