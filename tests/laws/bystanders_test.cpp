// A change to the province moves those whom it concerns, and nobody else. Concerned is who comes to an
// office, or leaves one, that opens, closes or gets a service. Rows of tables are numbered anew in each test.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "models/demand/office_choice.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/province/position.hpp"
#include "models/trial/citizens/citizen_source.hpp"
#include "models/trial/result_bytes.hpp"
#include "tests/laws/small_scenarios.hpp"

namespace pishkhan::laws::bystanders_test {
namespace {

constexpr const char* kProvince = "scenarios/mazandaran/baseline.yaml";
constexpr const char* kSmall = "tests/scenarios/small/small.yaml";
constexpr const char* kTables[] = {"counties", "places", "agencies", "services", "offices", "counters"};

/// Place, service, number among those of the place and service.
using Person = std::tuple<std::string, std::string, std::uint32_t>;
struct FirstVisit {
  std::string station;
  Channel channel = Channel::traditional;
  std::uint8_t citizen_class = 0;
  bool lacks_papers = false;
  friend bool operator==(const FirstVisit&, const FirstVisit&) = default;
};
using Persons = std::map<Person, FirstVisit>;

std::vector<std::string> station_names(const Scenario& scenario) {
  const auto ids = station_ids(scenario);
  return {ids.begin(), ids.end()};
}

/// Citizens by closed office and where they went instead, and by how many metres that is farther for all.
using Diverted = std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::int64_t>>;

Diverted diverted(const Scenario& scenario, const std::vector<Diversion>& diversions) {
  const std::vector<std::string> stations = station_names(scenario);
  Diverted all;
  for (const Diversion& one : diversions) {
    all[{stations[one.office], one.station == kNoStation.value ? "" : stations[one.station]}] = {
        one.citizens, static_cast<std::int64_t>(one.station_metres - one.office_metres)};
  }
  return all;
}

/// The first visits of a working day. What closings did on it is added to `diversions`.
Persons persons(const Scenario& scenario, Diverted* diversions = nullptr) {
  const Plan plan(scenario);
  Totals totals(scenario, plan.data());
  DayCitizens created;
  CitizenSource source(scenario, plan.data(), draw_key(scenario.run.seed, 0));
  for (int number = 0; created.first_attempt_count == 0; ++number) {
    totals.diversions.clear();  // of those who failed online while all was closed
    source.create(day_of_run(scenario, number), false, totals, created);
  }
  const Province& province = *scenario.province;
  const std::vector<std::string> stations = station_names(scenario);
  Persons persons;
  const auto add = [&](const Attempt& attempt) {
    const Person person{province.places[attempt.place()].id, province.services[attempt.service()].id,
                        attempt.index};
    const bool is_new = persons
                            .emplace(person, FirstVisit{stations[attempt.station.index()], attempt.channel,
                                                        attempt.citizen_class, attempt.lacks_papers})
                            .second;
    EXPECT_TRUE(is_new) << "a citizen twice";
  };
  for (const FirstAttempt& first : created.first_attempts()) add(first.attempt(0));
  for (const Attempt& failed : created.online_failed) add(failed);
  std::vector<Diversion> found;
  for (const auto& [stations_of, diversion] : totals.diversions) found.push_back(diversion);
  if (diversions != nullptr) *diversions = diverted(scenario, found);
  return persons;
}

/// Tables of a province with other rows, in a folder of their own.
class ChangedTables {
 public:
  ChangedTables()
      : folder_(
            std::filesystem::temp_directory_path() /
            ("bystanders-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    std::filesystem::create_directories(folder_);
  }
  ~ChangedTables() { std::filesystem::remove_all(folder_); }
  ChangedTables(const ChangedTables&) = delete;
  ChangedTables& operator=(const ChangedTables&) = delete;

  /// Rewrites a table of the scenario's folder; `change` gets the rows below the header.
  void rewrite(const std::string& scenario, const std::string& table,
               const std::function<void(std::vector<std::string>&)>& change) {
    std::ifstream in(std::filesystem::path(scenario).parent_path() / (table + ".csv"));
    std::string header;
    std::getline(in, header);
    std::vector<std::string> rows;
    for (std::string row; std::getline(in, row);) rows.push_back(row);
    ASSERT_GT(rows.size(), 1u) << table;
    change(rows);
    const std::filesystem::path file = folder_ / (table + ".csv");
    std::ofstream out(file);
    out << header << '\n';
    for (const std::string& row : rows) out << row << '\n';
    overrides_.push_back("province." + table + "=" + file.string());
  }
  [[nodiscard]] const std::vector<std::string>& overrides() const { return overrides_; }

 private:
  std::filesystem::path folder_;
  std::vector<std::string> overrides_;
};

void shuffle_all(ChangedTables& tables, const std::string& scenario) {
  std::mt19937_64 random(11);
  for (const char* table : kTables) {
    tables.rewrite(scenario, table,
                   [&](std::vector<std::string>& rows) { std::shuffle(rows.begin(), rows.end(), random); });
  }
}

/// A row with another id, as new as an added one.
void add_like_first(std::vector<std::string>& rows) {
  rows.insert(rows.begin() + 1, "added-" + rows.front());
}

Scenario changed(const std::string& items) {
  return load_scenario_text("scenario: Changed\nbase: baseline.yaml\n" + items,
                            "scenarios/mazandaran/changed.yaml");
}

TEST(Bystanders, TheOrderOfRowsMovesNobody) {
  ChangedTables tables;
  shuffle_all(tables, kProvince);
  const Persons before = persons(load_scenario(kProvince));
  EXPECT_GT(before.size(), 20'000u);
  EXPECT_TRUE(persons(load_scenario(kProvince, tables.overrides())) == before);
}

/// Not only who comes where, but all that happens there, in returns and later days too.
TEST(Bystanders, TheOrderOfRowsChangesNoVisit) {
  ChangedTables tables;
  shuffle_all(tables, kSmall);
  using Visit = std::tuple<DayNumber, std::uint32_t, std::string, Outcome, double, double>;
  const auto time = [](double s) { return std::isnan(s) ? -1.0 : s; };  // of online attempts
  const auto visits = [&](const Scenario& of) {
    const std::vector<std::string> stations = station_names(of);
    std::map<std::pair<DayNumber, Person>, std::set<Visit>> of_person;
    for (const VisitRecord& visit : simulate(of).visits) {
      const Person person{of.province->places[visit.place.index()].id,
                          of.province->services[visit.service.index()].id, visit.index};
      of_person[{visit.origin_day, person}].emplace(
          visit.day, visit.attempt, visit.station == kNoStation ? "" : stations[visit.station.index()],
          visit.outcome, time(visit.arrival_s), time(visit.end_s));
    }
    return of_person;
  };
  Scenario scenario = load_scenario(kSmall), shuffled = load_scenario(kSmall, tables.overrides());
  scenario.visits.share = shuffled.visits.share = 1;
  const auto before = visits(scenario);
  EXPECT_GT(before.size(), 2'000u);
  EXPECT_TRUE(visits(shuffled) == before);
}

/// Neither a sum over stations nor the choice of what is audited depends on the order of offices and
/// counters.
TEST(Bystanders, TheOrderOfStationsChangesNoBit) {
  ChangedTables tables;
  std::mt19937_64 random(12);
  for (const char* table : {"offices", "counters"}) {
    tables.rewrite(kProvince, table,
                   [&](std::vector<std::string>& rows) { std::shuffle(rows.begin(), rows.end(), random); });
  }
  std::vector<std::string> bytes;
  for (const auto& overrides : {std::vector<std::string>(), tables.overrides()}) {
    Scenario scenario = load_scenario(kProvince, overrides);
    scenario.run.start += 31;  // past the holidays of the new year
    scenario.run.days = 2;
    const Plan plan(scenario);
    bytes.push_back(to_bytes(run_trial(plan, 0)));
  }
  EXPECT_TRUE(bytes[0] == bytes[1]);
}

TEST(Bystanders, AddedServicesAndPlacesMoveNobody) {
  ChangedTables tables;
  tables.rewrite(kProvince, "services", add_like_first);
  tables.rewrite(kProvince, "places", add_like_first);
  const Persons before = persons(load_scenario(kProvince));
  const Persons after = persons(load_scenario(kProvince, tables.overrides()));
  EXPECT_GT(after.size(), before.size() + 10);
  for (const auto& [person, visit] : before) {
    const auto found = after.find(person);
    ASSERT_TRUE(found != after.end());
    ASSERT_TRUE(found->second == visit) << visit.station << " to " << found->second.station;
  }
}

/// Whoever moves comes to one of the stations, or leaves one.
void expect_only_concerned(const Persons& before, const Persons& after,
                           const std::function<bool(const std::string&)>& comes_to,
                           const std::function<bool(const std::string&)>& leaves) {
  ASSERT_EQ(before.size(), after.size());
  std::size_t moved = 0;
  for (const auto& [person, was] : before) {
    const FirstVisit& is = after.at(person);
    EXPECT_EQ(was.channel, is.channel);
    EXPECT_EQ(was.lacks_papers, is.lacks_papers);
    const bool concerned = comes_to(is.station) || leaves(was.station);
    ASSERT_EQ(was.station != is.station, concerned) << was.station << " to " << is.station;
    moved += was.station != is.station;
  }
  EXPECT_GT(moved, 5u);
}

bool nowhere(const std::string&) { return false; }

TEST(Bystanders, OpenedOfficesTakeOnlyThoseWhoComeToThem) {
  const std::string one = "open_offices:\n  - {id: new-b, place: sari, clerks: 4}\n";
  const Persons none = persons(load_scenario(kProvince)), with_one = persons(changed(one));
  expect_only_concerned(
      none, with_one, [](const auto& id) { return id == "new-b"; }, nowhere);
  const Persons with_two = persons(changed(one + "  - {id: new-a, place: sari, clerks: 3}\n"));
  expect_only_concerned(
      with_one, with_two, [](const auto& id) { return id == "new-a"; }, nowhere);
  const Persons other_order =
      persons(changed("open_offices:\n  - {id: new-a, place: sari, clerks: 3}\n"
                      "  - {id: new-b, place: sari, clerks: 4}\n"));
  EXPECT_TRUE(with_two == other_order);
}

TEST(Bystanders, AClosedOfficeLosesOnlyItsOwn) {
  const std::string opened = "open_offices:\n  - {id: new, place: sari, clerks: 4}\n";
  const Persons before = persons(changed(opened));
  const Persons after = persons(changed(opened + "close_offices:\n  - {at: {office: sari-u-001}}\n"));
  expect_only_concerned(before, after, nowhere, [](const auto& id) { return id == "sari-u-001"; });
}

/// From the residents of a place to a station, in km.
double way_km(const Province& province, PlaceId from, const std::string& station) {
  const Place& place = province.places[from.index()];
  for (const Office& office : province.offices)
    if (office.id == station) return distance_to_office_km(province, from, office);
  for (const Counter& counter : province.counters) {
    const County& county = province.counties[counter.county.index()];
    const double km = distance_km(place.latitude, place.longitude, county.latitude, county.longitude);
    if (counter.id == station) return distance_from_disc_km(km, place.radius_km);
  }
  ADD_FAILURE() << station;
  return 0;
}

std::int64_t metres(const Scenario& scenario, const std::string& place, const std::string& station) {
  const Province& province = *scenario.province;
  for (std::size_t p = 0; p < province.places.size(); ++p)
    if (province.places[p].id == place) return std::llround(1000 * way_km(province, PlaceId(p), station));
  ADD_FAILURE() << place;
  return 0;
}

/// Those who are counted as a closed office's are exactly those who went to it when it was open, and they are
/// counted at the station to which each of them went.
TEST(Bystanders, AClosedOfficesCitizensAreCountedWhereTheyWent) {
  const std::string opened = "open_offices:\n  - {id: new, place: sari, clerks: 4}\n";
  for (const std::string closed :
       {"[sari-u-001]", "[sari-u-001, sari-u-002, new, amol-r-001, ramsar-u-001]", "rural"}) {
    const std::string at = closed == "rural" ? "{kind: rural}" : "{office: " + closed + '}';
    const Scenario scenario = changed(opened);
    const Persons before = persons(scenario);
    Diverted counted, expected;
    const Persons after = persons(changed(opened + "close_offices:\n  - {at: " + at + "}\n"), &counted);
    for (const auto& [person, was] : before) {
      const auto now = after.find(person);
      const std::string station = now == after.end() ? "" : now->second.station;
      if (station == was.station) continue;
      auto& [citizens, extra] = expected[{was.station, station}];
      ++citizens;
      extra -= metres(scenario, std::get<0>(person), was.station);
      if (!station.empty()) extra += metres(scenario, std::get<0>(person), station);
    }
    EXPECT_GT(expected.size(), 5u) << closed;
    EXPECT_TRUE(counted == expected) << closed;
  }
}

/// Over days, with citizens who come again: who was to come to the office when it closed is counted too.
TEST(Bystanders, AClosingDuringTheRunCountsThoseWhoWereToComeAgain) {
  const auto run = [](const std::string& closing) {
    Scenario scenario = load_scenario_text("scenario: Changed\nbase: small.yaml\n" + closing,
                                           "tests/scenarios/small/changed.yaml");
    for (Service& service : scenario.province->services) {
      service.rework = 0.3;
      service.online_failure = 0;  // who fails on the last day comes after the run
    }
    scenario.visits.share = 1;
    return std::pair(scenario, simulate(scenario));
  };
  const auto [without, before] = run("");
  const std::string closed = without.province->offices[0].id;
  const DayNumber starts = without.run.start + 5;
  const auto [with, after] = run("close_offices:\n  - {at: {office: " + closed +
                                 "}, starts: " + format_date(starts, CalendarKind::gregorian) + "}\n");
  using Citizen = std::tuple<DayNumber, std::uint32_t, std::uint32_t, std::uint32_t>;
  const auto citizen = [](const VisitRecord& visit) {
    return Citizen{visit.origin_day, visit.place.value, visit.service.value, visit.index};
  };
  std::set<Citizen> its_own;
  std::size_t again = 0;
  for (const VisitRecord& visit : before.visits) {
    if (visit.day < starts || visit.station != StationIndex(0) || !its_own.insert(citizen(visit)).second)
      continue;
    again += visit.origin_day < starts;
  }
  EXPECT_GT(again, 0u);
  std::map<Citizen, std::string> went;
  const std::vector<std::string> stations = station_names(with);
  for (const VisitRecord& visit : after.visits) {
    if (visit.day >= starts && visit.station != kNoStation && its_own.contains(citizen(visit)))
      went.emplace(citizen(visit), stations[visit.station.index()]);
  }
  EXPECT_EQ(went.size(), its_own.size());
  std::map<std::string, std::size_t> expected, counted;
  for (const auto& [who, station] : went) ++expected[station];
  for (const auto& [offices, number] : diverted(with, after.result.diversions)) {
    EXPECT_EQ(offices.first, closed);
    counted[offices.second] = number.first;
  }
  EXPECT_EQ(counted, expected);
  EXPECT_TRUE(before.result.diversions.empty());
}

TEST(Bystanders, AnAuthorisationMovesOnlyThoseWhoComeToWhoMayNow) {
  const Scenario scenario = load_scenario(kProvince);
  std::set<std::string> rural;
  std::string service;
  double most = 0;
  for (const Office& office : scenario.province->offices)
    if (office.kind == Kind::rural) rural.insert(office.id);
  for (const Service& candidate : scenario.province->services) {
    const double visits = candidate.visits_per_1000_a_year[1];
    if (candidate.at_rural_offices || candidate.lowest_rank != 2 || visits <= most) continue;
    service = candidate.id;
    most = visits;
  }
  const Persons before = persons(scenario);
  const Persons after = persons(changed("authorise:\n  - {services: [" + service + "], rural: true}\n"));
  ASSERT_EQ(before.size(), after.size());
  std::size_t moved = 0;
  for (const auto& [person, was] : before) {
    const FirstVisit& is = after.at(person);
    if (was == is) continue;
    ++moved;
    ASSERT_EQ(std::get<1>(person), service);
    ASSERT_TRUE(rural.contains(is.station)) << is.station;
    ASSERT_FALSE(rural.contains(was.station)) << was.station;
  }
  EXPECT_GT(moved, 5u);
}

/// An office's row is one of the province's own: who has it within reach may choose anew, and nobody else.
TEST(Bystanders, AnAddedOfficeMovesNobodyBeyondItsReach) {
  ChangedTables tables;
  tables.rewrite(kProvince, "offices", add_like_first);
  const Scenario scenario = load_scenario(kProvince), more = load_scenario(kProvince, tables.overrides());
  const Office& added = *std::ranges::find_if(
      more.province->offices, [](const Office& office) { return office.id.starts_with("added-"); });
  std::set<std::string> within;
  for (const Place& place : scenario.province->places) {
    const double km = distance_km(place.latitude, place.longitude, added.latitude, added.longitude);
    if (km <= scenario.choice.within_km) within.insert(place.id);
  }
  ASSERT_LT(within.size(), scenario.province->places.size() / 2);
  const Persons before = persons(scenario), after = persons(more);
  ASSERT_EQ(before.size(), after.size());
  std::size_t moved = 0;
  for (const auto& [person, was] : before) {
    const FirstVisit& is = after.at(person);
    moved += was != is;
    ASSERT_TRUE(was == is || within.contains(std::get<0>(person))) << was.station << " to " << is.station;
  }
  EXPECT_GT(moved, 5u);
}

}  // namespace
}  // namespace pishkhan::laws::bystanders_test
