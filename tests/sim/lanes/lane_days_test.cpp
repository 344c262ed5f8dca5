// Days decided side by side equal the same days one by one, to the last bit, whatever the processor.
#include "sim/lanes/lane_days.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "sim/base/ticks.hpp"
#include "sim/statistics/station_observer.hpp"
#include "tests/sim/every_instruction_set.hpp"

namespace pishkhan::lane_days_test {
namespace {

struct Case {
  std::string name;
  Interval door{8 * 3600, 16 * 3600}, shift{8 * 3600, 16 * 3600};
  bool serve_out = true;
  int clerks_at_most = 3;
  double visits = 130, handling_s = 540, patience_s = 3600;
};

const Case kCases[] = {
    {.name = "office"},
    {.name = "one clerk", .clerks_at_most = 1, .visits = 40},
    {.name = "eight clerks", .clerks_at_most = 8, .visits = 300},
    {.name = "sent away", .serve_out = false, .visits = 250},
    {.name = "patient and overloaded", .visits = 150, .patience_s = INFINITY},
    {.name = "impatient and overloaded", .visits = 900, .patience_s = 5400},
    {.name = "half hours", .door = {8.5 * 3600, 13.75 * 3600}, .shift = {9.25 * 3600, 14.5 * 3600}},
    {.name = "past midnight", .door = {15 * 3600, 24 * 3600}, .shift = {15 * 3600, 24 * 3600}, .visits = 200},
    {.name = "hardly anybody", .visits = 1},
    {.name = "nobody", .visits = 0},
};

/// Draws the days of a case into the lanes, the last of which has no day.
struct Drawn {
  std::mt19937 random;
  std::array<std::vector<Clerk>, kLanes> clerks;
  std::array<Visits, kLanes> days;  ///< one by one

  Drawn(const Case& of, unsigned seed, LaneDays& lanes) : random(seed) {
    for (std::size_t lane = 0; lane + 1 < kLanes; ++lane) {
      const int count = std::uniform_int_distribution(1, of.clerks_at_most)(random);
      for (int k = 0; k < count; ++k)
        clerks[lane].push_back({static_cast<std::uint32_t>(k), 1, std::span(&of.shift, 1), 0, 0});
      draw_day(of, lanes.visits[lane], days[lane]);
    }
    lanes.visits[kLanes - 1].count = 0;
  }

  [[nodiscard]] static double arrival_s(const Case& of, std::uint32_t word) {
    const double length_s = of.door.to_s - of.door.from_s;
    return std::min(round_to_tick(of.door.from_s + length_s * (word * 0x1p-32)), of.door.to_s - kTick_s);
  }

  void draw_day(const Case& of, LaneVisits& lane, Visits& day) {
    const auto n =
        static_cast<std::size_t>(of.visits > 0 ? std::poisson_distribution<int>(of.visits)(random) : 0);
    std::exponential_distribution<double> unit;
    lane.count = n;
    lane.words.resize(n);
    lane.handling.resize(n);
    lane.patience.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      // Some words are equal.
      lane.words[i] = random() & 0xfffff000u;
      lane.handling[i] = to_tick(round_to_tick(of.handling_s * unit(random)));
      lane.patience[i] = to_tick(round_to_tick(of.patience_s * unit(random)));
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return lane.words[a] < lane.words[b]; });
    day.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      day.arrival_s[i] = arrival_s(of, lane.words[order[i]]);
      day.human_s[i] = to_seconds(lane.handling[order[i]]);
      const Tick patience = lane.patience[order[i]];
      day.patience_s[i] = patience == kNeverTick ? INFINITY : to_seconds(patience);
    }
  }
};

void set_arrivals(const Case& of, const LaneDays& lanes, VisitRows& rows) {
  for (std::size_t i = 0; i < rows.rows; ++i) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto word = static_cast<std::uint32_t>(lanes_of(rows.words[i])[lane]) ^ 0x80000000u;
      lanes_of(rows.arrival[i])[lane] =
          i < lanes.visits[lane].count ? to_tick(Drawn::arrival_s(of, word)) : kNeverTick;
    }
  }
}

LaneRules rules_of(const Case& of, const Drawn& drawn) {
  LaneRules rules{to_tick(of.door.from_s),
                  to_tick(of.door.to_s),
                  to_tick(of.shift.from_s),
                  to_tick(of.shift.to_s),
                  of.serve_out,
                  to_tick(600),
                  {}};
  for (std::size_t lane = 0; lane < kLanes; ++lane) rules.clerks[lane] = drawn.clerks[lane].size();
  return rules;
}

/// Simulates and observes the days one by one, and compares each with the lane's.
void compare(const Case& of, Drawn& drawn, const std::array<LaneDay, kLanes>& found,
             StationObservation& all) {
  StationObserver observer;
  for (std::size_t lane = 0; lane + 1 < kLanes; ++lane) {
    StationDay station;
    station.clerks = drawn.clerks[lane];
    station.doors = std::span(&of.door, 1);
    station.at_closing = of.serve_out ? AtClosing::serve_out : AtClosing::send_away;
    Visits& visits = drawn.days[lane];
    simulate_station(station, visits);
    const Intervals shifts{of.shift};
    DayFrame frame = frame_day(station.doors, std::span(&shifts, 1));
    StationObservation one;
    const std::vector<std::uint8_t> papers(visits.size() + kLanes, 0);
    observer.observe(station, frame, visits, papers, {600, 0}, one);
    LaneDay lanes = found[lane];
    std::vector<int> on_shift;
    add_time_on_shift(frame, station.clerks, on_shift, lanes.hours, lanes.tally);
    EXPECT_EQ(lanes.tally, one.tally) << "lane " << lane;
    EXPECT_EQ(lanes.hours, one.hours) << "lane " << lane;
    EXPECT_TRUE(lanes.little.holds());
    EXPECT_EQ(lanes.little.waits_s, one.tally.queue_area_s);
    all.levels += one.levels;
    all.waits += one.waits;
  }
}

class LaneDaysOfSets : public tests::EveryInstructionSet {};

TEST_P(LaneDaysOfSets, EqualTheDaysOneByOne) {
  LaneDays lanes(GetParam());
  for (const Case& of : kCases) {
    SCOPED_TRACE(of.name);
    StationObservation by_lanes, one_by_one;
    for (unsigned seed = 0; seed < 5; ++seed) {
      Drawn drawn(of, seed, lanes);
      const LaneRules rules = rules_of(of, drawn);
      lanes.sort();
      set_arrivals(of, lanes, lanes.rows());
      ASSERT_TRUE(lanes.simulate(rules));
      std::array<LaneDay, kLanes> found;
      std::array<LaneDay*, kLanes> days;
      for (std::size_t lane = 0; lane < kLanes; ++lane) days[lane] = &found[lane];
      lanes.observe(rules, days, by_lanes);
      by_lanes.levels.add(0, (kLanes - 1) * (of.door.to_s - of.door.from_s));
      compare(of, drawn, found, one_by_one);
    }
    lanes.add_waits(by_lanes.waits);
    by_lanes.waits.trim();
    one_by_one.waits.trim();
    EXPECT_EQ(by_lanes.waits, one_by_one.waits);
    const LevelHistogram some = by_lanes.levels.trimmed(), others = one_by_one.levels.trimmed();
    EXPECT_TRUE(std::equal(some.seconds().begin(), some.seconds().end(), others.seconds().begin(),
                           others.seconds().end()));
  }
}

INSTANTIATE_TEST_SUITE_P(, LaneDaysOfSets, testing::ValuesIn(kInstructionSets), tests::name_of_set);

// A clerk who is still at work at noon of the next day is left to simulate_station.
TEST(LaneDays, LeaveTimesBeyondTheNextNoonToOthers) {
  const Case of;
  for (const Tick handling : {kNeverTick, to_tick(30 * 3600), to_tick(11 * 3600)}) {
    LaneDays lanes;
    Drawn drawn(of, 1, lanes);
    for (LaneVisits& lane : lanes.visits) {
      std::fill(lane.handling.begin(), lane.handling.end(), handling);
      std::fill(lane.patience.begin(), lane.patience.end(), kNeverTick);
    }
    lanes.sort();
    set_arrivals(of, lanes, lanes.rows());
    EXPECT_FALSE(lanes.simulate(rules_of(of, drawn)));
  }
}

}  // namespace
}  // namespace pishkhan::lane_days_test
