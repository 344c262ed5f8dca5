#include "tools/report/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/statistics/estimate.hpp"
#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"
#include "tools/report/csv_writer.hpp"

namespace pishkhan::tables_test {
namespace {

using ::testing::ElementsAre;
using tests::cell;
using tests::named;
using tests::number;
using tests::sample_province;
using tests::sample_station_trial;
using tests::sample_stations;
using tests::sample_trials;
using tests::text;

std::vector<std::string> names(const std::vector<Table>& tables) {
  std::vector<std::string> all;
  for (const Table& table : tables) all.push_back(table.header.name);
  return all;
}

class ProvinceTables : public ::testing::Test {
 protected:
  Scenario scenario_ = sample_province();
  std::vector<TrialResult> trials_ = sample_trials(3);
  std::vector<Table> tables_ = make_tables({scenario_, trials_});
};

TEST_F(ProvinceTables, AreAllThere) {
  EXPECT_THAT(
      names(tables_),
      ElementsAre("summary", "offices", "counters", "services", "agencies", "channels", "classes", "counties",
                  "hours", "office_hours", "days", "channel_periods", "county_periods", "agency_periods",
                  "office_periods", "county_week_hours", "office_week_hours", "county_travel", "place_travel",
                  "service_travel", "closed_offices", "changes", "ledger", "targets", "agency_systems",
                  "links", "lost_clerk_hours", "costs", "theory"));
}

TEST_F(ProvinceTables, HaveCellsOfTheColumnsTypesAndEvidenceLast) {
  for (const Table& table : tables_) {
    std::set<std::string> columns;
    for (const Column& column : table.header.columns) {
      EXPECT_TRUE(columns.insert(column.name).second) << table.header.name << '.' << column.name << " twice";
      EXPECT_FALSE(column.description.empty()) << table.header.name << '.' << column.name;
    }
    EXPECT_EQ(table.header.columns.back().name, "evidence");
    const bool is_of_travel = table.header.name.ends_with("_travel");  // its detour and speeds are assumed
    for (const Row& row : table.rows) {
      ASSERT_EQ(row.size(), table.header.columns.size()) << table.header.name;
      EXPECT_EQ(row.back(), Cell(std::string(is_of_travel ? "assumed" : "stated")));
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (std::holds_alternative<std::monostate>(row[i])) continue;
        const CellType type = table.header.columns[i].type;
        EXPECT_EQ(row[i].index(), type == CellType::integer ? 1U
                                  : type == CellType::real  ? 2U
                                                            : 3U)
            << table.header.name << '.' << table.header.columns[i].name;
        EXPECT_TRUE(type != CellType::real || std::isfinite(std::get<double>(row[i])));
      }
    }
  }
}

TEST_F(ProvinceTables, OfficesFollowTheDefinitionsOfTheNumbers) {
  const Table& offices = named(tables_, "offices");
  ASSERT_EQ(offices.rows.size(), 3U);
  EXPECT_EQ(text(offices, 1, "office"), "sari-u-002");
  EXPECT_EQ(text(offices, 2, "county"), "amol");
  EXPECT_EQ(cell(offices, 1, "clerks"), Cell(std::int64_t{3})) << "a group that starts later does not count";
  // Replications of the first office are scaled 1, 2, 3: totals 60 arrived, 6 balked, 54 joined, 36 served.
  EXPECT_DOUBLE_EQ(number(offices, 0, "arrived_mean"), 20);
  EXPECT_DOUBLE_EQ(number(offices, 0, "balked_share_mean"), 0.1);
  EXPECT_NEAR(number(offices, 0, "abandoned_share_mean"), 12.0 / 54, 1e-12);
  EXPECT_NEAR(number(offices, 0, "sent_away_share_mean"), 6.0 / 54, 1e-12);
  EXPECT_NEAR(number(offices, 0, "service_level_mean"), 18.0 / 54, 1e-12);
  EXPECT_NEAR(number(offices, 0, "wait_s_mean"), 100, 1e-9);
  EXPECT_NEAR(number(offices, 0, "wait_joined_s_mean"), 200, 1e-9);
  EXPECT_NEAR(number(offices, 0, "queue_length_mean"), 600.0 / 1500, 1e-12);
  EXPECT_NEAR(number(offices, 0, "utilization_mean"), 3600.0 / 3000, 1e-12);
  EXPECT_NEAR(number(offices, 0, "waiting_share_mean"), 900.0 / 3000, 1e-12);
  EXPECT_NEAR(number(offices, 0, "handling_share_mean"), 2700.0 / 3000, 1e-12);
  EXPECT_DOUBLE_EQ(number(offices, 0, "queue_max_mean"), 2);
  // The k-th replication's k visits of 300 s and 3k hours with nobody, k with two waiting.
  EXPECT_NEAR(number(offices, 0, "wait_p90_s"), 300, 300.0 / 32);
  EXPECT_LE(number(offices, 0, "wait_p90_s_low"), 300);
  EXPECT_GE(number(offices, 0, "wait_p90_s_high"), 300);
  EXPECT_DOUBLE_EQ(number(offices, 0, "queue_p95"), 2);
  EXPECT_DOUBLE_EQ(number(offices, 0, "queue_p95_low"), 2);
  // 10, 20 and 30 visits, of which Student's interval would begin at -4.8.
  const Estimate arrived = estimate_count(std::vector{10.0, 20.0, 30.0});
  EXPECT_DOUBLE_EQ(number(offices, 0, "arrived_low"), arrived.low);
  EXPECT_DOUBLE_EQ(number(offices, 0, "arrived_high"), arrived.high);
}

TEST(OfficesTable, HasTheClerksOfAnOfficeThatOpensLater) {
  Scenario scenario = sample_province();
  const pishkhan::Run& run = scenario.run;
  auto& offices = scenario.province->offices;
  offices[0].from_day = run.start + run.days - 1;
  offices[1].from_day = run.start + run.days;
  offices[2].until_day = run.start + run.warm_up_days;
  const auto trials = sample_trials(2);
  const auto tables = make_tables({scenario, trials});
  const Table& table = named(tables, "offices");
  EXPECT_EQ(cell(table, 0, "clerks"), Cell(std::int64_t{2})) << "on the last day";
  EXPECT_EQ(cell(table, 1, "clerks"), Cell(std::int64_t{0})) << "after the run";
  EXPECT_EQ(cell(table, 2, "clerks"), Cell(std::int64_t{0})) << "closed with the warm-up";
}

TEST(AgenciesTable, HasThePercentilesOfAllItsServices) {
  const Scenario scenario = sample_province();
  auto trials = sample_trials(3);
  for (TrialResult& trial : trials) {
    WaitHistogram short_waits, long_waits;
    short_waits.add(60, 10);
    long_waits.add(3000, 10);
    trial.service_waits.assign(2 * kStationChannels, {});
    trial.service_waits[static_cast<std::size_t>(Channel::office)] = CompactHistogram(short_waits);
    trial.service_waits[kStationChannels + static_cast<std::size_t>(Channel::office)] =
        CompactHistogram(long_waits);
  }
  const auto apart = make_tables({scenario, trials});
  EXPECT_NEAR(number(named(apart, "agencies"), 1, "wait_p90_s"), 60, 4);
  EXPECT_NEAR(number(named(apart, "agencies"), 4, "wait_p90_s"), 3000, 100);
  Scenario one_agency = scenario;
  one_agency.province->services[1].agency = AgencyId(0);
  const auto together = make_tables({one_agency, trials});
  EXPECT_NEAR(number(named(together, "agencies"), 1, "wait_p90_s"), 3000, 100);
  EXPECT_EQ(cell(named(together, "agencies"), 1, "queue_p95"), Cell()) << "an office has no queue by agency";
}

TEST_F(ProvinceTables, SumOverStationsAndServices) {
  const Table& counties = named(tables_, "counties");
  // Amol has no counter; Sari's offices have scales 1 + 2, its counter 4. Means over replications: x 2.
  ASSERT_EQ(counties.rows.size(), 4U);
  EXPECT_EQ(text(counties, 0, "channel"), "traditional");
  EXPECT_DOUBLE_EQ(number(counties, 0, "arrived_mean"), 80);
  EXPECT_EQ(cell(counties, 1, "stations"), Cell(std::int64_t{2}));
  EXPECT_DOUBLE_EQ(number(counties, 1, "arrived_mean"), 60);
  EXPECT_DOUBLE_EQ(number(counties, 1, "queue_max_mean"), 4) << "the longest queue at one of its offices";
  EXPECT_DOUBLE_EQ(number(counties, 1, "queue_p95"), 2) << "a queue at one of its offices";
  EXPECT_EQ(cell(counties, 2, "stations"), Cell(std::int64_t{0}));
  EXPECT_EQ(cell(counties, 2, "utilization_mean"), Cell()) << "nothing staffed, no number";

  const Table& agencies = named(tables_, "agencies");
  ASSERT_EQ(agencies.rows.size(), 6U);
  EXPECT_DOUBLE_EQ(number(agencies, 3, "arrived_mean"), 80) << "tax-form, traditional: key 3, scale 4";
  EXPECT_NEAR(number(agencies, 3, "utilization_mean"), 600.0 * 4 * 6 / 3000, 1e-12);
  EXPECT_EQ(cell(agencies, 4, "utilization_mean"), Cell());

  const Table& channels = named(tables_, "channels");
  EXPECT_DOUBLE_EQ(number(channels, 1, "arrived_mean"), 20 * (2 + 5));
  EXPECT_DOUBLE_EQ(number(channels, 2, "citizens_created_mean"), 40);
  EXPECT_EQ(cell(channels, 2, "utilization_mean"), Cell());
}

TEST_F(ProvinceTables, TravelIsByResidenceAndService) {
  const Table& counties = named(tables_, "county_travel");
  ASSERT_EQ(counties.rows.size(), 3U) << "where nobody goes there is no row";
  EXPECT_EQ(text(counties, 0, "county"), "sari");
  EXPECT_EQ(text(counties, 0, "kind"), "urban");
  EXPECT_EQ(text(counties, 0, "channel"), "office");
  EXPECT_DOUBLE_EQ(number(counties, 0, "arrived_mean"), 12);
  EXPECT_DOUBLE_EQ(number(counties, 0, "distance_km_mean"), 1.5);
  EXPECT_DOUBLE_EQ(number(counties, 0, "out_of_county_share_mean"), 0);
  EXPECT_NEAR(number(counties, 0, "travel_min_mean"), 5.85, 1e-12) << "1.3 x 1.5 km at 20 km/h";
  EXPECT_NEAR(number(counties, 0, "travel_h_mean"), 12 * 2 * 5.85 / 60, 1e-12);
  EXPECT_EQ(text(counties, 1, "county"), "amol");
  EXPECT_EQ(text(counties, 1, "channel"), "traditional");
  EXPECT_DOUBLE_EQ(number(counties, 1, "arrived_mean"), 8);
  EXPECT_DOUBLE_EQ(number(counties, 1, "beyond_20_km_share_mean"), 1);
  EXPECT_DOUBLE_EQ(number(counties, 1, "out_of_county_share_mean"), 1);
  const double rural_min = 1.3 * 30 / 35 * 60;
  EXPECT_NEAR(number(counties, 1, "travel_min_mean"), rural_min, 1e-12);
  const Table& places = named(tables_, "place_travel");
  ASSERT_EQ(places.rows.size(), 3U);
  EXPECT_EQ(text(places, 2, "place"), "amol-villages");
  EXPECT_EQ(text(places, 2, "county"), "amol");
  EXPECT_DOUBLE_EQ(number(places, 2, "arrived_mean"), 4);

  const Table& services = named(tables_, "service_travel");
  ASSERT_EQ(services.rows.size(), 2U);
  EXPECT_EQ(text(services, 0, "service"), "id-card");
  EXPECT_DOUBLE_EQ(number(services, 0, "arrived_mean"), 16);
  EXPECT_DOUBLE_EQ(number(services, 0, "distance_km_mean"), (6 * 1.5 + 2 * 30) / 8);
  EXPECT_NEAR(number(services, 0, "distance_p50_km"), 1.5, 1.5 / 32);
  EXPECT_NEAR(number(services, 0, "distance_p90_km"), 30, 30.0 / 32);
  EXPECT_DOUBLE_EQ(number(services, 0, "beyond_20_km_share_mean"), 0.25);
  EXPECT_DOUBLE_EQ(number(services, 0, "out_of_county_share_mean"), 0.25);
  EXPECT_NEAR(number(services, 0, "travel_min_mean"), (6 * 5.85 + 2 * rural_min) / 8, 1e-12);
}

TEST_F(ProvinceTables, ClosedOfficesTellWhereTheirCitizensWent) {
  const Table& closed = named(tables_, "closed_offices");
  ASSERT_EQ(closed.rows.size(), 3U);
  EXPECT_EQ(text(closed, 0, "office"), "sari-u-002");
  EXPECT_EQ(text(closed, 0, "station"), "all");
  EXPECT_EQ(text(closed, 0, "station_name_en"), "");
  EXPECT_EQ(cell(closed, 0, "channel"), Cell());
  EXPECT_DOUBLE_EQ(number(closed, 0, "citizens_mean"), 6);
  EXPECT_DOUBLE_EQ(number(closed, 0, "extra_km_mean"), 0.5);
  EXPECT_EQ(text(closed, 1, "station"), "sari-u-001");
  EXPECT_EQ(text(closed, 1, "station_name_en"), "sari-u-001");
  EXPECT_EQ(text(closed, 1, "channel"), "office");
  EXPECT_DOUBLE_EQ(number(closed, 1, "citizens_mean"), 6);
  EXPECT_DOUBLE_EQ(number(closed, 1, "distance_before_km_mean"), 1);
  EXPECT_DOUBLE_EQ(number(closed, 1, "extra_km_mean"), 0.5);
  EXPECT_EQ(cell(closed, 2, "station"), Cell()) << "they are lost";
  EXPECT_DOUBLE_EQ(number(closed, 2, "citizens_mean"), 2);
  EXPECT_EQ(cell(closed, 2, "extra_km_mean"), Cell());
}

/// What a station had of an item: twenty slots, of which the first are used, two are missed and one is shut.
AppointmentResult slots_of_station(std::uint64_t used) {
  AppointmentResult of;
  of.counts = {.wanted = used + 6,
               .booked = used + 4,
               .without_slot = 2,
               .days_to_slot = 3 * (used + 4),
               .not_yet = 1,
               .offered = 20,
               .used = used,
               .no_shows = 2,
               .shut = 1};
  of.booked.arrived = of.booked.served = used;
  of.booked.wait_s = 30.0 * static_cast<double>(used);
  of.walk_ins.arrived = 10;
  of.walk_ins.served = 8;
  of.walk_ins.wait_s = 1600;
  return of;
}

TEST_F(ProvinceTables, AppointmentsTellOfSlotsAndOfBothWaits) {
  Appointments item;
  item.stations = {0, static_cast<std::uint32_t>(scenario_.province->offices.size())};
  scenario_.appointments = {item};
  for (std::size_t k = 0; k < trials_.size(); ++k)
    trials_[k].appointments = {slots_of_station(10 + k), slots_of_station(4 + k)};
  const std::vector<Table> tables = make_tables({scenario_, trials_});
  const Table& slots = named(tables, "appointments");
  ASSERT_EQ(slots.rows.size(), 3U);
  EXPECT_EQ(text(slots, 0, "station"), "all");
  EXPECT_EQ(cell(slots, 0, "channel"), Cell());
  EXPECT_EQ(text(slots, 1, "station"), scenario_.province->offices[0].id);
  EXPECT_EQ(text(slots, 1, "channel"), "office");
  EXPECT_EQ(text(slots, 2, "channel"), "traditional");
  // Of three replications: 10, 11, 12 used at the office, 4, 5, 6 at the counter.
  EXPECT_DOUBLE_EQ(number(slots, 0, "used_mean"), 11 + 5);
  EXPECT_DOUBLE_EQ(number(slots, 0, "offered_mean"), 40);
  EXPECT_DOUBLE_EQ(number(slots, 0, "used_share_mean"), 16.0 / 40);
  EXPECT_DOUBLE_EQ(number(slots, 1, "unfilled_mean"), 20 - 11 - 2 - 1);
  EXPECT_DOUBLE_EQ(number(slots, 1, "wanted_mean"), 17);
  EXPECT_DOUBLE_EQ(number(slots, 1, "without_slot_share_mean"), 2.0 / 17);
  EXPECT_DOUBLE_EQ(number(slots, 2, "days_to_slot_mean"), 3);
  EXPECT_DOUBLE_EQ(number(slots, 0, "booked_wait_s_mean"), 30);
  EXPECT_DOUBLE_EQ(number(slots, 0, "walk_in_wait_s_mean"), 200);
  EXPECT_EQ(text(slots, 0, "evidence"), "assumed");
}

TEST_F(ProvinceTables, HoursLeaveOutTheEmptyOnes) {
  const Table& hours = named(tables_, "hours");
  ASSERT_EQ(hours.rows.size(), 3U);
  EXPECT_EQ(text(hours, 0, "kind"), "urban");
  EXPECT_DOUBLE_EQ(number(hours, 0, "arrived_mean"), 4);
  EXPECT_DOUBLE_EQ(number(hours, 0, "utilization_mean"), 0.25);
  EXPECT_EQ(text(hours, 2, "channel"), "traditional");
  EXPECT_EQ(cell(hours, 2, "kind"), Cell());
  EXPECT_EQ(named(tables_, "office_hours").rows.size(), 3U);
}

TEST_F(ProvinceTables, DaysCarryBothCalendars) {
  const Table& days = named(tables_, "days");
  ASSERT_EQ(days.rows.size(), 9U);
  EXPECT_EQ(text(days, 0, "date_gregorian"), "2016-04-02");
  EXPECT_EQ(text(days, 0, "date_solar_hijri"), "1395-01-14");
  EXPECT_EQ(text(days, 0, "weekday"), "Saturday");
  EXPECT_EQ(cell(days, 0, "warm_up"), Cell(std::int64_t{1}));
  EXPECT_EQ(cell(days, 3, "warm_up"), Cell(std::int64_t{0}));
}

TEST_F(ProvinceTables, LedgerIsExactByReplication) {
  const Table& ledger = named(tables_, "ledger");
  ASSERT_EQ(ledger.rows.size(), 3U);
  EXPECT_EQ(cell(ledger, 2, "replication"), Cell(std::int64_t{2}));
  EXPECT_EQ(cell(ledger, 2, "citizens"), Cell(std::int64_t{15}));
  EXPECT_EQ(text(ledger, 2, "from"), "traditional");
  EXPECT_EQ(text(ledger, 2, "agency"), "tax");
}

TEST_F(ProvinceTables, OneReplicationGivesNoEstimateAndSaysWhy) {
  const auto one = sample_trials(1);
  const auto tables = make_tables({scenario_, one});
  for (const Table& table : tables) {
    for (std::size_t i = 0; i < table.header.columns.size(); ++i) {
      const auto& [name, kind] = std::pair(table.header.columns[i].name, table.header.columns[i].kind);
      if (!name.ends_with("_mean") && name != "mean" && kind != ColumnKind::quantile && !is_bound(kind))
        continue;
      for (const Row& row : table.rows) EXPECT_EQ(row[i], Cell()) << table.header.name << '.' << name;
    }
  }
  const Table& summary = named(tables, "summary");
  for (std::size_t i = 0; i < summary.rows.size(); ++i)
    EXPECT_THAT(text(summary, i, "note"), ::testing::HasSubstr("one replication"));
  EXPECT_FALSE(named(tables, "ledger").rows.empty()) << "an account is not an estimate";
}

TEST_F(ProvinceTables, DoNotDependOnTheThreads) {
  const auto again = make_tables({scenario_, trials_}, 3);
  ASSERT_EQ(again.size(), tables_.size());
  for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(csv_text(again[i]), csv_text(tables_[i]));
}

TEST(StationTables, DependOnDays) {
  const std::vector<TrialResult> trials{sample_station_trial(0), sample_station_trial(1)};
  const Scenario by_days = sample_stations(true), unbroken = sample_stations(false);
  EXPECT_THAT(
      names(make_tables({by_days, trials})),
      ElementsAre("summary", "stations", "streams", "targets", "hours", "days", "station_periods", "theory"));
  EXPECT_THAT(names(make_tables({unbroken, trials})),
              ElementsAre("summary", "stations", "streams", "targets", "theory"));
}

TEST(StationTables, KeepStreamsApart) {
  const std::vector<TrialResult> trials{sample_station_trial(0), sample_station_trial(1)};
  const Scenario scenario = sample_stations(true);
  const auto tables = make_tables({scenario, trials});
  const Table& streams = named(tables, "streams");
  ASSERT_EQ(streams.rows.size(), 4U);
  EXPECT_EQ(text(streams, 3, "station"), "second");
  EXPECT_EQ(text(streams, 3, "stream"), "urgent");
  EXPECT_EQ(cell(streams, 3, "priority"), Cell(std::int64_t{-3}));
  EXPECT_DOUBLE_EQ(number(streams, 3, "arrived_mean"), 45);
  // Days are summed over the channels' slots.
  EXPECT_EQ(named(tables, "days").rows.size(), 3U);
  for (const Table& table : tables)
    for (const Row& row : table.rows) EXPECT_EQ(row.size(), table.header.columns.size()) << table.header.name;
}

}  // namespace
}  // namespace pishkhan::tables_test
