#include "tools/report/period_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/province/calendar.hpp"
#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan::period_tables_test {
namespace {

using tests::number;
using tests::text;

TEST(Periods, AreMonthsThenWeeks) {
  pishkhan::Run run;
  run.start = *from_solar_hijri({1395, 1, 28});  // a Saturday
  run.days = 9;                                  // to Sunday, 1395-02-05
  const auto periods = periods_of(run);
  ASSERT_EQ(periods.size(), 4U);
  EXPECT_FALSE(periods[0].is_week);
  EXPECT_EQ(periods[0].days, 4);
  EXPECT_EQ(periods[1].days, 5);
  EXPECT_TRUE(periods[2].is_week);
  EXPECT_EQ(periods[2].days, 7);
  EXPECT_EQ(periods[3].days, 2);
  EXPECT_EQ(end_period(run).days, 0) << "too short to speak of an end";
  run.days = 16;
  EXPECT_EQ(end_period(run).days, 7);
  EXPECT_EQ(end_period(run).first, run.start + 7);
  run.days = 100;
  EXPECT_EQ(end_period(run).first, *from_solar_hijri({1395, 4, 1})) << "Tir is whole, Mordad is not";
  run.start = *from_solar_hijri({1395, 2, 4});
  run.days = 88;  // to 1395-04-29
  EXPECT_EQ(end_period(run).first, *from_solar_hijri({1395, 3, 1})) << "Tir has 31 days";
  EXPECT_EQ(end_period(run).days, 31);
  run.start = *from_solar_hijri({1396, 10, 20});
  run.days = 101;  // to the end of Farvardin
  EXPECT_EQ(end_period(run).first, *from_solar_hijri({1397, 1, 1}));
  run.days = 100;
  EXPECT_EQ(end_period(run).first, *from_solar_hijri({1396, 12, 1})) << "Esfand is whole with 29 days";
}

TEST(PeriodTables, AddUpStations) {
  const Scenario scenario = tests::sample_province();
  const auto trials = tests::sample_trials(3);
  const Table counties = make_county_periods_table({scenario, trials});
  ASSERT_EQ(counties.rows.size(), 6U) << "three rows of stations, a month and a week each";
  EXPECT_EQ(text(counties, 0, "county"), "sari");
  EXPECT_EQ(text(counties, 0, "channel"), "traditional");
  EXPECT_EQ(text(counties, 2, "period"), "month");
  EXPECT_EQ(text(counties, 3, "period"), "week");
  EXPECT_EQ(text(counties, 2, "date_solar_hijri"), "1395-01-15");
  EXPECT_DOUBLE_EQ(number(counties, 2, "arrived_mean"), 20 * (1 + 2));
  EXPECT_DOUBLE_EQ(number(counties, 2, "service_level_mean"), 0.5);
  EXPECT_DOUBLE_EQ(number(counties, 2, "missed_days_share_mean"), 0.5);
  const Table offices = make_office_periods_table({scenario, trials});
  ASSERT_EQ(offices.rows.size(), 6U);
  EXPECT_DOUBLE_EQ(number(offices, 0, "arrived_mean"), 20);
}

TEST(PeriodTables, HoursAreOfWeekdays) {
  const Scenario scenario = tests::sample_province();
  const auto trials = tests::sample_trials(3);
  const Table offices = make_office_week_hours_table({scenario, trials});
  ASSERT_EQ(offices.rows.size(), 3U);
  EXPECT_EQ(text(offices, 1, "office"), "sari-u-002");
  EXPECT_EQ(text(offices, 1, "weekday"), "Sunday");
  EXPECT_DOUBLE_EQ(number(offices, 1, "arrived_mean"), 2);
  const Table counties = make_county_week_hours_table({scenario, trials});
  ASSERT_EQ(counties.rows.size(), 3U);
  EXPECT_DOUBLE_EQ(number(counties, 1, "arrived_mean"), 4) << "two offices in Sari";
}

TEST(PeriodTables, HoursInWhichClerksOnlyFinishHaveNoUtilization) {
  const auto utilization = [](const HourTally& hour) {
    return estimate(find_measure(hour_measures(), "utilization"), std::vector<HourTally>(3, hour), {}).mean;
  };
  HourTally finish;
  finish.busy_s = finish.staffed_s = 120;
  EXPECT_TRUE(has_content({finish})) << "clerk time of all hours adds up to that of the day";
  EXPECT_TRUE(std::isnan(utilization(finish)));
  HourTally shift = finish;
  shift.staffed_s += 60;
  EXPECT_DOUBLE_EQ(utilization(shift), 2.0 / 3);
  HourTally open = finish;
  open.open_s = 3600;
  EXPECT_DOUBLE_EQ(utilization(open), 1);
}

}  // namespace
}  // namespace pishkhan::period_tables_test
