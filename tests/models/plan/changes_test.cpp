#include "models/plan/changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/support/notices.hpp"

namespace pishkhan::changes_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Scenario load(const std::string& more, const std::string& run = "{start: 1395-02-01, days: 10}") {
  return load_scenario_text("scenario: Changed\nbase: small.yaml\nrun: " + run + "\n" + more,
                            "tests/scenarios/small/changed.yaml");
}

std::vector<std::string> texts(const std::vector<Notice>& notices) {
  std::vector<std::string> texts;
  for (const Notice& notice : notices) texts.push_back(tests::english(notice));
  return texts;
}

Change change_of(const Scenario& scenario, const std::string& verb, std::size_t number = 0) {
  for (const Change& change : find_changes(Plan(scenario)))
    if (change.verb == verb && number-- == 0) return change;
  throw std::out_of_range(verb);
}

TEST(Authorise, NamedOfficesKeepAServiceThatIsLaterTakenFromTheirRank) {
  const Scenario scenario = load(R"(
authorise:
  - {services: [birth-certificate], lowest_rank: 2}
  - {services: [birth-certificate], at: {office: [sari-u-002, sari-r-001]}}
  - {services: [birth-certificate], lowest_rank: 1, rural: false}
)");
  const Province& province = *scenario.province;
  for (const Office& office : province.offices) {
    const bool named = office.id == "sari-u-002" || office.id == "sari-r-001";
    if (named) EXPECT_TRUE(may_give(office, province.services[0], ServiceId(0))) << office.id;
  }
}

TEST(Changes, SayWhatWasAskedAndReached) {
  const Scenario scenario = load(R"(
open_offices:
  - {id: new, place: sari, clerks: 1, starts: 1395-02-05}
close_offices:
  - {at: {office: [sari-u-002, babol-u-001]}}
  - {at: {office: [sari-u-002, sari-r-001]}}
hours:
  - {at: {office: sari-r-001}, hours: {saturday-wednesday: 08:00-14:00, thursday: 08:00-14:00}}
  - {at: {office: sari-u-001}, hours: {saturday-wednesday: 08:00-14:00}}
  - {at: {office: sari-u-001}, hours: {thursday: 08:00-10:00}, starts: 1395-02-04, ends: 1395-02-07}
staffing:
  - {at: {kind: urban}, clerks: +1}
  - {at: {office: [sari-u-001, sari-u-002]}, clerks: 5, starts: 1395-02-03}
absence:
  - {at: offices, probability: 0%}
authorise:
  - {services: all, rural: true}
handling:
  - {services: [parcel], factor: 0.5}
systems:
  - {agency: all, cores: +50%}
)");
  const auto reached = [&](const std::string& verb, std::size_t number = 0) {
    const Change change = change_of(scenario, verb, number);
    return std::pair(change.asked, change.reached);
  };
  EXPECT_EQ(reached("open_offices"), std::pair(1.0, 1.0));
  EXPECT_EQ(reached("close_offices", 0), std::pair(2.0, 2.0));
  EXPECT_EQ(reached("close_offices", 1), std::pair(2.0, 1.0)) << "one was closed already";
  EXPECT_EQ(reached("hours", 0), std::pair(1.0, 0.0)) << "the office is closed";
  EXPECT_EQ(reached("hours", 1), std::pair(1.0, 1.0));
  EXPECT_EQ(reached("hours", 2), std::pair(1.0, 0.0)) << "of a Thursday on days without one";
  EXPECT_EQ(change_of(scenario, "hours", 2).why, "it holds on no counted day");
  EXPECT_EQ(reached("staffing", 0), std::pair(4.0, 2.0)) << "the new office among them; two are closed";
  EXPECT_EQ(reached("staffing", 1), std::pair(1.0, 0.0)) << "5 + 4 clerks before, and the 4 are closed";
  EXPECT_EQ(reached("absence"), std::pair(6.0, 0.0));
  EXPECT_EQ(reached("authorise"), std::pair(3.0, 1.0));
  EXPECT_EQ(reached("handling"), std::pair(1.0, 1.0));
  EXPECT_EQ(reached("systems"), std::pair(8.0, 8.0));
}

TEST(Changes, OfAuthorisationsTellWhoMayAnywayAndWhoIsClosed) {
  const Scenario scenario = load(R"(
close_offices: [{at: {office: babol-r-001}}]
authorise:
  - {services: [birth-certificate], at: {office: [sari-u-001, sari-u-002, babol-r-001]}}
  - {services: [address-change, parcel], at: {office: sari-u-001}}
)");
  const Change some = change_of(scenario, "authorise", 0), none = change_of(scenario, "authorise", 1);
  EXPECT_EQ(std::pair(some.asked, some.reached), std::pair(3.0, 1.0));
  EXPECT_EQ(some.why, "some of the offices are closed");
  EXPECT_EQ(std::pair(none.asked, none.reached), std::pair(2.0, 0.0));
  EXPECT_EQ(none.why, "the others had them already");
  const auto notices = texts(scenario.notices);
  EXPECT_THAT(notices, Contains(HasSubstr("`authorise[0]` authorises services at `babol-r-001`, which is "
                                          "open on no counted day")));
  EXPECT_THAT(notices, Contains(HasSubstr("`authorise[0]` authorises `birth-certificate` at `sari-u-001`, "
                                          "which may give it anyway")));
  EXPECT_THAT(notices, Contains(HasSubstr("`authorise[1]` authorises 2 services of offices that these may "
                                          "give anyway, `address-change` at `sari-u-001` first")));
}

TEST(Changes, OfClerksAtClosedOfficesAreTold) {
  const Scenario scenario = load(R"(
close_offices:
  - {at: {office: sari-u-002}, starts: 1395-02-05}
  - {at: {office: babol-u-001}}
staffing:
  - {at: {kind: urban}, clerks: +1, starts: 1395-02-05}
  - {at: {office: sari-u-002}, clerks: +1}
absence: [{at: {office: babol-u-001}, probability: 10%}, {at: {kind: urban}, probability: 5%}]
)");
  const Change some = change_of(scenario, "staffing", 0), open_first = change_of(scenario, "staffing", 1);
  EXPECT_EQ(some.asked - some.reached, 2);
  EXPECT_EQ(some.why, "some of the offices are closed");
  EXPECT_EQ(open_first.asked, open_first.reached) << "it is open on the first days";
  EXPECT_EQ(change_of(scenario, "absence").reached, 0);
  const auto notices = texts(scenario.notices);
  EXPECT_THAT(notices,
              Contains(HasSubstr("`staffing[0]` changes clerks of 2 offices that are closed while it "
                                 "holds, `babol-u-001` first")));
  EXPECT_THAT(notices, Contains(HasSubstr("`absence[0]` changes clerks of `babol-u-001`, which is closed "
                                          "while it holds")));
  EXPECT_THAT(notices, Not(Contains(HasSubstr("`absence[1]`")))) << "nothing is lost of it";
}

TEST(Changes, SayOnHowManyCountedDaysTheyHold) {
  const Scenario scenario = load(R"(
close_offices: [{at: {office: sari-r-001}, starts: 1395-02-10}]
staffing:
  - {at: {kind: urban}, clerks: +1}
  - {at: {kind: urban}, clerks: +1, starts: 1395-02-05, ends: 1395-02-06}
  - {at: {kind: urban}, clerks: +1, starts: 1395-02-01, ends: 1395-02-02}
)",
                                 "{start: 1395-02-01, days: 12, warm_up_days: 2}");
  const auto days = [&](const char* verb, std::size_t number = 0) {
    return change_of(scenario, verb, number).counted_days;
  };
  EXPECT_EQ(days("close_offices"), 3);
  EXPECT_EQ(days("staffing", 0), 10);
  EXPECT_EQ(days("staffing", 1), 2);
  EXPECT_EQ(days("staffing", 2), 0) << "in the warm-up alone";
}

TEST(Changes, CountTheDaysOfSpecialDays) {
  const Scenario scenario = load("");
  // The fair has two dates in the run; spring ends on its first day; payment is the second.
  const auto changes = find_changes(Plan(scenario));
  ASSERT_EQ(changes.size(), 5U);
  EXPECT_EQ(changes[0].verb, "month");
  for (const Change& change : changes) {
    if (change.item == "fair") EXPECT_EQ(std::pair(change.asked, change.reached), std::pair(2.0, 2.0));
    if (change.item == "spring") EXPECT_EQ(change.reached, 1);
    if (change.item == "payment") EXPECT_EQ(change.reached, 1);
  }
}

TEST(Changes, CountTheDaysOfMonthsWithAFactor) {
  const std::string factors = "demand: {holidays: none, month: {farvardin: 1, esfand: 0, khordad: 1.5}}\n";
  const Scenario spring = load(factors, "{start: 1395-03-30, days: 4, warm_up_days: 1}");
  const Change khordad = change_of(spring, "month");
  EXPECT_EQ(khordad.item, "khordad");
  EXPECT_EQ(std::pair(khordad.asked, khordad.reached), std::pair(31.0, 1.0)) << "the thirtieth is warm-up";
  const Change mehr = change_of(spring, "month", 1);
  EXPECT_EQ(mehr.item, "mehr") << "from small.yaml";
  EXPECT_EQ(mehr.reached, 0);
  EXPECT_EQ(mehr.why, "none of them is counted and has demand");
  const Change esfand = change_of(spring, "month", 2);
  EXPECT_EQ(esfand.item, "esfand");
  EXPECT_EQ(esfand.asked, 30) << "1395 is a leap year";
  // Two Solar Hijri years are touched.
  const Change twice = change_of(load(factors, "{start: 1395-12-01, days: 40}"), "month", 2);
  EXPECT_EQ(std::pair(twice.asked, twice.reached), std::pair(30.0 + 29.0, 30.0)) << "nobody comes in esfand";
}

TEST(Changes, CountCitizensAsTheLedgerDoes) {
  const auto with_half = [](const std::string& times) {
    return load(R"(
migrations:
  - {id: web, services: [address-change], from: traditional, to: online, share: 100%}
  - {id: half, services: all, from: traditional, to: office, share: 50%, )" +
                    times + "}\n",
                "{start: 1395-02-01, days: 40, warm_up_days: 2}");
  };
  const Scenario scenario = with_half("starts: 1395-02-04, ramp: 3 d");
  const Plan plan(scenario);
  const Change web = change_of(scenario, "migrations", 0), half = change_of(scenario, "migrations", 1);
  EXPECT_EQ(web.item, "web");
  EXPECT_LT(web.reached, web.asked);
  EXPECT_THAT(web.why, HasSubstr("beyond the zones' digital access"));
  // It has 1/3 of its share on the day it begins, 2/3 on the next, and all from the third on.
  double begun_at_once = 0;
  for (const char* day : {"04", "05", "06"})
    begun_at_once += change_of(with_half("starts: 1395-02-" + std::string(day)), "migrations", 1).reached;
  EXPECT_NEAR(half.reached, begun_at_once / 3, 1e-9 * half.asked);
  EXPECT_LT(half.reached, half.asked);
  EXPECT_THAT(half.why, HasSubstr("before it begins, or while it grows"));
  // Poisson counts times the busyness of days; 20 replications.
  std::array<double, 2> moved{};
  constexpr std::uint32_t kReplications = 20;
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    for (const LedgerEntry& entry : run_trial(plan, i).ledger)
      moved[entry.migration] += static_cast<double>(entry.citizens) / kReplications;
  }
  EXPECT_NEAR(moved[0] / web.reached, 1, 0.03);
  EXPECT_NEAR(moved[1] / half.reached, 1, 0.03);
}

TEST(Changes, OutsideTheRunAreNoticed) {
  const Scenario scenario = load(R"(
demand:
  special_days:
    fair: {factor: 1.5, dates: [1396-02-05]}
open_offices:
  - {id: new, place: sari, clerks: 1, starts: 1396-02-05}
close_offices:
  - {at: {office: sari-u-002}, starts: 1396-02-05}
staffing:
  - {at: offices, clerks: +1, starts: 1396-02-05}
  - {at: offices, clerks: +1, starts: 1394-02-05, ends: 1394-02-07}
migrations:
  - {services: all, from: traditional, to: office, share: 50%, starts: 1396-02-05}
)");
  const std::string file = "tests/scenarios/small/changed.yaml:";
  EXPECT_THAT(texts(scenario.notices),
              ElementsAre(file + "9: `open_offices[0]` begins after the run",
                          file + "11: `close_offices[0]` begins after the run",
                          file + "13: `staffing[0]` begins after the run",
                          file + "14: `staffing[1]` is over before the run",
                          file + "16: `migrations[0]` begins after the run",
                          file + "7: no date of the special days `fair` is in the run"));
  for (const char* verb : {"open_offices", "close_offices", "staffing", "migrations"})
    EXPECT_EQ(change_of(scenario, verb).reached, 0) << verb;
  // What was asked is told all the same, and why the run has nothing of it.
  for (const char* verb : {"open_offices", "close_offices", "staffing", "migrations"}) {
    EXPECT_GT(change_of(scenario, verb).asked, 0) << verb;
    EXPECT_NE(change_of(scenario, verb).why, "") << verb;
  }
  EXPECT_EQ(change_of(scenario, "staffing", 1).asked, 6) << "the new office among them";
}

TEST(Changes, SayWhyWhatIsReachedIsNotWhatWasAsked) {
  const Scenario scenario = load(R"(
close_offices:
  - {at: {office: sari-u-002}}
  - {at: {office: [sari-u-002, sari-r-001]}}
staffing:
  - {at: {office: [sari-u-001, babol-u-001]}, clerks: +20%}
  - {at: {office: [sari-u-001, babol-u-001]}, clerks: +20%, starts: 1396-02-05}
migrations:
  - {services: [parcel], from: traditional, to: office, share: 50%}
)");
  for (const Change& change : find_changes(Plan(scenario))) {
    EXPECT_EQ(change.why.empty(), std::abs(change.asked - change.reached) <= 1e-9 * change.asked)
        << change.verb << ' ' << change.item << ": " << change.why;
  }
  EXPECT_NEAR(change_of(scenario, "staffing", 0).asked, 1.4, 1e-12);
  EXPECT_EQ(change_of(scenario, "staffing", 0).reached, 1);
  EXPECT_THAT(change_of(scenario, "staffing", 0).why, HasSubstr("whole numbers"));
  EXPECT_NEAR(change_of(scenario, "staffing", 1).asked, 1.6, 1e-12) << "of eight clerks by then";
}

TEST(Changes, ThatDoNothingAreNoticed) {
  const Scenario scenario = load(R"(
hours:
  - at: {office: sari-u-001}
    hours: {saturday-wednesday: 08:00-14:00, thursday: closed, friday: 08:00-12:00}
  - {at: {office: sari-u-001}, hours: {saturday-wednesday: "02:00-03:00, 08:00-14:00", thursday: 08:00-14:00, friday: closed}}
staffing:
  - {at: {office: sari-u-001}, clerks: +1, shifts: {friday: 08:00-12:00}}
migrations:
  - {id: nobody, services: [parcel], from: online, to: office, share: 50%}
)");
  EXPECT_THAT(texts(scenario.notices), Contains(HasSubstr("closes on Thursday, when stations were open")));
  EXPECT_THAT(texts(scenario.notices),
              Contains(HasSubstr("opens on Friday, when `demand.weekday` is 0: this brings no new demand")));
  EXPECT_THAT(texts(scenario.notices), Contains(HasSubstr("in which the profile has no arrivals")));
  EXPECT_THAT(texts(scenario.notices), Contains(HasSubstr("never meet the doors of 1 station")));
  EXPECT_THAT(texts(notices_of(scenario, find_changes(Plan(scenario)))),
              ElementsAre("the migration `nobody` moves nobody"));
}

TEST(Changes, ClerksWhoseShiftsNeverMeetDoorsServeNobody) {
  const auto station = [](const std::string& doors, const std::string& shifts, const std::string& more = "") {
    return load_scenario_text(
        "scenario: Wrong day\nrun: {days: 20}\nstations:\n  - id: a\n    doors: {saturday-wednesday: " +
            doors + "}\n    clerks: [{id: x, clerks: 3, shifts: {" + shifts +
            "}}]\n    arrivals: 1 / min\n    handling: {exponential: {mean: 1 min}}\n" + more,
        "tests/scenarios/small/station.yaml");
  };
  EXPECT_THROW(station("08:00-16:00", "thursday: 08:00-16:00"), UserError);
  EXPECT_THROW(station("08:00-12:00", "sunday: 13:00-16:00", "    closing: send_away\n"), UserError);
  EXPECT_THROW(station("08:00-12:00", "sunday: 06:00-08:00"), UserError);
  // A day without a clerk while the doors are open is one on which the station is shut, served out or not.
  EXPECT_THROW(station("08:00-12:00", "sunday: 13:00-16:00", "    closing: serve_out\n"), UserError);
  EXPECT_NO_THROW(station("08:00-12:00", "sunday: 11:00-16:00"));
}

}  // namespace
}  // namespace pishkhan::changes_test
