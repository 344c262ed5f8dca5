#include "models/trial/totals/periods.hpp"

#include <gtest/gtest.h>

#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::periods_test {
namespace {

/// From Thursday 1395-01-26, a warm-up day, to Sunday 1395-02-05.
Run eleven_days() {
  Run run;
  run.start = *from_solar_hijri({1395, 1, 26});
  run.days = 11;
  run.warm_up_days = 1;
  return run;
}

TEST(Periods, CellsAreOfOneMonthAndOneWeek) {
  const auto cells = period_cells(eleven_days());
  // Friday; Saturday 28 to Tuesday 31; Wednesday 1 to Friday 3; Saturday 4 and Sunday 5.
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[0].days, 1);
  EXPECT_EQ(cells[1].days, 4);
  EXPECT_EQ(cells[2].days, 3);
  EXPECT_EQ(cells[3].days, 2);
  EXPECT_EQ(cells[1].week, cells[2].week);
  EXPECT_NE(cells[1].month, cells[2].month);
  EXPECT_EQ(cells[2].month, cells[3].month);
  pishkhan::Run unbroken;
  unbroken.length_s = 100;
  EXPECT_TRUE(period_cells(unbroken).empty());
}

TEST(Periods, BookCutsWhatGrows) {
  PeriodBook book(eleven_days(), 2);
  StationTally tally;
  const auto day = [&](int number, std::uint64_t arrived, double wait_s) {
    book.before_day(number, 1, tally);
    tally.arrived += arrived;
    tally.wait_s += wait_s;
  };
  day(2, 5, 10);
  day(3, 7, 20);
  const StationTally saved = tally;
  day(6, 100, 1000);  // a new cell, of which nothing stays:
  tally = saved;
  day(4, 1, 5);
  day(6, 2, 4);  // the same days are simulated again
  std::vector<PeriodTally> cells;
  book.close(0, {}, cells);
  book.close(1, tally, cells);
  ASSERT_EQ(cells.size(), 8U);
  EXPECT_EQ(cells[1].arrived, 0U);
  EXPECT_EQ(cells[4].arrived, 0U);
  EXPECT_EQ(cells[5].arrived, 13U);
  EXPECT_DOUBLE_EQ(cells[5].wait_s, 35);
  EXPECT_EQ(cells[6].arrived, 2U);
  EXPECT_DOUBLE_EQ(cells[6].wait_s, 4);
  EXPECT_EQ(cells[7].arrived, 0U);
}

void expect_sums(const TrialResult& result, std::size_t cells, int counted_days) {
  ASSERT_EQ(result.periods.size(), result.stations.size() * cells);
  for (std::size_t s = 0; s < result.stations.size(); ++s) {
    const StationResult& station = result.stations[s];
    StationTally sum;
    for (std::size_t cell = 0; cell < cells; ++cell) add_to(sum, result.periods[s * cells + cell]);
    EXPECT_EQ(sum.arrived, station.arrived);
    EXPECT_EQ(sum.in_target, station.in_target);
    EXPECT_EQ(sum.days, station.days);
    EXPECT_EQ(sum.missed_days, station.missed_days);
    EXPECT_NEAR(sum.busy_s, station.busy_s, 1e-9 * station.busy_s);
    EXPECT_NEAR(sum.queue_area_s, station.queue_area_s, 1e-9 * station.queue_area_s);
    EXPECT_LE(station.missed_days, station.days);
    EXPECT_LE(station.days, static_cast<std::uint64_t>(counted_days));
    HourTally by_weekday, by_hour;
    for (const WeekHour& hour : result.week_hours)
      if (hour.station == s) by_weekday += hour.tally;
    for (std::size_t h = 0; h < kHoursOfWork; ++h) by_hour += result.station_hours[s * kHoursOfWork + h];
    EXPECT_EQ(by_weekday.arrived, station.arrived);
    EXPECT_NEAR(by_weekday.busy_s, by_hour.busy_s, 1e-9 * by_hour.busy_s);
  }
}

TEST(Periods, AddUpToTheRun) {
  for (const char* file :
       {"tests/scenarios/small/small.yaml", "tests/scenarios/valid/backbone-in-trouble.yaml"}) {
    const Scenario scenario = load_scenario(file, {"run.days=24", "run.warm_up_days=3"});
    const TrialResult result = run_trial(Plan(scenario), 0);
    const std::size_t cells = period_cells(scenario.run).size();
    EXPECT_GE(cells, 3U);
    expect_sums(result, cells, 21);
    std::uint64_t served = 0, waits = 0;
    for (const StationResult& station : result.stations) served += station.served;
    for (const CompactHistogram& histogram : result.service_waits) waits += histogram.unpack().count();
    EXPECT_EQ(waits, served) << file;
    ASSERT_EQ(result.classes.size(), scenario.classes.size() * kStationChannels);
    EXPECT_NEAR(static_cast<double>(result.classes[1].arrived) / static_cast<double>(served), 0.08 * 0.6,
                0.04);
    EXPECT_EQ(result.classes[1].waits.unpack().count(), result.classes[1].served);
    for (const CitizenTally& citizens : result.citizens) EXPECT_LE(citizens.completed, citizens.created);
    // Who chose a station first makes at least one trip.
    for (std::size_t i = 0; i < result.citizens.size(); ++i) {
      if (static_cast<Channel>(i % kChannels) == Channel::online) continue;
      EXPECT_GE(result.citizens[i].trips, result.citizens[i].completed);
    }
  }
}

}  // namespace
}  // namespace pishkhan::periods_test
