// What a scenario adds to the tables of its base.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::added_test {
namespace {

Scenario small(const std::vector<std::string>& overrides) {
  return load_scenario("tests/scenarios/small/small.yaml", overrides);
}

std::string bytes(const Scenario& scenario) {
  const TrialResult trial = run_trial(Plan(scenario), 0);
  EXPECT_TRUE(trial.audit.passed()) << trial.audit.failures.front();
  return to_bytes(trial);
}

const std::string kService =
    "add_services=[{id: address-copy, like: address-change, agency: post, "
    "visits_per_1000: {urban: 40, rural: 20}, channels: {traditional: 25%, office: 50%, online: 25%}}]";

TEST(Added, ServicesAreAsRowsOfATable) {
  const Scenario in_yaml = small({kService});
  const Scenario in_table = small({"province.more_services=tests/scenarios/small/_more-services.csv"});
  ASSERT_EQ(in_yaml.province->services.size(), 4U);
  const TrialResult trial = run_trial(Plan(in_yaml), 0);
  EXPECT_GT(trial.citizens[3 * kChannels].created, 0U);
  EXPECT_EQ(bytes(in_yaml), bytes(in_table));
}

// All draws are keyed by ids.
TEST(Added, ServicesLeaveOtherCitizensAsTheyWere) {
  const Scenario before = small({}), after = small({kService});
  const TrialResult one = run_trial(Plan(before), 0), other = run_trial(Plan(after), 0);
  for (std::size_t k = 0; k < one.citizens.size(); ++k)
    EXPECT_EQ(one.citizens[k].created, other.citizens[k].created);
}

TEST(Added, AgenciesAndCountersAreAsRowsOfTables) {
  const std::string service =
      "add_services=[{id: permit, like: address-change, agency: zoning, "
      "channels: {traditional: 100%, office: 0%, online: 0%}}]";
  const Scenario in_yaml =
      small({service, "add_agencies=[{id: zoning, name: Zoning, name_fa: شهرسازی, cores: 4}]",
             "add_counters=[{agency: zoning, county: babol, clerks: 2, room: 30}]"});
  const Scenario in_table = small({service, "province.more_agencies=tests/scenarios/small/_more-agencies.csv",
                                   "province.more_counters=tests/scenarios/small/_more-counters.csv"});
  ASSERT_EQ(in_yaml.province->counters.size(), 4U);
  EXPECT_EQ(in_yaml.province->counters.back().id, "zoning@babol");
  const TrialResult trial = run_trial(Plan(in_yaml), 0);
  EXPECT_GT(trial.stations.back().served, 0U);
  EXPECT_EQ(bytes(in_yaml), bytes(in_table));
}

/// By citizen, the station of the first visit to one.
std::map<std::tuple<DayNumber, std::uint32_t, std::uint32_t, std::uint32_t>, std::string> first_stations(
    const Scenario& scenario) {
  std::map<std::tuple<DayNumber, std::uint32_t, std::uint32_t, std::uint32_t>, std::string> stations;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> visits) {
    for (const VisitRecord& visit : visits) {
      if (visit.attempt > 0 || visit.station == kNoStation) continue;
      const std::size_t offices = scenario.province->offices.size(), station = visit.station.index();
      stations[{visit.origin_day, visit.place.value, visit.service.value, visit.index}] =
          station < offices ? scenario.province->offices[station].id
                            : scenario.province->counters[station - offices].id;
    }
  };
  run_trial(Plan(scenario), 0, options);
  return stations;
}

TEST(Added, OfficesMoveOnlyThoseWhoGoToThem) {
  const auto before = first_stations(small({"output.visits=all"})),
             after = first_stations(small(
                 {"output.visits=all", "province.more_offices=tests/scenarios/small/_more-offices.csv"}));
  ASSERT_EQ(before.size(), after.size());
  std::size_t moved = 0;
  for (const auto& [citizen, station] : after) {
    moved += station == "sari-u-003";
    if (station != "sari-u-003") EXPECT_EQ(before.at(citizen), station);
  }
  EXPECT_GT(moved, 50U);
}

// The usual way is that with the offices of the tables, these among them.
TEST(Added, OfficesOfATableBringNoVisitsByTheirDistance) {
  const auto created = [](const std::vector<std::string>& overrides) {
    std::vector<std::uint64_t> citizens;
    for (const CitizenTally& cell : run_trial(Plan(small(overrides)), 0).citizens)
      citizens.push_back(cell.created);
    return citizens;
  };
  const std::string elasticity = "demand.distance_elasticity=0.5",
                    in_table = "province.more_offices=tests/scenarios/small/_more-offices.csv",
                    in_yaml = "open_offices=[{id: sari-u-003, place: sari, clerks: 9, rank: 1}]";
  EXPECT_EQ(created({in_table}), created({in_table, elasticity}));
  EXPECT_NE(created({in_yaml}), created({in_yaml, elasticity}));
}

TEST(Added, DigitalAccessCapsTheWeb) {
  const Scenario scenario =
      small({"digital_access=[{share: 5%, kind: urban, county: sari}]",
             "migrations=[{id: web, services: [address-change], from: office, to: online, "
             "share: 100%}]"});
  std::size_t zones = 0;
  for (const Zone& zone : scenario.province->zones) {
    const bool changed = zone.id == "sari-urban";
    zones += changed;
    EXPECT_EQ(zone.digital_access == 0.05, changed) << zone.id;
  }
  EXPECT_EQ(zones, 1U);
  const Scenario before =
      small({"migrations=[{id: web, services: [address-change], from: office, to: online, "
             "share: 100%}]"});
  const auto online = [](const Scenario& of) {
    return run_trial(Plan(of), 0).citizens[1 * kChannels + static_cast<std::size_t>(Channel::online)].created;
  };
  EXPECT_LT(online(scenario), online(before));
}

TEST(Added, ATableInPlaceOfABasesIsNoticed) {
  const auto noticed = [](const std::string& more) {
    const Scenario scenario =
        load_scenario_text("scenario: More\nbase: _more.yaml\n" + more, "tests/scenarios/small/text.yaml");
    return std::any_of(scenario.notices.begin(), scenario.notices.end(),
                       [](const Notice& notice) { return notice.key == "notice.more_replaces"; });
  };
  EXPECT_FALSE(noticed(""));
  EXPECT_FALSE(noticed("province: {more_agencies: _more-agencies.csv}\n"));
  EXPECT_TRUE(noticed("province: {more_agencies: _other-agencies.csv}\n"));
}

TEST(Added, NothingIsCalledAll) {
  try {
    small({"add_agencies=[{id: all, cores: 2}]", "add_services=[{id: all, like: parcel}]"});
    FAIL();
  } catch (const UserError& error) {
    ASSERT_EQ(error.diagnostics().size(), 2U);
    EXPECT_EQ(error.diagnostics()[0].problem, "`all` stands for every agency");
    EXPECT_EQ(error.diagnostics()[1].problem, "`all` stands for every service");
  }
}

TEST(Added, ATableExtendsButDoesNotRepeat) {
  try {
    small({"province.more_services=tests/scenarios/small/services.csv"});
    FAIL();
  } catch (const UserError& error) {
    ASSERT_EQ(error.diagnostics().size(), 3U);
    EXPECT_EQ(error.diagnostics().front().hint, "the first is in the table that this one extends");
  }
}

}  // namespace
}  // namespace pishkhan::added_test
