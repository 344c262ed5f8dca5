// The observer against hand-worked days.
#include "sim/statistics/station_observer.hpp"

#include <gtest/gtest.h>

namespace pishkhan::station_observer_test {
namespace {

/// Doors and shifts 8:00-14:00 and 16:00-19:00.
struct TwoSessions {
  Intervals hours{{28800, 50400}, {57600, 68400}};
  Clerk clerk{0, 1.0, hours, 0};
  StationDay day;
  Visits visits;
  std::vector<std::uint8_t> reworked;
  StationObservation seen;

  void add(double arrival, double human) {
    visits.arrival_s.push_back(arrival);
    visits.human_s.push_back(human);
  }
  VisitTally observe() {
    const auto arrival = visits.arrival_s, human = visits.human_s;
    visits.resize(arrival.size());
    std::fill(visits.patience_s.begin(), visits.patience_s.end(), kForever);
    reworked.assign(arrival.size(), 0);
    day.clerks = {&clerk, 1};
    day.doors = hours;
    simulate_station(day, visits);
    StationObserver observer;
    const auto tally =
        observer.observe(day, frame_day(day.doors, {&hours, 1}), visits, reworked, {.target_s = 600}, seen);
    EXPECT_TRUE(observer.little().holds());
    return tally;
  }
};

TEST(StationObserver, OvertimeBetweenShiftsCountsForEveryVisit) {
  TwoSessions s;
  s.add(50000, 1000);  // 13:53:20 to 14:10:00, 600 s past the shift
  s.add(50100, 900);   // starts at 14:10, 900 s overtime
  s.add(50200, 700);   // starts at 14:25, 700 s overtime
  s.add(60000, 300);   // in the afternoon, none
  const VisitTally tally = s.observe();
  EXPECT_EQ(tally.served, 4u);
  EXPECT_DOUBLE_EQ(s.seen.tally.handling_s, 2900);
  EXPECT_DOUBLE_EQ(s.seen.tally.overtime_s, 2200);
  EXPECT_DOUBLE_EQ(s.seen.tally.staffed_s, 21600 + 10800 + 2200);
  EXPECT_DOUBLE_EQ(s.seen.hours[13].busy_s, 400);
  EXPECT_DOUBLE_EQ(s.seen.hours[14].busy_s, 2200);
  EXPECT_DOUBLE_EQ(s.seen.hours[14].staffed_s, 2200);
  EXPECT_DOUBLE_EQ(s.seen.hours[16].busy_s, 300);
  EXPECT_DOUBLE_EQ(tally.wait_s, 900 + 1700);
  EXPECT_EQ(tally.in_target, 2u);
  // Open hours end at 14:00: of the waits 300 and 200 s fall into them.
  EXPECT_DOUBLE_EQ(s.seen.tally.queue_area_s, 300 + 200);
  EXPECT_DOUBLE_EQ(s.seen.hours[13].queue_area_s, 500);
  EXPECT_EQ(s.seen.levels.max(), 2u);
  EXPECT_DOUBLE_EQ(s.seen.tally.open_s, 32400);
}

TEST(StationObserver, HoursAddUpToTheDay) {
  TwoSessions s;
  for (int k = 0; k < 40; ++k) s.add(28800 + 450 * k, 300 + 37 * (k % 11));
  s.visits.arrival_s.erase(std::remove_if(s.visits.arrival_s.begin(), s.visits.arrival_s.end(),
                                          [](double t) { return t >= 50400; }),
                           s.visits.arrival_s.end());
  s.visits.human_s.resize(s.visits.arrival_s.size());
  const VisitTally tally = s.observe();
  HourTally sum;
  for (const auto& hour : s.seen.hours) sum += hour;
  EXPECT_EQ(sum.arrived, tally.arrived);
  EXPECT_EQ(sum.served, tally.served);
  EXPECT_EQ(sum.in_target, tally.in_target);
  EXPECT_NEAR(sum.wait_s, tally.wait_s, 1e-6);
  EXPECT_NEAR(sum.busy_s, tally.handling_s, 1e-6);
  EXPECT_NEAR(sum.staffed_s, s.seen.tally.staffed_s, 1e-6);
  EXPECT_NEAR(sum.queue_area_s, s.seen.tally.queue_area_s, 1e-6);
  EXPECT_NEAR(sum.open_s, s.seen.tally.open_s, 1e-6);
  EXPECT_LE(s.seen.tally.handling_s, s.seen.tally.staffed_s);
}

}  // namespace
}  // namespace pishkhan::station_observer_test
