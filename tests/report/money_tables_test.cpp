// Income, expenses and what citizens spend, reckoned by hand from results made by hand.
#include "tools/report/money_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"
#include "tools/report/money.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan::money_tables_test {
namespace {

using tests::cell;
using tests::named;
using tests::number;
using tests::sample_province;
using tests::sample_trials;
using tests::text;

/// The sample: a thousand seconds of clerks at each station. The first service has a tariff and the second
/// has none; of the second agency's offices keep less.
Scenario sample() {
  Scenario scenario = sample_province();
  Economics& economics = scenario.economics.emplace();
  economics.clerk_hour = {3600, 1800, 7200};
  economics.desk_hour = {360, 0, 720};
  economics.unknown_tariff = 50;
  economics.office_share = {0.6, 0.2};
  economics.citizen_hour = 40;
  economics.kilometre = 3;
  scenario.province->services[0].tariff_rial = 1000;
  scenario.travel = {2, {20, 40}};
  return scenario;
}

/// Scales 1, 2 and 3: a mean over replications is twice what stands here.
std::vector<TrialResult> trials() {
  std::vector<TrialResult> made = sample_trials(3);
  for (std::size_t i = 0; i < made.size(); ++i) {
    const auto scale = static_cast<std::uint32_t>(i + 1);
    made[i].given = {{0, 0, 5 * scale}, {0, 1, 10 * scale}, {2, 1, 3 * scale}, {3, 1, 20 * scale}};
    made[i].trips = {{0, 0, 1500, 6 * scale}, {0, 1, 30'000, 4 * scale}, {3, 1, 30'000, 40 * scale}};
  }
  return made;
}

class Money : public ::testing::Test {
 protected:
  Scenario scenario_ = sample();
  std::vector<TrialResult> trials_ = trials();
  std::vector<Table> tables_ = make_tables({scenario_, trials_});
};

TEST_F(Money, TablesAreThereOnlyWithEconomics) {
  Scenario without = sample();
  without.economics.reset();
  const std::vector<Table> tables = make_tables({without, trials_});
  EXPECT_EQ(tables.size() + 4, tables_.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    EXPECT_EQ(tables[i].header.name, tables_[i].header.name);
    EXPECT_TRUE(tables[i].rows == tables_[i].rows) << "another table moved: " << tables[i].header.name;
  }
}

TEST_F(Money, OfOffices) {
  const Table& offices = named(tables_, "office_money");
  ASSERT_EQ(offices.rows.size(), 3U);
  EXPECT_NEAR(number(offices, 0, "given_mean"), 30, 1e-9);
  EXPECT_NEAR(number(offices, 0, "tariff_rial_mean"), 2 * (5 * 1000 + 10 * 50), 1e-9);
  EXPECT_NEAR(number(offices, 0, "unknown_tariff_share_mean"), 10 / 15.0, 1e-12);
  EXPECT_NEAR(number(offices, 0, "income_rial_mean"), 2 * (5 * 600 + 10 * 10), 1e-9);
  EXPECT_NEAR(number(offices, 0, "expenses_rial_mean"), 1100, 1e-9) << "1000 s at 3960 rial an hour";
  EXPECT_NEAR(number(offices, 0, "balance_rial_mean"), 6200 - 1100, 1e-9);
  EXPECT_NEAR(number(offices, 0, "income_per_clerk_h_rial_mean"), 6200 / (1000 / 3600.0), 1e-9);
  EXPECT_EQ(cell(offices, 1, "unknown_tariff_share_mean"), Cell()) << "nothing given, no share";
  EXPECT_EQ(number(offices, 1, "income_rial_mean"), 0);
  EXPECT_NEAR(number(offices, 2, "income_rial_mean"), 2 * 3 * 10, 1e-9);
  EXPECT_NEAR(number(offices, 2, "expenses_rial_mean"), 500, 1e-9) << "a rural office";
  EXPECT_EQ(text(offices, 2, "covers_expenses"), "no") << "60 rial, at most 135, less 500";
  for (const std::size_t row : {0, 2}) {
    EXPECT_EQ(text(offices, row, "evidence"), "assumed");
    const double low = number(offices, row, "balance_rial_low"),
                 high = number(offices, row, "balance_rial_high");
    EXPECT_LT(low, number(offices, row, "balance_rial_mean"));
    EXPECT_GT(high, number(offices, row, "balance_rial_mean"));
    EXPECT_EQ(text(offices, row, "covers_expenses"), low > 0 ? "yes" : high < 0 ? "no" : "open");
  }
  const CoversCounts counts = count_covers({scenario_, trials_});
  EXPECT_EQ(counts[0] + counts[1] + counts[2], 3U);
  EXPECT_GE(counts[1], 1U);
}

TEST_F(Money, OfOfficesThatNeverOpenIsNone) {
  for (TrialResult& trial : trials_) {
    trial.stations[1] = {};
    std::erase_if(trial.given, [](const GivenCount& given) { return given.station == 1; });
  }
  const std::vector<Table> tables = make_tables({scenario_, trials_});
  const Table& offices = named(tables, "office_money");
  EXPECT_EQ(number(offices, 1, "income_rial_high"), 0);
  EXPECT_EQ(number(offices, 1, "expenses_rial_high"), 0);
  EXPECT_EQ(cell(offices, 1, "covers_expenses"), Cell());
  const CoversCounts counts = count_covers({scenario_, trials_});
  EXPECT_EQ(counts[0] + counts[1] + counts[2], 2U);
}

/// The first service's ways to offices: 9000 m of residents of cities and 60,000 m of villagers, times the
/// scale, one way; detour 2, 20 and 40 km/h.
TEST_F(Money, OfServices) {
  const Table& services = named(tables_, "service_money");
  ASSERT_EQ(services.rows.size(), 6U);
  constexpr std::size_t kOffice = 1;
  EXPECT_EQ(text(services, kOffice, "channel"), "office");
  const double km = 2 * 2 * 2 * 69, hours = 2 * 2 * 2 * (9 / 20.0 + 60 / 40.0);
  EXPECT_NEAR(number(services, kOffice, "travel_km_mean"), km, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "travel_h_mean"), hours, 1e-9);
  // sample_tally(2): per scale 20 arrived, 12 served of whom 2 lacked papers; 1200 s of handling, 3600 s of
  // waits of all who joined.
  EXPECT_NEAR(number(services, kOffice, "wait_h_mean"), 2, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "handling_h_mean"), 2 * 1200 / 3600.0, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "given_mean"), 20, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "tariff_rial_mean"), 20'000, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "income_rial_mean"), 12'000, 1e-9);
  const double time_rial = (hours + 2 + 2 * 1200 / 3600.0) * 40;
  EXPECT_NEAR(number(services, kOffice, "travel_rial_mean"), 3 * km, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "time_rial_mean"), time_rial, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "citizens_rial_mean"), 20'000 + 3 * km + time_rial, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "citizens_rial_per_visit_mean"),
              (20'000 + 3 * km + time_rial) / (2 * 20), 1e-9);
  // Offices: 1100 + 1100 + 500 rial, and 2 of 2 + 5 parts of the clerk time.
  const double expenses = 2700 * 2 / 7.0;
  EXPECT_NEAR(number(services, kOffice, "expenses_rial_mean"), expenses, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "total_rial_mean"), expenses + 3 * km + time_rial, 1e-9);
  EXPECT_NEAR(number(services, kOffice, "total_rial_per_given_mean"), (expenses + 3 * km + time_rial) / 20,
              1e-9);
  // The first agency has no counter, so its citizens there cost no clerks; the second has all of its own.
  EXPECT_NEAR(number(services, 0, "expenses_rial_mean"), 0, 1e-9);
  EXPECT_NEAR(number(services, 3, "expenses_rial_mean"), 2200, 1e-9) << "1000 s at 7920 rial an hour";
  EXPECT_EQ(cell(services, 0, "income_rial_mean"), Cell()) << "offices keep nothing of what counters give";
  EXPECT_EQ(cell(services, 2, "expenses_rial_mean"), Cell()) << "online";
  EXPECT_EQ(cell(services, 2, "total_rial_mean"), Cell());
  EXPECT_NEAR(number(services, 2, "tariff_rial_mean"), 30'000, 1e-9);
}

TEST_F(Money, OfChannelsIsTheSumOfServices) {
  const Table &services = named(tables_, "service_money"), &channels = named(tables_, "channel_money");
  ASSERT_EQ(channels.rows.size(), kChannels);
  for (std::size_t channel = 0; channel < 2; ++channel) {
    for (const std::string quantity :
         {"arrived", "given", "tariff_rial", "expenses_rial", "travel_km", "travel_h", "wait_h", "handling_h",
          "travel_rial", "time_rial", "citizens_rial", "total_rial"}) {
      const double sum = number(services, channel, quantity + "_mean") +
                         number(services, kChannels + channel, quantity + "_mean");
      EXPECT_NEAR(number(channels, channel, quantity + "_mean"), sum, 1e-9) << quantity;
    }
  }
}

/// Of 10 visits to the first office 6 are of Sari's people and 4 of Amol's, of whom are all 40 to the
/// counter.
TEST_F(Money, OfCountiesIsThatOfTheirResidents) {
  const Table& counties = named(tables_, "county_money");
  ASSERT_EQ(counties.rows.size(), 2U);
  EXPECT_NEAR(number(counties, 0, "arrived_mean"), 12, 1e-9);
  EXPECT_NEAR(number(counties, 1, "arrived_mean"), 88, 1e-9);
  const double sari_km = 2 * 2 * 2 * 6 * 1.5, amol_km = 2 * 2 * 2 * 44 * 30.0;
  EXPECT_NEAR(number(counties, 0, "travel_km_mean"), sari_km, 1e-9);
  EXPECT_NEAR(number(counties, 1, "travel_km_mean"), amol_km, 1e-9);
  EXPECT_NEAR(number(counties, 0, "travel_h_mean"), sari_km / 20, 1e-9);
  EXPECT_NEAR(number(counties, 1, "travel_h_mean"), amol_km / 40, 1e-9);
  // sample_tally(1) at the office, sample_tally(4) at the counter.
  EXPECT_NEAR(number(counties, 0, "wait_h_mean"), 6 / 10.0, 1e-9);
  EXPECT_NEAR(number(counties, 1, "wait_h_mean"), 4 / 10.0 + 4, 1e-9);
  EXPECT_NEAR(number(counties, 0, "handling_h_mean"), 6 / 10.0 * 2 * 600 / 3600, 1e-9);
  EXPECT_NEAR(number(counties, 0, "tariff_rial_mean"), 6 / 10.0 * 2 * (5 * 1000 + 10 * 50), 1e-9);
  EXPECT_NEAR(number(counties, 1, "tariff_rial_mean"), 4 / 10.0 * 2 * (5 * 1000 + 10 * 50) + 2 * 20 * 50,
              1e-9);
  EXPECT_NEAR(number(counties, 1, "travel_rial_mean"), 3 * amol_km, 1e-9);
}

TEST_F(Money, HasNoNumberOfOneReplication) {
  trials_.resize(1);
  const std::vector<Table> tables = make_tables({scenario_, trials_});
  EXPECT_EQ(cell(named(tables, "office_money"), 0, "income_rial_mean"), Cell());
  EXPECT_EQ(cell(named(tables, "office_money"), 0, "covers_expenses"), Cell());
  EXPECT_EQ(count_covers({scenario_, trials_}), CoversCounts{});
}

}  // namespace
}  // namespace pishkhan::money_tables_test
