// Demand, channels and handling that change from day to day or from place to place: expected values with
// known answers, and simulations that agree with them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "models/plan/changes.hpp"
#include "models/plan/forecast.hpp"
#include "models/plan/handling_times.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::dated_demand_test {
namespace {

/// Nobody comes twice, and days differ by the calendar alone.
constexpr const char* kOnce =
    "retry: {probability: 0%, at_most: 0}\npatience: {traditional: never, office: never}\n";

Scenario load(const std::string& more, const std::string& run = "{start: 1395-02-18, days: 14}") {
  return load_scenario_text("scenario: Dated\nbase: small.yaml\nrun: " + run + "\n" + kOnce + more,
                            "tests/scenarios/small/dated.yaml");
}

double visits(const std::string& more, const std::string& run = "{start: 1395-02-18, days: 14}") {
  return forecast(Plan(load(more, run))).total_visits;
}

std::size_t station(const Scenario& scenario, const std::string& id) {
  const auto ids = station_ids(scenario);
  return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
}

/// Expected visits by station.
std::vector<double> by_station(const std::string& more, const std::string& run) {
  return forecast(Plan(load(more, run))).visits;
}

/// The mean of simulated visits by station is the expected one, within four standard errors.
void expect_agreement(const Scenario& scenario, std::uint32_t replications) {
  const Plan plan(scenario);
  const std::vector<double> expected = forecast(plan).visits;
  std::vector<double> sum(expected.size()), squares(expected.size());
  for (std::uint32_t k = 0; k < replications; ++k) {
    const TrialResult trial = run_trial(plan, k);
    EXPECT_TRUE(trial.audit.passed()) << trial.audit.failures.front();
    for (std::size_t s = 0; s < sum.size(); ++s) {
      const auto arrived = static_cast<double>(trial.stations[s].arrived);
      sum[s] += arrived;
      squares[s] += arrived * arrived;
    }
  }
  for (std::size_t s = 0; s < sum.size(); ++s) {
    const double n = replications, mean = sum[s] / n;
    const double error = std::sqrt(std::max(squares[s] / n - mean * mean, 1e-9) / (n - 1));
    EXPECT_NEAR(mean, expected[s], 4 * error) << station_ids(scenario)[s];
    if (expected[s] > 0)
      EXPECT_LT(error, 0.02 * expected[s]) << station_ids(scenario)[s];
    else
      EXPECT_EQ(mean, 0) << station_ids(scenario)[s];
  }
}

// ---- Rushes -----------------------------------------------------------------------------------------------

TEST(Rush, ThatShiftsLeavesTheYearAsItWas) {
  const std::string year = "{start: 1395-01-01, days: 366}", day = "{start: 1395-02-20, days: 1}";
  const std::string fair = "demand: {special_days: {rush: {factor: 3, dates: [1395-02-20]}}}\n";
  EXPECT_NEAR(visits(fair, year), visits("", year), 1e-9 * visits("", year));
  EXPECT_GT(visits(fair, day), 2.9 * visits("", day));
  EXPECT_LT(visits(fair, day), 3 * visits("", day)) << "of a year that has no more";
  const std::string other = "{start: 1395-05-20, days: 1}";
  EXPECT_LT(visits(fair, other), visits("", other));
}

TEST(Rush, ThatAddsTakesNothingFromOtherDays) {
  const std::string year = "{start: 1395-01-01, days: 366}", day = "{start: 1395-02-20, days: 1}";
  const std::string rush = "demand: {special_days: {rush: {factor: 3, dates: [1395-02-20], adds: true}}}\n";
  const double usual = visits("", day);
  EXPECT_NEAR(visits(rush, day), 3 * usual, 1e-9 * usual);
  EXPECT_NEAR(visits(rush, year), visits("", year) + 2 * usual, 1e-9 * visits("", year));
  EXPECT_EQ(visits(rush, "{start: 1395-05-20, days: 1}"), visits("", "{start: 1395-05-20, days: 1}"));
  const std::string parcels =
      "demand: {special_days: {rush: {factor: 3, dates: [1395-02-20], services: [parcel], adds: true}}}\n";
  const auto before = by_station("", day), after = by_station(parcels, day);
  const Scenario scenario = load("");
  const std::size_t post = station(scenario, "post@sari"),
                    registry = station(scenario, "civil-registration@sari");
  EXPECT_NEAR(after[post], 3 * before[post], 1e-9 * before[post]);
  EXPECT_EQ(after[registry], before[registry]) << "payments hit the services that are paid";
}

TEST(Rush, OfResidentsOnDaysIsAdded) {
  const std::string before = "{start: 1395-02-18, days: 4}", during = "{start: 1395-02-22, days: 3}",
                    after = "{start: 1395-02-25, days: 7}";
  const std::string rush = "demand_growth: [{growth: +60%, starts: 1395-02-22, ends: 1395-02-24}]\n";
  EXPECT_EQ(visits(rush, before), visits("", before));
  EXPECT_NEAR(visits(rush, during), 1.6 * visits("", during), 1e-9 * visits("", during));
  EXPECT_EQ(visits(rush, after), visits("", after));
  EXPECT_NEAR(visits(rush), visits("") + 0.6 * visits("", during), 1e-9 * visits(""));
  // A place is a part of its county.
  const auto of = [&](const std::string& who) {
    return visits("demand_growth: [{growth: +60%, " + who + "}]\n") - visits("");
  };
  EXPECT_NEAR(of("place: sari") + of("place: sari-rural"), of("county: sari"), 1e-9 * visits(""));
  EXPECT_NEAR(of("place: [sari, babol]"), of("kind: urban"), 1e-9 * visits(""));
  expect_agreement(
      load(
          "demand_growth: [{place: sari, growth: +60%, starts: 1395-02-22, ends: 1395-02-24}]\n"
          "demand: {special_days: {rush: {factor: 3, dates: [1395-02-20], services: [parcel], adds: true}}}\n"
          "online_failures: [{services: all, probability: 0%}]\n"),
      60);
}

// ---- Migrations of some residents -------------------------------------------------------------------------

TEST(Pilot, MovesTheResidentsOfItsCountiesAlone) {
  const std::string run = "{start: 1395-02-18, days: 14}";
  const auto with = [&](const std::string& who) {
    return by_station(
        "migrations: [{id: pilot, services: [birth-certificate], from: traditional, to: office, share: "
        "50%" +
            who + "}]\n",
        run);
  };
  const Scenario scenario = load("");
  const std::size_t sari = station(scenario, "civil-registration@sari"),
                    babol = station(scenario, "civil-registration@babol");
  const auto none = by_station("", run), all = with(""), pilot = with(", county: sari"),
             rest = with(", county: babol");
  EXPECT_EQ(pilot[babol], none[babol]);
  EXPECT_EQ(pilot[sari], all[sari]);
  for (std::size_t s = 0; s < none.size(); ++s)
    EXPECT_NEAR(pilot[s] - none[s] + rest[s] - none[s], all[s] - none[s], 1e-9 * none[s]) << s;
  const auto urban = with(", kind: urban"), rural = with(", kind: rural");
  for (std::size_t s = 0; s < none.size(); ++s)
    EXPECT_NEAR(urban[s] - none[s] + rural[s] - none[s], all[s] - none[s], 1e-9 * none[s]) << s;
  // After its last day everything is as before; days add up.
  const auto ended = with(", starts: 1395-02-18, ends: 1395-02-24"),
             first_week = by_station("", "{start: 1395-02-18, days: 7}");
  const auto moved_week = [&] {
    return by_station(
        "migrations: [{services: [birth-certificate], from: traditional, to: office, share: 50%}]\n",
        "{start: 1395-02-18, days: 7}");
  }();
  for (std::size_t s = 0; s < none.size(); ++s)
    EXPECT_NEAR(ended[s] - none[s], moved_week[s] - first_week[s], 1e-9 * none[s]) << s;
}

TEST(Pilot, ChangesSayWhomItMoves) {
  const auto reached = [](const std::string& who) {
    const Scenario scenario = load(
        "migrations: [{id: pilot, services: [birth-certificate], from: traditional, to: office, share: 50%" +
        who + "}]\n");
    return find_changes(Plan(scenario))[0];
  };
  const Change all = reached(""), sari = reached(", county: sari"), babol = reached(", county: babol");
  EXPECT_GT(sari.reached, 0);
  EXPECT_NEAR(sari.reached + babol.reached, all.reached, 1e-9 * all.reached);
  EXPECT_NEAR(sari.asked + babol.asked, all.asked, 1e-9 * all.asked);
  const Change ended = reached(", county: sari, ends: 1395-02-24");
  EXPECT_LT(ended.reached, sari.reached);
  EXPECT_NE(ended.why.find("after it has ended"), std::string::npos) << ended.why;
  // The ledger counts them.
  const Scenario scenario = load(
      "migrations: [{id: pilot, services: [birth-certificate], from: traditional, to: office, share: 50%, "
      "county: sari}]\n");
  const Plan plan(scenario);
  double moved = 0;
  for (std::uint32_t k = 0; k < 40; ++k) {
    for (const LedgerEntry& entry : run_trial(plan, k).ledger)
      moved += static_cast<double>(entry.citizens) / 40;
  }
  EXPECT_NEAR(moved, find_changes(plan)[0].asked, 0.04 * moved);
  expect_agreement(
      load("migrations: [{services: [birth-certificate], from: traditional, to: office, share: 50%, "
           "county: sari, starts: 1395-02-20, ends: 1395-02-26}]\n"
           "online_failures: [{services: all, probability: 0%}]\n"),
      60);
}

// ---- Failures online --------------------------------------------------------------------------------------

TEST(FailuresOnline, OfResidentsOnDays) {
  const auto with = [](const std::string& items, const std::string& run = "{start: 1395-02-18, days: 14}") {
    return visits("online_failures: [" + items + "]\n", run);
  };
  const double none = with("{services: all, probability: 0%}");
  const double all = with("{services: all, probability: 30%}") - none;
  EXPECT_GT(all, 0);
  const std::string zero = "{services: all, probability: 0%}, ";
  EXPECT_NEAR(with(zero + "{services: all, county: sari, probability: 30%}") +
                  with(zero + "{services: all, county: babol, probability: 30%}") - 2 * none,
              all, 1e-9 * none);
  EXPECT_NEAR(with(zero + "{services: all, probability: 30%, starts: 1395-02-22, ends: 1395-02-24}") - none,
              with("{services: all, probability: 30%}", "{start: 1395-02-22, days: 3}") -
                  with("{services: all, probability: 0%}", "{start: 1395-02-22, days: 3}"),
              1e-9 * none);
  // Simulated: so many more attempts fail in those days.
  const Scenario scenario = load("online_failures: [" + zero +
                                 "{services: all, probability: 100%, county: sari, starts: 1395-02-22}]\n");
  double failed = 0, tried = 0;
  const Plan plan(scenario);
  for (std::uint32_t k = 0; k < 20; ++k) {
    const TrialResult trial = run_trial(plan, k);
    for (std::size_t s = 0; s < scenario.province->services.size(); ++s) {
      const VisitTally& online = trial.services[s * kChannels + static_cast<std::size_t>(Channel::online)];
      failed += static_cast<double>(online.failed) / 20;
      tried += static_cast<double>(online.arrived) / 20;
    }
  }
  // All who use the web in Sari from that day on.
  double expected = 0;
  DayChannels channels(scenario);
  const Plan::Data& data = plan.data();
  for (DayNumber day = *from_solar_hijri({1395, 2, 22}); day < scenario.run.start + scenario.run.days;
       ++day) {
    channels.move_to(day);
    for (std::size_t k = 0; k < data.cells.size(); ++k) {
      const ZoneId zone = data.zone_of_place[data.cells[k].place.index()];
      const County& county =
          scenario.province->counties[scenario.province->zones[zone.index()].county.index()];
      const std::size_t of = data.cells[k].service.index();
      if (county.id == "sari") {
        expected += data.visits_a_year(day)[k] * data.share_of_year(of, day) *
                    channels.map(zone.index() * data.services + of).share_of(Channel::online);
      }
    }
  }
  EXPECT_GT(tried, 1.2 * failed);
  EXPECT_NEAR(failed, expected, 0.05 * expected);
}

// ---- Handling at some stations, on some days ----

TEST(Handling, OfAStationFromADayOn) {
  const std::string constant =
      "handling: [{services: all, distribution: {constant: 5 min}}, {services: all, at: "
      "{office: sari-u-001}, factor: 2, starts: 1395-02-22}]\nrework: {handling_share: 100%}\n"
      "demand: {holidays: none}\n";
  const auto mean_s = [&](const std::string& run, const std::string& where) {
    const Scenario scenario = load(constant, run);
    const TrialResult trial = run_trial(Plan(scenario), 0);
    const StationTally& tally = trial.stations[station(scenario, where)];
    EXPECT_GT(tally.served, 50U);
    const double waiting = trial.stations[station(scenario, where)].busy_s;
    return std::round(waiting / static_cast<double>(tally.served));
  };
  const std::string before = "{start: 1395-02-18, days: 4}", after = "{start: 1395-02-22, days: 4}";
  const double usual = mean_s(before, "sari-u-001");
  EXPECT_GE(usual, 300);
  EXPECT_NEAR(mean_s(after, "sari-u-001") - usual, 300, 3) << "calls to the system take what they took";
  EXPECT_NEAR(mean_s(after, "sari-u-002"), mean_s(before, "sari-u-002"), 3);
  // The expected load knows it, from the day on.
  const auto load_of = [&](const std::string& run) {
    const Scenario scenario = load(constant, run);
    double hours = 0;
    for (const auto& days : forecast(Plan(scenario)).weekday_loads)
      if (days.station == station(scenario, "sari-u-001")) hours += days.offered_load_h;
    return hours;
  };
  const auto load_without = [&](const std::string& run) {
    const Scenario scenario = load(
        "handling: [{services: all, distribution: {constant: 5 min}}]\nrework: {handling_share: 100%}\n"
        "demand: {holidays: none}\n",
        run);
    double hours = 0;
    for (const auto& days : forecast(Plan(scenario)).weekday_loads)
      if (days.station == station(scenario, "sari-u-001")) hours += days.offered_load_h;
    return hours;
  };
  EXPECT_NEAR(load_of(before), load_without(before), 1e-9 * load_of(before));
  EXPECT_GT(load_of(after), 1.5 * load_without(after));
  EXPECT_NEAR(load_of("{start: 1395-02-18, days: 8}"), load_of(before) + load_of(after),
              1e-9 * load_of(after));
}

/// Mean handling of a service at an office on a day of the run.
double handling_s(const std::string& verb, DayNumber after_days) {
  const Scenario scenario = load(verb);
  const Plan plan(scenario);
  return mean(handling_on(scenario, plan.data(), station(scenario, "sari-u-001"), 0,
                          scenario.run.start + after_days));
}

TEST(Handling, IsCutWhereItTakesAtMostSoLong) {
  const std::string uniform = "distribution: {uniform: {low: 10 min, high: 20 min}}";
  // Half of the times are uniform from 10 to 15 minutes, the others 15 minutes.
  EXPECT_NEAR(handling_s("handling: [{services: all, " + uniform + ", at_most: 15 min}]\n", 0), 825, 1e-6);
  EXPECT_NEAR(
      handling_s("handling: [{services: all, " + uniform + "}, {services: all, at_most: 15 min}]\n", 0), 825,
      1e-6);
  // After the factor: uniform from 20 to 30 minutes, or 30.
  EXPECT_NEAR(
      handling_s(
          "handling: [{services: all, " + uniform + "}, {services: all, factor: 2, at_most: 30 min}]\n", 0),
      1650, 1e-6);
  const std::string dated = "handling: [{services: all, " + uniform +
                            "}, {services: all, at: {office: sari-u-001}, at_most: 15 min, starts: "
                            "1395-02-20, ends: 1395-02-20}]\n";
  EXPECT_NEAR(handling_s(dated, 1), 900, 1e-6);
  EXPECT_NEAR(handling_s(dated, 2), 825, 1e-6);
  EXPECT_NEAR(handling_s(dated, 3), 900, 1e-6);
  // In a run, the longest stay at a desk is this and the longest call.
  const auto longest_s = [](const std::string& verb) {
    const Scenario scenario = load(verb + "demand: {holidays: none}\noutput: {visits: all}\n");
    TrialOptions options;
    double longest = 0;
    options.visits = [&](std::span<const VisitRecord> visits) {
      for (const VisitRecord& visit : visits)
        if (visit.outcome == Outcome::served) longest = std::max(longest, visit.end_s - visit.start_s);
    };
    run_trial(Plan(scenario), 0, options);
    return longest;
  };
  const double cut_s = longest_s("handling: [{services: all, at_most: 3 min}]\n");
  EXPECT_GE(cut_s, 180);
  EXPECT_NEAR(cut_s - longest_s("handling: [{services: all, at_most: 2 min}]\n"), 60, 1e-6);
  EXPECT_GT(longest_s(""), 1800);
}

// ---- Hours ------------------------------------------------------------------------------------------------

TEST(Hours, OfTheDayAreInExpectedLoadAndSimulation) {
  const std::string hours =
      "hours: [{at: all, hours: {every-day: 09:00-13:00}, starts: 1395-02-22, ends: 1395-02-24}]\n";
  const Scenario scenario = load(hours);
  const auto clerk_h = [&](const std::string& more, const std::string& run) {
    const Scenario of = load(more, run);
    double sum = 0;
    for (const auto& days : forecast(Plan(of)).weekday_loads)
      if (days.station == station(of, "sari-u-001")) sum += days.clerk_h;
    return sum;
  };
  const std::string during = "{start: 1395-02-22, days: 3}", whole = "{start: 1395-02-18, days: 14}";
  EXPECT_NEAR(clerk_h(hours, during), 4 * 4 * 3, 1e-9) << "four clerks for four hours";
  EXPECT_NEAR(clerk_h(hours, whole), clerk_h("", whole) - clerk_h("", during) + clerk_h(hours, during), 1e-9);
  const TrialResult trial = run_trial(Plan(scenario), 0);
  const TrialResult usual = run_trial(Plan(load("")), 0);
  const TrialResult three = run_trial(Plan(load(hours, during)), 0),
                    three_usual = run_trial(Plan(load("", during)), 0);
  const std::size_t s = station(scenario, "sari-u-001");
  EXPECT_TRUE(trial.audit.passed());
  EXPECT_NEAR(three.stations[s].open_s, 3 * 4 * 3600, 1e-6);
  EXPECT_NEAR(trial.stations[s].open_s - usual.stations[s].open_s,
              three.stations[s].open_s - three_usual.stations[s].open_s, 1e-6);
}

TEST(Hours, BringTheShareOfAnOrdinaryWeekdayThatTheyAreSaidToBring) {
  // Friday 1395-02-24 and Sunday 1395-02-26: no holidays or special days; the factors of Saturday to
  // Wednesday are 1.2, 1, 1, 1, 1.
  const std::string zero = "online_failures: [{services: all, probability: 0%}]\n";
  const std::string opens =
      zero + "hours: [{at: {office: sari-u-001}, hours: {friday: 08:00-12:00}, brings: 30%}]\n";
  const std::string friday = "{start: 1395-02-24, days: 1}", sunday = "{start: 1395-02-26, days: 1}";
  ASSERT_EQ(weekday(*from_solar_hijri({1395, 2, 24})), 6);
  const Scenario scenario = load("");
  const std::size_t here = station(scenario, "sari-u-001");
  const double ordinary = by_station(zero, sunday)[here] * (1.2 + 4) / 5;
  const auto brought = by_station(opens, friday);
  EXPECT_NEAR(brought[here], 0.3 * ordinary, 1e-9 * ordinary);
  for (std::size_t s = 0; s < brought.size(); ++s)
    EXPECT_EQ(brought[s], s == here ? brought[here] : 0) << "who would go elsewhere does not come";
  EXPECT_EQ(by_station(opens, sunday), by_station(zero, sunday));
  expect_agreement(load(opens, friday), 400);
  // Two stations that bring different shares, and a Thursday that has demand of its own.
  expect_agreement(load(zero + "hours:\n  - {at: {county: sari}, hours: {friday: 08:00-12:00}, brings: 50%}\n"
                               "  - {at: {office: sari-u-002}, hours: {thursday: 08:00-16:00}, brings: 20%}\n"
                               "  - {at: {agency: post}, hours: {friday: 08:00-12:00}, brings: 80%}\n",
                        "{start: 1395-02-18, days: 14}"),
                   60);
  // Nobody else is another.
  const TrialResult with = run_trial(Plan(load(opens)), 0), without = run_trial(Plan(load(zero)), 0);
  for (std::size_t s = 0; s < with.stations.size(); ++s) {
    if (s == here)
      EXPECT_GT(with.stations[s].arrived, without.stations[s].arrived);
    else
      EXPECT_EQ(with.stations[s].arrived, without.stations[s].arrived);
  }
}

// ---- Authorisations ---------------------------------------------------------------------------------------

TEST(Authorisation, OfADayHoldsFromItOn) {
  const std::string rank = "authorise: [{services: [birth-certificate], lowest_rank: 2",
                    named = "authorise: [{services: [birth-certificate], at: {office: sari-r-001}";
  for (const std::string& item : {rank, named}) {
    const auto whole = by_station(item + ", starts: 1395-02-22}]\n", "{start: 1395-02-18, days: 14}"),
               before = by_station("", "{start: 1395-02-18, days: 4}"),
               after = by_station(item + "}]\n", "{start: 1395-02-22, days: 10}"),
               never = by_station("", "{start: 1395-02-18, days: 14}");
    for (std::size_t s = 0; s < whole.size(); ++s)
      EXPECT_NEAR(whole[s], before[s] + after[s], 1e-9 * whole[s]);
    EXPECT_NE(whole, never);
    expect_agreement(load(item + ", starts: 1395-02-22}]\n"
                                 "online_failures: [{services: all, probability: 0%}]\n"),
                     60);
  }
}

// ---- Closer service ---------------------------------------------------------------------------------------

/// A year's visits of a cell on the last day of the run.
double a_year(const Plan& plan, std::size_t place, std::size_t service) {
  const Run& run = plan.scenario().run;
  return plan.data().visits_a_year(run.start + run.days - 1)[place * plan.data().services + service];
}

TEST(Elasticity, BringsVisitsWhereTheMeanWayIsShorter) {
  const std::string moves =
      "migrations: [{services: [birth-certificate], from: traditional, to: office, share: 100%}]\n";
  const std::string elastic = "demand: {distance_elasticity: 0.5}\n";
  const Scenario usual = load(""), unmoved = load(elastic), moved = load(moves + elastic);
  const Plan usual_plan(usual), unmoved_plan(unmoved), plan(moved);
  const Plan::Data& data = plan.data();
  const Province& province = *moved.province;
  const OfficeChooser& chooser = data.chooser(moved.run.start);
  bool some_closer = false;
  for (std::size_t p = 0; p < province.places.size(); ++p) {
    for (std::size_t s = 0; s < province.services.size(); ++s) {
      const double base = a_year(usual_plan, p, s);
      EXPECT_NEAR(a_year(unmoved_plan, p, s), base, 1e-12 * base) << "nothing has come closer";
      const Service& service = province.services[s];
      if (service.id != "birth-certificate") {
        EXPECT_NEAR(a_year(plan, p, s), base, 1e-12 * base);
        continue;
      }
      const auto km = [&](StationIndex station) {
        return std::max(1.0, data.ways_to(station)[p].metres / 1000.0);
      };
      double office_km = 0;
      for (const auto& [office, share] : probabilities(chooser.choices(p, s)))
        office_km += share * km(office);
      const double counter_km = km(data.counter[service.agency.index()][p]);
      // Nobody gets one online: 80% or 90% went to the counter, and all go to an office now.
      const auto& shares = service.shares[static_cast<std::size_t>(province.places[p].kind)];
      const double usual_km = shares[0] * counter_km + shares[1] * office_km;
      EXPECT_NEAR(a_year(plan, p, s), base * std::sqrt(usual_km / office_km), 1e-9 * base);
      some_closer |= std::abs(usual_km / office_km - 1) > 0.01;
    }
  }
  EXPECT_TRUE(some_closer);
  expect_agreement(load(moves + elastic + "online_failures: [{services: all, probability: 0%}]\n"), 60);
}

TEST(Elasticity, FollowsOfficesThatOpen) {
  const std::string elastic = "demand: {distance_elasticity: 1}\n";
  const std::string opens = "open_offices: [{id: near, place: sari-rural, clerks: 4, starts: 1395-02-25}]\n";
  const std::string before = "{start: 1395-02-18, days: 7}", whole = "{start: 1395-02-18, days: 14}";
  EXPECT_NEAR(visits(elastic + opens, before), visits(elastic, before), 1e-9 * visits(elastic, before));
  EXPECT_NEAR(visits(elastic, whole), visits("", whole), 1e-9 * visits("", whole));
  EXPECT_NE(visits(elastic + opens, whole), visits(opens, whole));
}

}  // namespace
}  // namespace pishkhan::dated_demand_test
