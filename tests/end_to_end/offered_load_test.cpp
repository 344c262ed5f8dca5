// What check and run say of stations that cannot keep up, and how many clerks their hours need.
#include "tools/pishkhan/offered_load.hpp"

#include <gtest/gtest.h>

#include "models/plan/plan.hpp"
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

TEST(OfferedLoad, AnUnbrokenRunCountsTheClerksOfItsWholeTime) {
  const std::vector<Load> loads = overloaded("2", "{start: 1395-02-01, length: 14 d}");
  ASSERT_EQ(loads.size(), 1U);
  EXPECT_EQ(loads[0].clerks_now, 2);
  EXPECT_EQ(loads[0].clerks_needed, 5);
}

}  // namespace
}  // namespace pishkhan::offered_load_test
