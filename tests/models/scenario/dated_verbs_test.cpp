// Verbs that hold on days, at stations or of residents: what they make of the scenario.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"
#include "tests/support/notices.hpp"

namespace pishkhan::dated_verbs_test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

Scenario load(const std::string& verbs) {
  return load_scenario_text("scenario: Dated\nbase: small.yaml\nrun: {start: 1395-02-01, days: 30}\n" + verbs,
                            "tests/scenarios/small/dated.yaml");
}

const Office& office(const Scenario& scenario, const std::string& id) {
  for (const Office& one : scenario.province->offices)
    if (one.id == id) return one;
  throw std::out_of_range(id);
}

const StationRules& rules(const Scenario& scenario, const std::string& id) {
  return office(scenario, id).rules;
}

std::size_t service(const Scenario& scenario, const std::string& id) {
  const auto& services = scenario.province->services;
  return static_cast<std::size_t>(
      std::find_if(services.begin(), services.end(), [&](const Service& one) { return one.id == id; }) -
      services.begin());
}

DayNumber on(int month, int day) { return *from_solar_hijri({1395, month, day}); }

constexpr std::size_t kSaturday = 0, kThursday = 5, kFriday = 6;
const Intervals kMorning{{8 * 3600.0, 12 * 3600.0}}, kRamadan{{9 * 3600.0, 13 * 3600.0}};

std::vector<std::string> notices(const Scenario& scenario) {
  std::vector<std::string> texts;
  for (const Notice& notice : scenario.notices) texts.push_back(tests::english(notice));
  return texts;
}

/// The clerks' shifts on a day; groups of other days have none.
std::vector<Intervals> shifts(const StationRules& rules, DayNumber day, std::size_t weekday) {
  std::vector<Intervals> all;
  for (const ClerkGroup& group : rules.groups)
    if (group.from_day <= day && day < group.until_day) all.push_back(group.shifts[weekday]);
  return all;
}

TEST(DatedHours, AMapOfWeekdaysChangesTheseAlone) {
  const Scenario before = load(""),
                 after = load("hours:\n  - {at: offices, hours: {thursday: 08:00-12:00}}\n");
  WeekHours expected = rules(before, "sari-u-001").doors;
  expected[kThursday] = kMorning;
  EXPECT_EQ(rules(after, "sari-u-001").doors, expected);
  EXPECT_EQ(rules(after, "sari-u-001").groups[0].shifts, expected);
  EXPECT_THAT(notices(after), Not(Contains(HasSubstr("closes on"))));
  const Scenario closed =
      load("hours:\n  - {at: offices, hours: {thursday: closed, every-day: 08:00-12:00}}\n");
  EXPECT_EQ(rules(closed, "sari-u-001").doors[kSaturday], kMorning);
  EXPECT_TRUE(rules(closed, "sari-u-001").doors[kThursday].empty());
  EXPECT_THAT(notices(closed), Contains(HasSubstr("closes on Thursday")));
}

TEST(DatedHours, HoldOnTheirDaysAndClerksHaveThem) {
  const Scenario scenario = load(
      "hours:\n  - {at: offices, hours: {saturday-wednesday: 09:00-13:00}, starts: 1395-02-10, ends: "
      "1395-02-19}\n"
      "  - {at: {office: sari-u-001}, hours: {thursday: 08:00-12:00}, starts: 1395-02-15}\n"
      "staffing:\n  - {at: {office: sari-u-001}, clerks: +1, starts: 1395-02-12}\n");
  const StationRules& here = rules(scenario, "sari-u-001");
  const WeekHours usual = rules(load(""), "sari-u-001").doors;
  EXPECT_EQ(here.doors_on(on(2, 9)), usual);
  EXPECT_EQ(here.doors_on(on(2, 10))[kSaturday], kRamadan);
  EXPECT_EQ(here.doors_on(on(2, 10))[kThursday], usual[kThursday]);
  EXPECT_EQ(here.doors_on(on(2, 15))[kSaturday], kRamadan) << "two items, of other weekdays, on one day";
  EXPECT_EQ(here.doors_on(on(2, 15))[kThursday], kMorning);
  EXPECT_EQ(here.doors_on(on(2, 20))[kSaturday], usual[kSaturday]) << "after the last day";
  EXPECT_EQ(here.doors_on(on(2, 20))[kThursday], kMorning);
  EXPECT_EQ(here.door_changes(on(2, 1), on(2, 30)),
            (std::vector<DayNumber>{on(2, 10), on(2, 15), on(2, 20)}));
  for (const DayNumber day : {on(2, 1), on(2, 10), on(2, 13), on(2, 16), on(2, 25)}) {
    for (const std::size_t weekday : {kSaturday, kThursday}) {
      const auto all = shifts(here, day, weekday);
      ASSERT_EQ(all.size(), 1U);
      EXPECT_EQ(all[0], here.doors_on(day)[weekday]) << day << ' ' << weekday;
    }
    int clerks = 0;
    for (const ClerkGroup& group : here.groups)
      clerks += group.from_day <= day && day < group.until_day ? group.clerks : 0;
    EXPECT_EQ(clerks, day < on(2, 12) ? 4 : 5);
  }
  EXPECT_EQ(scenario.changes[0].counted_days, 7) << "no Thursday, and no Friday";
  EXPECT_EQ(scenario.changes[0].reached, 5);
}

TEST(DatedHours, AddedClerksHaveTheDoorsOfTheirDays) {
  const Scenario scenario = load(
      "hours:\n  - {at: {office: sari-u-001}, hours: {saturday-wednesday: 09:00-13:00}, starts: 1395-02-10, "
      "ends: 1395-02-19}\n"
      "staffing:\n  - {at: {office: sari-u-001}, clerks: +1, speed: 2}\n"
      "  - {at: {office: sari-u-002}, clerks: [{from: 08:00, to: 14:00, clerks: 2}]}\n");
  for (const DayNumber day : {on(2, 1), on(2, 12), on(2, 25)}) {
    const StationRules& here = rules(scenario, "sari-u-001");
    const auto all = shifts(here, day, kSaturday);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1], here.doors_on(day)[kSaturday]);
  }
}

TEST(DatedHours, OfAllDaysReachOverThoseOfSome) {
  const Scenario scenario = load(
      "hours:\n  - {at: {office: sari-u-001}, hours: 09:00-13:00, starts: 1395-02-10, ends: 1395-02-19}\n"
      "  - {at: {office: sari-u-001}, hours: {friday: 08:00-12:00}, brings: 20%}\n");
  const StationRules& here = rules(scenario, "sari-u-001");
  for (const DayNumber day : {on(2, 1), on(2, 12), on(2, 25)}) {
    EXPECT_EQ(here.doors_on(day)[kFriday], kMorning);
    EXPECT_EQ(here.brings_on(day)[kFriday], 0.2);
    EXPECT_EQ(here.brings_on(day)[kSaturday], 0);
  }
  EXPECT_EQ(here.doors_on(on(2, 12))[kSaturday], kRamadan);
}

TEST(DatedHours, SayWhenTheyBringNobody) {
  const auto with = [](const std::string& more) {
    return notices(load("hours:\n  - {at: offices, hours: " + more + "}\n"));
  };
  EXPECT_THAT(with("{friday: 08:00-12:00}, starts: 1395-02-03, ends: 1395-02-20"),
              Contains(HasSubstr("opens on Friday, when `demand.weekday` is 0")));
  EXPECT_THAT(with("{friday: 08:00-12:00}, brings: 30%"),
              Not(Contains(HasSubstr("this brings no new demand"))));
  EXPECT_THAT(with("{thursday: 08:00-14:00}"),
              Contains(HasSubstr("opens for longer: as many citizens come")));
  EXPECT_THAT(with("{thursday: 08:00-14:00}, brings: 5%"), Not(Contains(HasSubstr("opens for longer"))));
  EXPECT_THAT(with("{thursday: 09:00-11:00}"), Not(Contains(HasSubstr("opens for longer"))));
  EXPECT_THAT(with("{thursday: 09:00-11:00}, starts: 1396-01-01"),
              Contains(HasSubstr("begins after the run")));
}

TEST(DatedAbsence, HoldsOnItsDays) {
  const Scenario scenario = load(
      "absence:\n  - {at: offices, probability: 2%}\n"
      "  - {at: {office: sari-u-001}, probability: 30%, starts: 1395-02-10, ends: 1395-02-12}\n");
  const auto absence = [&](DayNumber day) {
    for (const ClerkGroup& group : rules(scenario, "sari-u-001").groups)
      if (group.from_day <= day && day < group.until_day) return group.absence;
    return -1.0;
  };
  EXPECT_EQ(absence(on(2, 9)), 0.02);
  EXPECT_EQ(absence(on(2, 10)), 0.3);
  EXPECT_EQ(absence(on(2, 12)), 0.3);
  EXPECT_EQ(absence(on(2, 13)), 0.02);
}

TEST(DatedAuthority, HoldsOnItsDays) {
  const Scenario scenario = load(
      "authorise:\n  - {services: [birth-certificate], at: {office: sari-r-001}, starts: 1395-02-10, ends: "
      "1395-02-19}\n"
      "  - {services: [birth-certificate], lowest_rank: 2, starts: 1395-02-15}\n");
  const std::size_t id = service(scenario, "birth-certificate");
  const Service& certificate = scenario.province->services[id];
  const auto may = [&](const char* where, DayNumber day) {
    return may_give(office(scenario, where), certificate, ServiceId(id), day);
  };
  EXPECT_FALSE(may("sari-r-001", on(2, 9)));
  EXPECT_TRUE(may("sari-r-001", on(2, 10)));
  EXPECT_FALSE(may("sari-r-001", on(2, 20)));
  EXPECT_FALSE(may("sari-u-002", on(2, 14))) << "of rank 2";
  EXPECT_TRUE(may("sari-u-002", on(2, 15)));
  EXPECT_TRUE(may_give(office(scenario, "sari-u-002"), certificate, ServiceId(id)));
  EXPECT_EQ(authorisation_changes(*scenario.province),
            (std::vector<DayNumber>{on(2, 10), on(2, 15), on(2, 20), INT32_MAX}));
}

TEST(DatedMigrations, AreOfResidents) {
  const Scenario scenario = load(
      "migrations:\n  - {services: [parcel], from: traditional, to: office, share: 50%, county: sari, kind: "
      "rural, "
      "starts: 1395-02-10, ends: 1395-02-19}\n");
  const Migration& migration = scenario.migrations.at(0);
  ASSERT_EQ(migration.zones.size(), 1U);
  EXPECT_EQ(scenario.province->zones[migration.zones[0].index()].id, "sari-rural");
  EXPECT_EQ(migration.until_day, on(2, 20));
}

}  // namespace
}  // namespace pishkhan::dated_verbs_test
