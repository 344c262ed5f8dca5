// Systems, links, lost clerk hours and costs, from results made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/possible.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::system_tables_test {
namespace {

using tests::cell;
using tests::named;
using tests::number;
using tests::sample_province;
using tests::sample_trial;
using tests::sample_trials;
using tests::text;

class SystemTables : public ::testing::Test {
 protected:
  Scenario scenario_ = sample_province();
  std::vector<TrialResult> trials_ = sample_trials(3);  // scaled 1, 2, 3
  std::vector<Table> tables_ = make_tables({scenario_, trials_});
};

TEST_F(SystemTables, OfAgencies) {
  const Table& systems = named(tables_, "agency_systems");
  ASSERT_EQ(systems.rows.size(), 2U);
  EXPECT_EQ(text(systems, 0, "agency"), "civil-registration");
  EXPECT_EQ(cell(systems, 0, "cores"), Cell(std::int64_t{4}));
  EXPECT_DOUBLE_EQ(number(systems, 0, "transactions_mean"), 200);
  EXPECT_NEAR(number(systems, 0, "load_mean"), 0.5, 1e-12);
  EXPECT_NEAR(number(systems, 0, "concurrency_mean"), 6, 1e-12);
  EXPECT_DOUBLE_EQ(number(systems, 0, "concurrency_max_mean"), 10);
  EXPECT_NEAR(number(systems, 0, "response_s_mean"), 1, 1e-12);
  EXPECT_NEAR(number(systems, 0, "transaction_s_mean"), 2.6, 1e-12);
  EXPECT_NEAR(number(systems, 0, "transaction_p50_s"), 2, 2.0 / 32);
  EXPECT_NEAR(number(systems, 0, "transaction_p95_s"), 8, 8.0 / 32);
  EXPECT_LE(number(systems, 0, "transaction_p95_s"), number(systems, 0, "transaction_p99_s"));
  EXPECT_DOUBLE_EQ(number(systems, 0, "down_h_mean"), 3);
  EXPECT_DOUBLE_EQ(number(systems, 0, "down_h_high"), 3);
  EXPECT_DOUBLE_EQ(number(systems, 0, "transactions_failed_mean"), 6);
  EXPECT_DOUBLE_EQ(number(systems, 0, "transactions_refused_mean"), 4);
  EXPECT_DOUBLE_EQ(number(systems, 0, "transactions_cancelled_mean"), 2);
  EXPECT_DOUBLE_EQ(number(systems, 1, "load_mean"), 0);
  EXPECT_EQ(cell(systems, 1, "response_s_mean"), Cell()) << "nothing observed, no number";
  EXPECT_EQ(cell(systems, 1, "transaction_p95_s"), Cell());
}

TEST_F(SystemTables, OfLinks) {
  const Table& links = named(tables_, "links");
  ASSERT_EQ(links.rows.size(), 2U);
  EXPECT_EQ(text(links, 0, "link"), "adsl");
  EXPECT_EQ(cell(links, 0, "links"), Cell(std::int64_t{4}));
  EXPECT_DOUBLE_EQ(number(links, 0, "transfers_mean"), 400);
  EXPECT_DOUBLE_EQ(number(links, 0, "transferred_bytes_mean"), 2000);
  EXPECT_NEAR(number(links, 0, "transfers_under_way_mean"), 1.5, 1e-12);
  EXPECT_NEAR(number(links, 0, "transfer_s_mean"), 0.5, 1e-12);
  EXPECT_NEAR(number(links, 0, "busy_share_mean"), 0.5, 1e-12);
  EXPECT_NEAR(number(links, 0, "down_share_mean"), 0.25, 1e-12);
  // Systems and lines are there on days on which all is closed, too.
  for (TrialResult& trial : trials_) trial.calls.days_apart = trial.calls.days_together = 0;
  const auto closed = make_tables({scenario_, trials_});
  EXPECT_NEAR(number(named(closed, "links"), 0, "down_share_mean"), 0.25, 1e-12);
  EXPECT_NEAR(number(named(closed, "links"), 0, "transfers_under_way_mean"), 1.5, 1e-12);
  EXPECT_NEAR(number(named(closed, "agency_systems"), 0, "concurrency_mean"), 6, 1e-12);
  EXPECT_EQ(text(links, 1, "link"), "web");
  EXPECT_EQ(cell(links, 1, "busy_share_mean"), Cell());
}

TEST_F(SystemTables, LostClerkHoursAddUp) {
  const Table& lost = named(tables_, "lost_clerk_hours");
  ASSERT_EQ(lost.rows.size(), 3 * kCauses);
  EXPECT_EQ(text(lost, 0, "cause"), "system");
  EXPECT_DOUBLE_EQ(number(lost, 0, "lost_clerk_h_mean"), 2);
  // 2 - 4.30 / sqrt(3) is below 0, which hours lost cannot be.
  EXPECT_EQ(number(lost, 0, "lost_clerk_h_low"), 0);
  EXPECT_NEAR(number(lost, 0, "lost_clerk_h_high"), 2 + 4.302652729911275 / std::sqrt(3.0), 1e-9);
  EXPECT_DOUBLE_EQ(number(lost, 0, "in_vain_h_mean"), 1);
  EXPECT_EQ(text(lost, 2 * kCauses, "agency"), "all");
  for (std::size_t cause = 0; cause < kCauses; ++cause) {
    EXPECT_DOUBLE_EQ(
        number(lost, 2 * kCauses + cause, "lost_clerk_h_mean"),
        number(lost, cause, "lost_clerk_h_mean") + number(lost, kCauses + cause, "lost_clerk_h_mean"));
  }
}

TEST_F(SystemTables, HaveNoRowsWhereNoCallIsFollowed) {
  for (TrialResult& trial : trials_) trial.calls = {};
  const auto tables = make_tables({scenario_, trials_});
  for (const char* name : {"agency_systems", "links", "lost_clerk_hours", "costs"})
    EXPECT_TRUE(named(tables, name).rows.empty()) << name;
}

TEST_F(SystemTables, CostsOfWhatCannotBeReachedAreExactly0) {
  scenario_.backbone.model = BackboneModel::ideal;
  scenario_.outages.resize(1);
  scenario_.outages[0].of = OutageOf::power;
  scenario_.outages[0].which = {2};  // the rural office
  EXPECT_EQ(may_differ(scenario_, CostOf::outages), (std::vector<bool>{false, false, true, false}));
  const std::vector<Without> others{{CostOf::outages, trials_}};
  const auto tables = make_tables({scenario_, trials_, others});
  const Table& costs = named(tables, "costs");
  int seen = 0;
  for (std::size_t i = 0; i < costs.rows.size(); ++i) {
    if (text(costs, i, "measure") != "arrived") continue;
    const std::string kind = text(costs, i, "kind_of_stations");
    const bool reached = kind == "rural offices" || kind == "all";
    EXPECT_EQ(number(costs, i, "difference_mean"), 0) << kind;
    EXPECT_EQ(number(costs, i, "difference_high") > 0, reached) << kind;
    ++seen;
  }
  EXPECT_EQ(seen, 4);
  // What fails at one office reaches all of them where citizens go on to another.
  scenario_.redirect.at_most = 1;
  EXPECT_EQ(may_differ(scenario_, CostOf::outages), std::vector<bool>(4, true));
}

TEST_F(SystemTables, CostsArePairedDifferences) {
  for (Service& service : scenario_.province->services) service.calls_system = true;
  Without without{CostOf::backbone, {}};
  for (std::uint64_t i = 0; i < 3; ++i) {
    TrialResult trial = sample_trial(i);
    trial.stations[2].busy_s -= 3600.0 * static_cast<double>(1 + i * i);  // the rural office
    trial.stations[2].wait_s = 0;
    trial.citizens[0].lost -= 1;
    without.trials.push_back(trial);
  }
  const std::vector<Without> others{without};
  const auto tables = make_tables({scenario_, trials_, others});
  const Table& costs = named(tables, "costs");
  const auto row = [&](const std::string& kind, const std::string& measure) {
    for (std::size_t i = 0; i < costs.rows.size(); ++i)
      if (text(costs, i, "kind_of_stations") == kind && text(costs, i, "measure") == measure) return i;
    throw std::out_of_range(kind + ' ' + measure);
  };
  EXPECT_EQ(text(costs, 0, "cost_of"), "backbone");
  for (const char* kind : {"rural offices", "all"}) {
    // 1, 2 and 5 hours.
    EXPECT_NEAR(number(costs, row(kind, "clerk_h"), "difference_mean"), 8.0 / 3, 1e-9) << kind;
    const Estimate difference =
        estimate_difference(std::vector{0.0, 0.0, 0.0}, std::vector{1.0, 2.0, 5.0}).difference;
    EXPECT_NEAR(number(costs, row(kind, "clerk_h"), "difference_low"), difference.low, 1e-9);
    EXPECT_NEAR(number(costs, row(kind, "clerk_h"), "difference_high"), difference.high, 1e-9);
    EXPECT_NEAR(number(costs, row(kind, "clerk_h"), "with_mean") -
                    number(costs, row(kind, "clerk_h"), "without_mean"),
                8.0 / 3, 1e-9);
  }
  // No replication differs: 0, with the interval of two runs that are not paired.
  const std::size_t urban = row("urban offices", "clerk_h");
  EXPECT_EQ(number(costs, urban, "difference_mean"), 0);
  const double arm = std::hypot(number(costs, urban, "with_mean") - number(costs, urban, "with_low"),
                                number(costs, urban, "with_high") - number(costs, urban, "with_mean"));
  EXPECT_NEAR(number(costs, urban, "difference_high"), arm, 1e-9);
  EXPECT_NEAR(number(costs, urban, "difference_low"), -arm, 1e-9);
  EXPECT_NEAR(number(costs, row("urban offices", "clerk_h"), "correlation"), 1, 1e-12);
  EXPECT_NEAR(number(costs, row("rural offices", "wait_s"), "difference_mean"), 100, 1e-9);
  EXPECT_NEAR(number(costs, row("rural offices", "wait_s"), "without_mean"), 0, 1e-9);
  EXPECT_DOUBLE_EQ(number(costs, row("all", "citizens_lost"), "difference_mean"), 1);
  EXPECT_THROW(row("counters", "citizens_lost"), std::out_of_range);
  // The parts of clerks' waiting add up; handling in vain is no part of it.
  const auto with = [&](const char* measure) { return number(costs, row("all", measure), "with_mean"); };
  EXPECT_NEAR(with("clerk_failing_h"), 1 + 2, 1e-9);
  EXPECT_NEAR(with("clerk_slow_h"), 0.5, 1e-9);
  EXPECT_NEAR(with("clerk_in_vain_h"), 1, 1e-9);
  EXPECT_NEAR(with("clerk_unloaded_calls_h") + with("clerk_slow_h") + with("clerk_failing_h"),
              with("clerk_waiting_h"), 1e-9);
  // The same hours have the same interval as in lost_clerk_hours; the run without is as long in trouble here.
  const Table& lost = named(tables, "lost_clerk_hours");
  const std::size_t load = 2 * kCauses + static_cast<std::size_t>(Cause::load);
  for (const char* end : {"_mean", "_low", "_high"}) {
    EXPECT_DOUBLE_EQ(number(costs, row("all", "clerk_slow_h"), std::string("with") + end),
                     number(lost, load, std::string("lost_clerk_h") + end));
    EXPECT_DOUBLE_EQ(number(costs, row("all", "clerk_in_vain_h"), std::string("with") + end),
                     number(lost, 2 * kCauses, std::string("in_vain_h") + end));
  }
  EXPECT_EQ(number(costs, row("all", "clerk_slow_h"), "difference_mean"), 0);
  // sojourn + wait_joined - wait, at scale 4 in each replication's own scale.
  EXPECT_NEAR(number(costs, row("counters", "citizen_h"), "with_mean"), 2 * 4 * (1200 + 1800 - 600) / 3600.0,
              1e-9);
}

// Nothing fails and no system is slow: both runs are the same, and none could differ.
TEST_F(SystemTables, WhereNothingCostsTheDifferenceIsExactlyNothing) {
  scenario_.backbone.model = BackboneModel::ideal;
  const std::vector<Without> others{{CostOf::backbone, trials_}};
  const auto tables = make_tables({scenario_, trials_, others});
  const Table& costs = named(tables, "costs");
  ASSERT_FALSE(costs.rows.empty());
  for (std::size_t i = 0; i < costs.rows.size(); ++i) {
    for (const char* end : {"difference_mean", "difference_low", "difference_high"})
      EXPECT_EQ(number(costs, i, end), 0) << text(costs, i, "measure");
  }
}

TEST(Without, LeavesOutWhatCosts) {
  Scenario scenario = sample_province();
  scenario.outages.resize(2);
  EXPECT_TRUE(without(scenario, CostOf::outages).outages.empty());
  EXPECT_EQ(without(scenario, CostOf::outages).backbone.model, BackboneModel::shared);
  EXPECT_TRUE(without(scenario, CostOf::backbone).outages.empty());
  EXPECT_EQ(without(scenario, CostOf::backbone).backbone.model, BackboneModel::ideal);
}

}  // namespace
}  // namespace pishkhan::system_tables_test
