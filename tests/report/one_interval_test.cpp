#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan::one_interval_test {
namespace {

using tests::named;
using tests::number;
using tests::sample_province;
using tests::sample_trials;
using tests::text;

constexpr std::size_t kReplications = 4, kStations = 4, kCounter = 3;

/// In two of four replications the first office sends a quarter away, and the counter fails a quarter and
/// misses its days; nothing else goes wrong.
StationResult tally_of(std::size_t station, std::size_t replication) {
  const bool bad = replication % 2 == 1;
  StationResult tally;
  tally.arrived = 400;
  tally.sent_away = station == 0 && bad ? 100 : 0;
  tally.failed = station == kCounter && bad ? 100 : 0;
  tally.in_target = tally.served = tally.arrived - tally.sent_away - tally.failed;
  tally.days = 2;
  tally.missed_days = station == kCounter && bad ? 2 : 0;
  return tally;
}

/// The offices give the service of the first agency, the counter that of the second.
std::vector<TrialResult> trials_with_rare_trouble() {
  std::vector<TrialResult> trials = sample_trials(kReplications);
  for (std::size_t r = 0; r < kReplications; ++r) {
    for (VisitTally& visits : trials[r].services) visits = {};
    for (std::size_t s = 0; s < kStations; ++s) {
      const StationResult tally = trials[r].stations[s] = tally_of(s, r);
      const std::size_t row = s == kCounter ? kChannels + static_cast<std::size_t>(Channel::traditional)
                                            : static_cast<std::size_t>(Channel::office);
      add_to(trials[r].services[row], tally);
      PeriodTally& period = trials[r].periods[s] = {};
      period.arrived = static_cast<std::uint32_t>(tally.arrived);
      period.sent_away = static_cast<std::uint32_t>(tally.sent_away);
      period.failed = static_cast<std::uint32_t>(tally.failed);
      period.days = static_cast<std::uint32_t>(tally.days);
      period.missed_days = static_cast<std::uint32_t>(tally.missed_days);
    }
  }
  return trials;
}

/// The upper end of a quantity's interval in the row with these texts.
double high_of(const Table& table, const std::map<const char*, const char*>& row_is,
               const std::string& quantity) {
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const bool found = std::all_of(row_is.begin(), row_is.end(), [&](const auto& column_and_text) {
      return text(table, row, column_and_text.first) == column_and_text.second;
    });
    if (found) return number(table, row, quantity + "_high");
  }
  ADD_FAILURE() << "no such row in " << table.header.name;
  return 0;
}

double high_in_summary(const Table& summary, const char* group, const char* quantity) {
  for (std::size_t row = 0; row < summary.rows.size(); ++row) {
    if (text(summary, row, "group") == group && text(summary, row, "quantity") == quantity)
      return number(summary, row, "high");
  }
  ADD_FAILURE() << "no " << quantity << " of " << group;
  return 0;
}

Scenario province_that_sends_away() {
  Scenario scenario = sample_province();
  for (Office& office : scenario.province->offices) office.rules.closing = Closing::send_away;
  scenario.province->counters[0].rules.closing = Closing::send_away;
  return scenario;
}

class OneInterval : public ::testing::Test {
 protected:
  void expect_in(const char* table, const std::map<const char*, const char*>& row, const char* quantity,
                 double high) const {
    EXPECT_EQ(high_of(named(tables_, table), row, quantity), high) << quantity << " in " << table;
  }

  const Scenario scenario_ = province_that_sends_away();
  const std::vector<TrialResult> trials_ = trials_with_rare_trouble();
  const std::vector<Table> tables_ = make_tables({scenario_, trials_});
};

TEST_F(OneInterval, OfTheCounterWhereNoneWereSentAway) {
  const char* share = "sent_away_share";
  const double high = high_in_summary(named(tables_, "summary"), "traditional", share);
  const double visits[] = {400, 400, 400, 400}, none[] = {0, 0, 0, 0};
  EXPECT_GT(high, 2 * estimate_proportion(none, visits, 1).high) << "an office's visits are not independent";
  expect_in("counters", {{"counter", "tax@sari"}}, share, high);
  expect_in("channels", {{"channel", "traditional"}}, share, high);
  expect_in("services", {{"service", "tax-form"}, {"channel", "traditional"}}, share, high);
  expect_in("agencies", {{"agency", "tax"}, {"channel", "traditional"}}, share, high);
  expect_in("counties", {{"county", "sari"}, {"channel", "traditional"}}, share, high);
  expect_in("channel_periods", {{"period", "month"}, {"channel", "traditional"}}, share, high);
  expect_in("county_periods", {{"period", "week"}, {"county", "sari"}, {"channel", "traditional"}}, share,
            high);
  expect_in("agency_periods", {{"period", "month"}, {"agency", "tax"}}, share, high);
}

TEST_F(OneInterval, OfACountOfWhichTheCounterHasNone) {
  const char* count = "sent_away";
  const double high = high_in_summary(named(tables_, "summary"), "traditional", count);
  const double none[] = {0, 0, 0, 0};
  EXPECT_GT(high, 10 * estimate_count(none, 1).high) << "an office sends many away at once";
  expect_in("counters", {{"counter", "tax@sari"}}, count, high);
  expect_in("channels", {{"channel", "traditional"}}, count, high);
  expect_in("services", {{"service", "tax-form"}, {"channel", "traditional"}}, count, high);
  expect_in("agencies", {{"agency", "tax"}, {"channel", "traditional"}}, count, high);
  expect_in("counties", {{"county", "sari"}, {"channel", "traditional"}}, count, high);
  expect_in("channel_periods", {{"period", "month"}, {"channel", "traditional"}}, count, high);
}

TEST_F(OneInterval, OfOfficesWhereNoDayWasMissed) {
  const char* share = "missed_days_share";
  const double high = high_in_summary(named(tables_, "summary"), "office", share);
  const double days[] = {6, 6, 6, 6}, none[] = {0, 0, 0, 0};
  EXPECT_GT(high, 1.2 * estimate_proportion(none, days, 1).high) << "a counter's days are not independent";
  expect_in("channels", {{"channel", "office"}}, share, high);
  expect_in("channel_periods", {{"period", "month"}, {"channel", "office"}}, share, high);
  const double rural = high_in_summary(named(tables_, "summary"), "rural offices", share);
  expect_in("offices", {{"office", "amol-r-001"}}, share, rural);
  expect_in("county_periods", {{"period", "week"}, {"county", "amol"}, {"channel", "office"}}, share, rural);
}

}  // namespace
}  // namespace pishkhan::one_interval_test
