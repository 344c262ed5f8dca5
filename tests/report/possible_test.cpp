#include "tools/report/possible.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::possible_test {
namespace {

using tests::named;
using tests::number;
using tests::sample_province;
using tests::sample_trials;

constexpr std::size_t kReplications = 4;

double length_of(const Table& table, std::size_t row, const std::string& quantity) {
  return number(table, row, quantity + "_high") - number(table, row, quantity + "_low");
}

/// Trials whose first office says of everything the same in all replications.
std::vector<TrialResult> equal_trials() {
  std::vector<TrialResult> trials = sample_trials(kReplications);
  for (TrialResult& trial : trials) trial.stations[0] = tests::sample_tally(2);
  return trials;
}

TEST(Possible, WhatIsAlikeByChanceHasALength) {
  const Scenario scenario = sample_province();
  const auto trials = equal_trials();
  const auto tables = make_tables({scenario, trials});
  const Table& offices = named(tables, "offices");
  for (const char* quantity : {"arrived", "served", "utilization", "abandoned"})
    EXPECT_GT(length_of(offices, 0, quantity), 0) << quantity;
}

TEST(Possible, NothingFailsWhereNothingCan) {
  Scenario scenario = sample_province();
  const auto trials = equal_trials();
  EXPECT_FALSE(may_fail(scenario));
  const auto calm = make_tables({scenario, trials});
  EXPECT_EQ(number(named(calm, "offices"), 0, "failed_mean"), 0);
  EXPECT_EQ(number(named(calm, "offices"), 0, "failed_high"), 0);
  EXPECT_EQ(number(named(calm, "offices"), 0, "failed_share_high"), 0);
  Outage outage;
  outage.which = {1};
  scenario.outages = {outage};
  EXPECT_TRUE(may_fail(scenario));
  EXPECT_FALSE(may_fail(scenario, false));
  EXPECT_TRUE(may_fail(scenario, Cause::system, 1));
  EXPECT_FALSE(may_fail(scenario, Cause::system, 0));
  EXPECT_TRUE(may_fail(scenario, Cause::system, SIZE_MAX));
  const auto troubled = make_tables({scenario, trials});
  EXPECT_EQ(number(named(troubled, "offices"), 0, "failed_mean"), 0);
  EXPECT_GT(number(named(troubled, "offices"), 0, "failed_high"), 0);
  scenario.outages.clear();
  scenario.backbone.policy.limit_s = 60;
  EXPECT_TRUE(may_fail(scenario)) << "clerks give up";
}

TEST(Possible, ToAnOfficeThatNeverOpensNobodyComes) {
  const Scenario scenario = sample_province();
  auto trials = sample_trials(kReplications);
  for (TrialResult& trial : trials) trial.stations[1] = {};
  const auto tables = make_tables({scenario, trials});
  const Table& offices = named(tables, "offices");
  for (const char* quantity : {"arrived", "served", "abandoned", "overtime_s", "staffed_s"}) {
    EXPECT_EQ(number(offices, 1, quantity + std::string("_mean")), 0) << quantity;
    EXPECT_EQ(length_of(offices, 1, quantity), 0) << quantity;
  }
}

TEST(Possible, CitizensComeThroughTheChannelsOfTheirService) {
  Scenario scenario = sample_province();
  Service& service = scenario.province->services[0];
  service.visits_per_1000_a_year = {10, 0};
  service.shares[0] = {0, 1, 0};
  service.shares[1] = {0, 0, 1};
  const ServiceId id(0);
  EXPECT_TRUE(may_come(scenario, id, Channel::office));
  EXPECT_TRUE(may_come(scenario, id, Channel::traditional)) << "where no office gives the service";
  EXPECT_FALSE(may_come(scenario, id, Channel::online)) << "in villages nobody needs it";
  scenario.migrations[0].services = {id};
  scenario.migrations[0].to = Channel::online;
  EXPECT_TRUE(may_come(scenario, id, Channel::online));
}

// Saturday to Monday.
TEST(Possible, ADayOnWhichAllIsClosedHasNoVisits) {
  Scenario scenario = sample_province();
  for (Office& office : scenario.province->offices) office.rules.doors[0] = {{8 * 3600.0, 14 * 3600.0}};
  EXPECT_TRUE(opens(scenario, Channel::office, 0));
  EXPECT_FALSE(opens(scenario, Channel::office, 1));
  EXPECT_FALSE(opens(scenario, Channel::traditional, 0));
  EXPECT_TRUE(opens(scenario, Channel::online, 1));
  scenario.demand.holidays = {scenario.run.start};
  EXPECT_FALSE(opens(scenario, Channel::office, 0));
}

/// What may not be below or above something, in the rows of a table.
void expect_within(const Table& table, const std::string& quantity, double from, double to) {
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (tests::cell(table, row, quantity + "_low") == Cell()) continue;
    EXPECT_GE(number(table, row, quantity + "_low"), from) << table.header.name << '.' << quantity;
    EXPECT_LE(number(table, row, quantity + "_high"), to) << table.header.name << '.' << quantity;
  }
}

// Few replications that differ much: half-widths would leave what is possible.
TEST(Possible, NoIntervalLeavesTheRangeOfItsQuantity) {
  const Scenario scenario = sample_province();
  auto trials = sample_trials(kReplications);
  for (std::size_t r = 0; r < kReplications; ++r) {
    for (StationResult& station : trials[r].stations) {
      station.arrived = r == 0 ? 400 : 1;
      station.busy_s = station.staffed_s * (r == 0 ? 0.2 : 0.99);
      station.waiting_s = 0;
      station.balked = station.abandoned = station.sent_away = station.served = 0;
      station.in_target = station.reworked = 0;
    }
    for (CitizenTally& citizens : trials[r].citizens) {
      citizens.completed = 10;
      citizens.trips = r == 0 ? 30 : 10;
    }
  }
  const auto tables = make_tables({scenario, trials});
  expect_within(named(tables, "offices"), "utilization", 0, 1);
  expect_within(named(tables, "offices"), "arrived", 0, HUGE_VAL);
  expect_within(named(tables, "channels"), "trips", 1, HUGE_VAL);
}

// Sums of the same times in another order.
TEST(Possible, RoundingMakesNoShareLargerThanOne) {
  const Scenario scenario = sample_province();
  auto trials = sample_trials(kReplications);
  for (TrialResult& trial : trials) {
    trial.stations[0].staffed_s = 0.3;
    trial.stations[0].busy_s = 0.1 + 0.2;
    trial.stations[0].waiting_s = 0;
  }
  const auto tables = make_tables({scenario, trials});
  for (const char* quantity : {"utilization", "handling_share"}) {
    EXPECT_EQ(number(named(tables, "offices"), 0, quantity + std::string("_mean")), 1);
    EXPECT_EQ(number(named(tables, "offices"), 0, quantity + std::string("_high")), 1);
  }
}

// It is open in the warm-up alone.
TEST(Possible, AStationThatIsShutOnCountedDaysHasOneMeaning) {
  Scenario scenario = sample_province();
  auto trials = sample_trials(kReplications);
  for (TrialResult& trial : trials) trial.stations[2] = {};
  const auto tables = make_tables({scenario, trials});
  const Table& summary = named(tables, "summary");
  for (std::size_t row = 0; row < summary.rows.size(); ++row) {
    if (tests::text(summary, row, "group") != "rural offices") continue;
    const std::string quantity = tests::text(summary, row, "quantity");
    const bool is_count = quantity == "arrived" || quantity == "overtime_s";
    EXPECT_TRUE(!is_count || number(summary, row, "high") == 0) << quantity;
  }
}

TEST(Possible, WhatCannotHappenAtAStationHasNoLengthThere) {
  Scenario scenario = sample_province();
  scenario.province->offices[0].rules.room = 3;
  scenario.province->counters[0].rules.closing = Closing::send_away;
  auto trials = sample_trials(kReplications);
  for (TrialResult& trial : trials)
    for (StationResult& station : trial.stations) station.balked = station.sent_away = 0;
  const auto tables = make_tables({scenario, trials});
  const Table &offices = named(tables, "offices"), &counters = named(tables, "counters");
  for (const char* quantity : {"balked", "balked_share"}) {
    EXPECT_GT(length_of(offices, 0, quantity), 0);
    EXPECT_EQ(length_of(offices, 1, quantity), 0);
    EXPECT_EQ(length_of(counters, 0, quantity), 0);
  }
  EXPECT_EQ(length_of(offices, 0, "sent_away"), 0);
  EXPECT_GT(length_of(counters, 0, "sent_away"), 0);
}

// A group of which no shift falls on the first counted day, a Sunday, or on a later one of the run.
TEST(Possible, ClerksAreThoseWhoWorkOnTheFirstCountedDayOnWhichAnyDo) {
  Scenario scenario = sample_province();
  auto& groups = scenario.province->offices[0].rules.groups;
  groups = {tests::clerks(2), tests::clerks(5)};
  groups[1].shifts.fill({});
  groups[1].shifts[2] = {{8 * 3600.0, 14 * 3600.0}};
  const auto trials = sample_trials(2);
  EXPECT_EQ(tests::cell(named(make_tables({scenario, trials}), "offices"), 0, "clerks"),
            Cell(std::int64_t{2}))
      << "on Sunday";
  groups[0].shifts = groups[1].shifts;
  EXPECT_EQ(tests::cell(named(make_tables({scenario, trials}), "offices"), 0, "clerks"),
            Cell(std::int64_t{7}))
      << "on Monday";
}

}  // namespace
}  // namespace pishkhan::possible_test
