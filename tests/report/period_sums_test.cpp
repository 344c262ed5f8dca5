#include <gtest/gtest.h>

#include <map>

#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"
#include "tests/report/read_table.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::period_sums_test {
namespace {

using tests::named;
using tests::text;
using Key = std::vector<std::string>;

/// A column added up over the rows that agree in the key columns; rows with another `period` are left out.
std::map<Key, double> sums(const Table& table, const std::vector<std::string>& keys,
                           const std::string& column, const std::string& period = "") {
  std::map<Key, double> sums;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (!period.empty() && text(table, row, "period") != period) continue;
    const Cell cell = tests::cell(table, row, column);
    if (!std::holds_alternative<double>(cell)) continue;
    Key key;
    for (const std::string& name : keys) {
      const Cell of = tests::cell(table, row, name);
      const auto* word = std::get_if<std::string>(&of);
      key.push_back(word ? *word : std::to_string(std::get<std::int64_t>(of)));
    }
    if (const double value = std::get<double>(cell); value != 0) sums[key] += value;
  }
  return sums;
}

void expect_equal(const std::map<Key, double>& a, const std::map<Key, double>& b, const std::string& what) {
  ASSERT_FALSE(a.empty()) << what;
  ASSERT_EQ(a.size(), b.size()) << what;
  for (const auto& [key, value] : a) {
    ASSERT_TRUE(b.contains(key)) << what << ' ' << key[0];
    EXPECT_NEAR(value, b.at(key), 1e-9 * (1 + value)) << what << ' ' << key[0];
  }
}

class PeriodSums : public ::testing::TestWithParam<const char*> {
 protected:
  PeriodSums()
      : scenario_(load_scenario(GetParam(), {"run.days=40", "run.warm_up_days=3", "run.replications=2"})) {
    const Plan plan(scenario_);
    for (std::uint32_t r = 0; r < 2; ++r) trials_.push_back(run_trial(plan, r));
    tables_ = make_tables({scenario_, trials_});
  }
  const Scenario scenario_;
  std::vector<TrialResult> trials_;
  std::vector<Table> tables_;
};

TEST_P(PeriodSums, MonthsAndWeeksAddUpToTheRun) {
  for (const char* column : {"arrived_mean", "served_mean", "abandoned_mean", "balked_mean", "sent_away_mean",
                             "failed_mean", "staffed_s_mean"}) {
    for (const char* period : {"month", "week"}) {
      const std::string what = std::string(column) + ' ' + period;
      std::map<Key, double> channels = sums(named(tables_, "channels"), {"channel"}, column);
      channels.erase({"online"});
      if (channels.empty()) continue;  // nobody was sent away, or the like
      expect_equal(channels, sums(named(tables_, "channel_periods"), {"channel"}, column, period), what);
      expect_equal(channels, sums(named(tables_, "county_periods"), {"channel"}, column, period), what);
      expect_equal(sums(named(tables_, "counties"), {"county", "channel"}, column),
                   sums(named(tables_, "county_periods"), {"county", "channel"}, column, period), what);
    }
  }
  for (const char* period : {"month", "week"}) {
    expect_equal(sums(named(tables_, "offices"), {"office"}, "arrived_mean"),
                 sums(named(tables_, "office_periods"), {"office"}, "arrived_mean", period), period);
    expect_equal(sums(named(tables_, "counters"), {"agency"}, "arrived_mean"),
                 sums(named(tables_, "agency_periods"), {"agency"}, "arrived_mean", period), period);
  }
}

TEST_P(PeriodSums, HoursOfWeekdaysAddUpToHours) {
  for (const char* column : {"arrived_mean", "served_mean", "staffed_s_mean"}) {
    expect_equal(sums(named(tables_, "hours"), {"channel", "hour"}, column),
                 sums(named(tables_, "county_week_hours"), {"channel", "hour"}, column), column);
    expect_equal(sums(named(tables_, "office_hours"), {"office", "hour"}, column),
                 sums(named(tables_, "office_week_hours"), {"office", "hour"}, column), column);
    expect_equal(sums(named(tables_, "counties"), {"county", "channel"}, column),
                 sums(named(tables_, "county_week_hours"), {"county", "channel"}, column), column);
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, PeriodSums,
                         ::testing::Values("tests/scenarios/small/small.yaml",
                                           "tests/scenarios/valid/backbone-in-trouble.yaml"));

}  // namespace
}  // namespace pishkhan::period_sums_test
