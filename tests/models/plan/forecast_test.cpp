#include "models/plan/forecast.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "models/scenario/scenario.hpp"

namespace pishkhan::forecast_test {
namespace {

/// The loads of sari-u-001, which has four clerks, all weekdays together.
std::vector<Forecast::WeekdayLoad> loads_of(const std::string& staffing) {
  const Scenario scenario = load_scenario_text(
      "scenario: Clerks\nbase: small.yaml\nrun: {start: 1395-02-01, days: 20}\nstaffing:\n" + staffing,
      "tests/scenarios/small/clerks.yaml");
  const std::vector<Office>& offices = scenario.province->offices;
  std::vector<Forecast::WeekdayLoad> of_office;
  for (const Forecast::WeekdayLoad& one : forecast(Plan(scenario)).weekday_loads) {
    if (one.station >= offices.size() || offices[one.station].id != "sari-u-001") continue;
    if (of_office.empty() || of_office.back().range.first_day != one.range.first_day) {
      of_office.push_back(one);
      continue;
    }
    EXPECT_LT(*of_office.back().weekday, *one.weekday);
    of_office.back().offered_load_h += one.offered_load_h;
    of_office.back().clerk_h += one.clerk_h;
    of_office.back().open_days += one.open_days;
    of_office.back().weekday = one.weekday;
  }
  return of_office;
}

TEST(Forecast, KeepsDaysWithOtherClerksApart) {
  const auto same = loads_of("  - {at: {office: sari-u-001}, clerks: +0}\n");
  ASSERT_EQ(same.size(), 1U);
  const auto fewer = loads_of("  - {at: {office: sari-u-001}, clerks: -3, starts: 1395-02-11}\n");
  ASSERT_EQ(fewer.size(), 2U);
  EXPECT_EQ(fewer[1].range.first_day - fewer[0].range.first_day, 10);
  EXPECT_EQ(fewer[0].open_days + fewer[1].open_days, same[0].open_days);
  EXPECT_NEAR(fewer[0].clerk_h + 4 * fewer[1].clerk_h, same[0].clerk_h, 1e-9 * same[0].clerk_h);
  EXPECT_NEAR(fewer[0].offered_load_h + fewer[1].offered_load_h, same[0].offered_load_h,
              1e-9 * same[0].offered_load_h)
      << "demand does not follow the clerks";
  // Clerks who are away for some days leave days of none.
  const auto away =
      loads_of("  - {at: {office: sari-u-001}, clerks: 0, starts: 1395-02-11, ends: 1395-02-13}\n");
  ASSERT_EQ(away.size(), 3U);
  EXPECT_EQ(away[1].clerk_h, 0);
  EXPECT_GT(away[1].offered_load_h, 0);
}

/// Five clerks, and on Fridays one.
Scenario one_on_fridays(const std::string& run) {
  return load_scenario_text(
      "scenario: Fridays\nrun: " + run +
          "\nstations:\n  - {id: bank, doors: {every-day: 08:00-12:00}, arrivals: {hourly: [60, 60, 60, 60], "
          "from: 08:00, total: 240}, handling: {constant: 4 min}, clerks: [{clerks: 5, shifts: {every-day: "
          "08:00-12:00, friday: closed}}, {clerks: 1, shifts: {friday: 08:00-12:00}}]}\n",
      "somewhere/fridays.yaml");
}

TEST(Forecast, TellsWeekdaysApart) {
  for (const char* run : {"{start: 1395-02-01, days: 15, warm_up_days: 1}",
                          "{start: 1395-02-01, length: 15 d, warm_up: 1 d}"}) {
    const Forecast expected = forecast(Plan(one_on_fridays(run)));
    for (std::size_t day = 0; day < kDaysPerWeek; ++day) {
      const std::size_t key = Forecast::hour_key(0, day, 8);
      EXPECT_NEAR(expected.offered_load[key], 4, 1e-9) << run << day;
      EXPECT_NEAR(expected.clerks[key], day == 6 ? 1 : 5, 1e-9) << run << day;
      EXPECT_EQ(expected.clerks[key + 4], 0) << run << day;
    }
  }
}

TEST(Forecast, JudgesDaysThatBeginEmptyByWeekday) {
  const Forecast days = forecast(Plan(one_on_fridays("{start: 1395-02-01, days: 15, warm_up_days: 1}")));
  ASSERT_EQ(days.weekday_loads.size(), kDaysPerWeek);
  const Forecast::WeekdayLoad& friday = days.weekday_loads.back();
  EXPECT_EQ(friday.weekday, 6);
  EXPECT_NEAR(friday.offered_load_h / friday.open_days, 16, 1e-9);
  EXPECT_NEAR(friday.clerk_h / friday.open_days, 4, 1e-9);
  const Forecast unbroken = forecast(Plan(one_on_fridays("{start: 1395-02-01, length: 15 d, warm_up: 1 d}")));
  ASSERT_EQ(unbroken.weekday_loads.size(), 1U) << "Friday's queue goes on to Saturday";
  EXPECT_EQ(unbroken.weekday_loads[0].weekday, std::nullopt);
}

TEST(Forecast, AWeekdayThatDoesNotCountHasNoHours) {
  const Forecast expected = forecast(Plan(one_on_fridays("{start: 1395-02-01, days: 3, warm_up_days: 1}")));
  int hours = 0;
  for (const double load : expected.offered_load) hours += load > 0;
  EXPECT_EQ(hours, 2 * 4);
}

/// Offered load of sari-u-001 on Saturdays at 10, and the Saturdays it is averaged over.
std::pair<double, double> saturdays(const std::string& more) {
  const Scenario scenario =
      load_scenario_text("scenario: Closing\nbase: small.yaml\nrun: {start: 1395-02-04, days: 28}\n" + more,
                         "tests/scenarios/small/closing.yaml");
  const Forecast expected = forecast(Plan(scenario));
  std::size_t station = 0;
  while (scenario.province->offices.at(station).id != "sari-u-001") ++station;
  double days = 0;
  for (const Forecast::WeekdayLoad& one : expected.weekday_loads)
    if (one.station == station && one.weekday == 0) days += one.open_days;
  return {expected.offered_load[Forecast::hour_key(station, 0, 10)], days};
}

TEST(Forecast, DaysOnWhichAnOfficeHasClosedForGoodAreNone) {
  const auto [load, days] = saturdays("");
  const auto [load_before, days_before] =
      saturdays("close_offices: [{at: {office: sari-u-001}, starts: 1395-02-18}]\n");
  EXPECT_EQ(days, 4);
  EXPECT_EQ(days_before, 2);
  EXPECT_NEAR(load_before, load, 0.2 * load) << "half of it, were its closed days counted";
}

}  // namespace
}  // namespace pishkhan::forecast_test
