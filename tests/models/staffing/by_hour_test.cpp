// The fewest clerk-hours of offices whose answers are known by exhaustion, and the bounds that refute cheaper
// plans.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "models/staffing/common_citizens.hpp"
#include "models/staffing/first_guess.hpp"
#include "models/staffing/staffing.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::by_hour_test {
namespace {

constexpr double kOffice[] = {12, 15, 10, 8, 8, 12, 14, 10};

Scenario scenario_of(const std::string& text) {
  return load_scenario_text(text, "tests/scenarios/small/text.yaml");
}

/// One office of 8 hours, empty at first. In every hour at most 10% of those who arrive may wait more than 15
/// min. Of the busyness r and the handling s in minutes, the hourly rates vary by a as those of the office
/// do.
std::string known_office(double r, double s, double a, const std::string& clerks) {
  double total = 0;
  std::ostringstream rates;
  for (std::size_t hour = 0; hour < std::size(kOffice); ++hour) {
    const double rate = r == 0 ? kOffice[hour] : r / s * 60 * (1 + a * (kOffice[hour] - 11.125) / 3.875);
    rates << (hour == 0 ? "" : ", ") << rate;
    total += rate;
  }
  std::ostringstream text;
  text.precision(12);
  text << "scenario: Office\nrun: {days: 10, seed: 1}\nstations:\n  - id: office\n    doors: 08:00-16:00\n"
       << "    arrivals: {hourly: [" << rates.str() << "], from: 08:00, total: " << total << "}\n"
       << "    handling: {exponential: {mean: " << s << " min}}\n    clerks: " << clerks
       << "\ntargets:\n  - {id: quarter, within: 15 min, share: 90%, in: hour}\n";
  return text.str();
}

StationStaffing staff_by_hour(const std::string& text, std::size_t most_days = 20'000) {
  const Scenario scenario = scenario_of(text);
  StaffingOptions options;
  options.by = StaffBy::hour;
  options.threads = 2;
  options.most_days = most_days;
  return find_staffing(Plan(scenario), options).stations.at(0);
}

// Known by exhaustion over 60,000 to 220,000 days: with 20 clerk-hours no plan keeps the target, and 2 3 3 2
// 2 3 3 3 does, whose worst hour is .082. Who has to go finishes in addition to the new number.
TEST(StaffingByHour, FindsTheFewestClerkHoursOfTheOffice) {
  const StationStaffing station = staff_by_hour(known_office(0, 8, 0, "3"));
  EXPECT_EQ(clerks_of(station.staffing), 21);
  EXPECT_DOUBLE_EQ(station.paid_hours_now, 3 * 8 * 7);
  EXPECT_DOUBLE_EQ(station.paid_hours_needed, 21 * 7);
  EXPECT_EQ(station.proof, StaffingProof::fewest);
  EXPECT_TRUE(station.all_cheaper_covered);
  EXPECT_GT(station.cheaper_refuted, 10U);
  EXPECT_EQ(station.slots.front(), "08");
  EXPECT_EQ(station.slots.size(), 8U);
}

TEST(StaffingByHour, FindsTheSameFromAnyClerks) {
  for (const char* clerks :
       {"1", "[{from: 08:00, to: 12:00, clerks: 7}, {from: 13:00, to: 16:00, clerks: 2}]"})
    EXPECT_EQ(clerks_of(staff_by_hour(known_office(0, 8, 0, clerks), 1000).staffing), 21);
}

std::string counted(std::string text) {
  return text.insert(text.find("    clerks:"), "    after_shift: counted\n");
}

// Who finishes counts against the new number: 21, 22, 29 and some 31 hours.
TEST(StaffingByHour, WhereWhoFinishesCountsTheOfficeNeedsAsMany) {
  const StationStaffing station = staff_by_hour(counted(known_office(0, 8, 0, "3")), 4000);
  EXPECT_EQ(clerks_of(station.staffing), 21);
  EXPECT_TRUE(station.all_cheaper_covered);
}

TEST(LongStaffingByHour, WhereWhoFinishesCountsLongHandlingTakesMoreClerks) {
  EXPECT_EQ(clerks_of(staff_by_hour(counted(known_office(2, 4, 0.3, "4")), 100'000).staffing), 22);
  EXPECT_EQ(clerks_of(staff_by_hour(counted(known_office(2, 16, 0.3, "5")), 100'000).staffing), 29);
}

/// Rates of the office times k, mean handling = mean patience = 8 min, both exponential: the number inside is
/// Poisson, whatever the clerks, if who finishes counts.
std::string exact_office(int k, const std::string& clerks, double may_wait) {
  std::ostringstream text;
  text << "scenario: Office\nrun: {days: 20, seed: 7}\nstations:\n  - id: office\n    doors: 08:00-16:00\n"
       << "    arrivals: {hourly: [12, 15, 10, 8, 8, 12, 14, 10], from: 08:00, total: " << 89 * k << "}\n"
       << "    handling: {exponential: {mean: 8 min}}\n    patience: {exponential: {mean: 8 min}}\n"
       << "    after_shift: counted\n    clerks: " << clerks
       << "\ntargets:\n  - {id: at_once, within: 1 ms, share: " << 100 * (1 - may_wait) << "%, in: hour}\n";
  return text.str();
}

std::string clock(int hour) { return (hour < 10 ? "0" : "") + std::to_string(hour); }

std::vector<double> exact_waiting(int k, const std::vector<int>& clerks) {
  constexpr int kSteps = 6000;
  constexpr double kService = 8.0 / 60;
  std::vector<double> shares;
  double mean = 0;
  for (std::size_t hour = 0; hour < clerks.size(); ++hour) {
    double sum = 0;
    for (int step = 0; step < kSteps; ++step) {
      double term = std::exp(-mean), below = 0;
      for (int n = 0; n < clerks[hour]; ++n, term *= mean / n) below += term;
      sum += 1 - below;
      mean += (k * kOffice[hour] - mean / kService) / kSteps;
    }
    shares.push_back(sum / kSteps);
  }
  return shares;
}

TEST(StaffingByHour, WhereWhoFinishesCountsTheNumberInsideIsPoissonWhateverTheClerks) {
  const std::vector<int> plan{4, 5, 4, 4, 3, 4, 5, 4};
  const std::vector<double> exact = exact_waiting(1, plan);
  EXPECT_LT(*std::max_element(exact.begin(), exact.end()), 0.1);
  EXPECT_NEAR(exact_waiting(1, std::vector<int>(8, 4))[1], 0.1338, 1e-4);
  std::string clerks;
  for (int hour = 0; hour < 8; ++hour) {
    clerks += std::string(clerks.empty() ? "[" : ", ") + "{from: " + clock(8 + hour) +
              ":00, to: " + clock(9 + hour) + ":00, clerks: " + std::to_string(plan[hour]) + "}";
  }
  const Scenario scenario = scenario_of(exact_office(1, clerks + "]", 0.1));
  const Plan made(scenario);
  GoodCount sums[8];
  for (std::uint32_t i = 0; i < 300; ++i) {
    const TrialResult run = run_trial(made, i);
    EXPECT_TRUE(run.audit.passed());
    for (std::size_t day = 0; day < run.targets[0].days; ++day)
      for (std::size_t hour = 0; hour < 8; ++hour) sums[hour] += run.targets[0].at(0, day, 8 + hour);
  }
  for (std::size_t hour = 0; hour < 8; ++hour) {
    const double wait = 1 - double(sums[hour].good) / sums[hour].counted;
    EXPECT_NEAR(wait, exact[hour], 5 * std::sqrt(2 * exact[hour] / sums[hour].counted)) << hour;
  }
}

TEST(StaffingByHour, FindsTheExactOptimumOfAnOfficeThatIsKnownExactly) {
  const StationStaffing station = staff_by_hour(exact_office(1, "4", 0.1));
  EXPECT_EQ(station.staffing, (Staffing{4, 5, 4, 4, 3, 4, 5, 4}));
  // With 3 clerks from 11:00 on, .1003 wait there: too near to .1 to be told apart. All others are refuted.
  EXPECT_NEAR(exact_waiting(1, {4, 5, 4, 3, 3, 4, 5, 4})[3], 0.1003, 1e-4);
  EXPECT_EQ(station.proof, StaffingProof::met);
  EXPECT_EQ(station.cheaper_open, 1U);
  EXPECT_EQ(station.cheaper_refuted, 7U);
}

TEST(LongStaffingByHour, FindsTheExactOptimumOfLargerOffices) {
  EXPECT_EQ(staff_by_hour(exact_office(1, "4", 0.05), 100'000).staffing, (Staffing{5, 5, 5, 4, 4, 5, 5, 5}));
  EXPECT_EQ(staff_by_hour(exact_office(1, "4", 0.2), 100'000).staffing, (Staffing{3, 4, 3, 3, 3, 3, 4, 3}));
  EXPECT_EQ(staff_by_hour(exact_office(4, "9", 0.1), 100'000).staffing,
            (Staffing{10, 12, 10, 8, 8, 10, 12, 10}));
}

TEST(LongStaffingByHour, FindsTheFewestClerkHoursOfFourKnownOffices) {
  EXPECT_EQ(clerks_of(staff_by_hour(known_office(2, 4, 0.3, "4"), 100'000).staffing), 22);
  EXPECT_EQ(clerks_of(staff_by_hour(known_office(2, 16, 0.3, "5"), 100'000).staffing), 28);
  EXPECT_EQ(clerks_of(staff_by_hour(known_office(2, 32, 0.6, "5"), 100'000).staffing), 30);
}

/// In the best case of a set, no citizen is late who is in time with any staffing of it.
TEST(StaffingByHour, TheBestCaseOfASetIsABoundForEveryStaffingInIt) {
  const Scenario scenario = scenario_of(known_office(2, 16, 0.3, "4"));
  const Plan plan(scenario);
  const StationIndex station(0);
  const StaffingSpace space(scenario, plan.data(), station, StaffBy::hour);
  const Promises promises(scenario, plan.data(), station);
  ASSERT_TRUE(space.has_best_cases());
  std::vector<double> slack(9, 0);
  for (std::uint32_t replication = 0; replication < 40; ++replication) {
    CommonCitizens citizens(plan, replication, {}, {1});
    const auto count = [&](const StaffingSet& set) {
      std::vector<RatioParts> counts(promises.counts());
      citizens.solve(station, space, set, promises, counts);
      counts.resize(promises.list().size());
      return counts;
    };
    Staffing staffing(8);
    for (std::size_t hour = 0; hour < 8; ++hour)
      staffing[hour] = 1 + static_cast<int>((replication * 7 + hour * (replication + 3)) % 5);
    const auto truth = count({staffing});
    for (std::size_t exact = 0; exact < 8; ++exact) {
      const auto bound = count({staffing, exact});
      for (std::size_t k = 0; k < truth.size(); ++k) {
        ASSERT_EQ(bound[k].denominator, truth[k].denominator);
        ASSERT_GE(bound[k].numerator, truth[k].numerator) << "exact " << exact << ", hour " << k;
        slack[exact] += bound[k].numerator - truth[k].numerator;
      }
    }
  }
  EXPECT_GT(slack[0], slack[6]) << "the more is exact, the nearer is the bound";
  EXPECT_GT(slack[6], 0);
}

/// The small province with citizens who wait, as many as come, and with things that fail.
Scenario failing(const std::string& model, const std::string& policy, const std::string& outages) {
  Scenario scenario = load_scenario(
      "tests/scenarios/small/small.yaml",
      {"run.days=12", "run.warm_up_days=1", "patience={office: never, traditional: never}",
       "classes.elderly.share=0%", "closing={offices: serve_out, counters: serve_out}",
       "service_level=10 min",
       "backbone={model: " + model +
           ", access: {fibre: {bandwidth: 64 kbit/s, latency: 5 ms}, adsl: {bandwidth: 256 kbit/s, latency: "
           "30 "
           "ms}, vsat: {bandwidth: 256 kbit/s, latency: 320 ms}}, county: {bandwidth: 4 Gbit/s, latency: 4 "
           "ms}, province: {bandwidth: 20 Gbit/s, latency: 4 ms}, data_centre: {bandwidth: 20 Gbit/s, "
           "latency: 1 ms}, web: {bandwidth: 4 Mbit/s, latency: 30 ms}, share_before: 50%, policy: " +
           policy + "}",
       "systems=[{agency: all, cores: 300}]", outages,
       "targets=[{id: t, within: 10 min, share: 80%, in: hour}]"});
  for (Office& office : scenario.province->offices) office.rules.room = INT32_MAX;
  for (Counter& counter : scenario.province->counters) counter.rules.room = INT32_MAX;
  return scenario;
}

/// In the best case of a set, with calls that fail: no visit is late that is in time with a staffing of it,
/// and no visit is left out that is made with one.
TEST(StaffingByHour, TheBestCaseOfASetIsABoundWhereThingsFail) {
  const std::string outages =
      "outages=[{agency: civil-registration, mean_time_between_failures: 40 h, repair: {exponential: {mean: "
      "80 "
      "min}}}, {link_of: all, mean_time_between_failures: 60 h, repair: {constant: 40 min}}]";
  double slack = 0, possible = 0;
  for (const char* model : {"ideal", "shared"}) {
    for (const char* policy : {"{limit: 5 min, retries: 2, pause: 1 min, then: send_home}",
                               "{limit: 4 min, then: park}", "{then: wait}"}) {
      SCOPED_TRACE(std::string(model) + policy);
      const Scenario scenario = failing(model, policy, outages);
      const Plan plan(scenario);
      for (std::size_t s = 0; s < plan.data().stations.size(); s += 2) {
        const StationIndex station(s);
        const StaffingSpace space(scenario, plan.data(), station, StaffBy::shift);
        const Promises promises(scenario, plan.data(), station);
        ASSERT_TRUE(space.has_best_cases());
        std::vector<std::uint8_t> wanted(plan.data().stations.size(), 0);
        wanted[s] = 1;
        for (std::uint32_t replication = 0; replication < 3; ++replication) {
          CommonCitizens citizens(plan, replication, {}, wanted);
          const auto count = [&](const StaffingSet& set) {
            std::vector<RatioParts> counts(promises.counts());
            citizens.solve(station, space, set, promises, counts);
            counts.resize(promises.list().size());
            return counts;
          };
          const std::size_t slots = space.slots().size();
          constexpr int kMost = 4;
          const int staffings = slots == 1 ? kMost : kMost * kMost;
          for (int number = 0; number < staffings; ++number) {
            Staffing staffing{1 + number % kMost};
            if (slots > 1) staffing.push_back(1 + number / kMost);
            const auto truth = count({staffing});
            for (std::size_t exact = 0; exact < slots; ++exact) {
              for (int more = 0; more < 2; ++more) {
                StaffingSet set{staffing, exact};
                set.staffing.back() += more;
                const auto bound = count(set);
                for (std::size_t k = 0; k < truth.size(); ++k) {
                  const double late = truth[k].denominator - truth[k].numerator;
                  const double late_at_best = bound[k].denominator - bound[k].numerator;
                  ASSERT_LE(late_at_best, late) << "station " << s << ", exact " << exact << ", hour " << k;
                  ASSERT_GE(bound[k].denominator, truth[k].denominator) << "station " << s << ", hour " << k;
                  slack += late - late_at_best;
                  possible += bound[k].denominator - truth[k].denominator;
                }
              }
            }
          }
        }
      }
    }
  }
  EXPECT_GT(slack, 0);
  EXPECT_GT(possible, 0);
}

/// All staffings of an office with two shifts, one by one, and what the search finds.
TEST(StaffingByHour, AgreesWithAllShiftsTriedOneByOneWhereThingsFail) {
  Scenario scenario =
      failing("shared", "{limit: 5 min, retries: 2, pause: 1 min, then: send_home}",
              "outages=[{agency: civil-registration, mean_time_between_failures: 80 h, repair: "
              "{constant: 30 min}}]");
  scenario.targets[0].stations = {0};
  scenario.targets[0].in = TargetPeriod::shift;
  const Plan plan(scenario);
  const StationIndex station(0);
  const StaffingSpace space(scenario, plan.data(), station, StaffBy::shift);
  const Promises promises(scenario, plan.data(), station);
  std::vector<std::uint8_t> wanted(plan.data().stations.size(), 0);
  wanted[0] = 1;
  constexpr int kMost = 12;
  std::vector<std::vector<RatioParts>> counts(kMost * kMost, std::vector<RatioParts>(promises.counts()));
  for (std::uint32_t replication = 0; replication < 40; ++replication) {
    CommonCitizens citizens(plan, replication, {}, wanted);
    for (int number = 0; number < kMost * kMost; ++number) {
      citizens.solve(station, space, {{1 + number % kMost, 1 + number / kMost}}, promises,
                     counts[static_cast<std::size_t>(number)]);
    }
  }
  double least_hours = HUGE_VAL;
  for (int number = 0; number < kMost * kMost; ++number) {
    if (!keeps_promises(scenario, promises, counts[static_cast<std::size_t>(number)]).value()) continue;
    least_hours = std::min(least_hours, space.paid_hours({1 + number % kMost, 1 + number / kMost}));
  }
  StaffingOptions options;
  options.by = StaffBy::shift;
  options.first_days = 2000;
  options.most_days = 8000;
  const StationStaffing found = find_staffing(plan, options).stations.at(0);
  EXPECT_TRUE(found.all_cheaper_covered) << "by best cases";
  EXPECT_EQ(found.paid_hours_needed, least_hours);
}

/// With so few hours that all plans can be tried one by one by whole runs.
TEST(StaffingByHour, AgreesWithAllPlansTriedOneByOne) {
  const auto text = [](const std::string& clerks) {
    return "scenario: Three hours\nrun: {days: 20, seed: 4}\nstations:\n  - id: a\n    doors: 08:00-11:00\n"
           "    arrivals: {hourly: [20, 45, 10], from: 08:00, total: 75}\n"
           "    handling: {exponential: {mean: 5 min}}\n    clerks: " +
           clerks + "\ntargets: [{id: t, within: 5 min, share: 85%, in: hour}]\n";
  };
  constexpr int kMost[] = {4, 7, 4};
  int fewest = 99;
  for (int plan = 0; plan < kMost[0] * kMost[1] * kMost[2]; ++plan) {
    const int a = 1 + plan % kMost[0], b = 1 + plan / kMost[0] % kMost[1], c = 1 + plan / kMost[0] / kMost[1];
    std::ostringstream clerks;
    clerks << "[{from: 08:00, to: 09:00, clerks: " << a << "}, {from: 09:00, to: 10:00, clerks: " << b
           << "}, {from: 10:00, to: 11:00, clerks: " << c << "}]";
    const Scenario scenario = scenario_of(text(clerks.str()));
    const Plan made(scenario);
    GoodCount sums[3];
    for (std::uint32_t i = 0; i < 15; ++i) {
      const TrialResult run = run_trial(made, i);
      for (std::size_t day = 0; day < run.targets[0].days; ++day)
        for (std::size_t hour = 0; hour < 3; ++hour) sums[hour] += run.targets[0].at(0, day, 8 + hour);
    }
    double worst = 1;
    for (const GoodCount& sum : sums) worst = std::min(worst, double(sum.good) / sum.counted);
    if (worst >= 0.85) fewest = std::min(fewest, a + b + c);
  }
  const StationStaffing station = staff_by_hour(text("2"));
  EXPECT_EQ(clerks_of(station.staffing), fewest);
  EXPECT_EQ(station.proof, StaffingProof::fewest);
}

TEST(StaffingByHour, TheFirstGuessIsErlangCsOfTheModifiedOfferedLoad) {
  Target quarter;
  quarter.goal = 0.9;
  quarter.within_s = 900;
  // M/M/3 with 1.6 erlangs: P(wait) is .2738, and a quarter of an hour later .0198 still wait; with 2 clerks
  // .7111 wait, and .3359 still do.
  EXPECT_EQ(guess_clerks(1.6, 480, {quarter}), 3);
  EXPECT_EQ(guess_clerks(0, 480, {quarter}), 0);
  EXPECT_EQ(guess_clerks(9, 480, {}), 12) << "the square-root rule, where no share in time is asked for";
  const Scenario scenario = scenario_of(known_office(0, 8, 0, "30"));
  const Plan plan(scenario);
  StaffedStations stations;
  stations.spaces.emplace_back(scenario, plan.data(), StationIndex(0), StaffBy::hour);
  stations.promises.emplace_back(scenario, plan.data(), StationIndex(0));
  const Staffing guess = first_guesses(plan, stations, 20, 1, {}).at(0);
  EXPECT_EQ(guess, (Staffing{3, 3, 3, 2, 2, 3, 3, 3})) << "the textbook's 22 clerk-hours";
}

TEST(StaffingByHour, WithPatienceOnlyNeighboursAreRefuted) {
  std::string text = known_office(0, 8, 0, "3");
  text.insert(text.find("    clerks:"), "    patience: {exponential: {mean: 30 min}}\n");
  const StationStaffing station = staff_by_hour(text, 4000);
  EXPECT_FALSE(station.all_cheaper_covered);
  EXPECT_NE(station.proof, StaffingProof::fewest);
  EXPECT_LE(clerks_of(station.staffing), 22);
}

TEST(StaffingByHour, ByShiftTheOpeningsOfTheDoorsHaveClerksOfTheirOwn) {
  const Scenario scenario = scenario_of(
      "scenario: Two shifts\nrun: {days: 20, seed: 2}\nstations:\n  - id: a\n    doors: '08:00-12:00, "
      "14:00-16:00'\n    arrivals: [{from: 08:00, rate: 60 / h}, {from: 13:00, rate: 15 / h}]\n    handling: "
      "{exponential: {mean: 4 min}}\n    clerks: 3\ntargets: [{id: t, within: 5 min, share: 80%, in: "
      "shift}]\n");
  StaffingOptions options;
  options.by = StaffBy::shift;
  const StationStaffing station = find_staffing(Plan(scenario), options).stations.at(0);
  // By Erlang C and the forward equations: 4 erlangs need 5 clerks, 1 erlang 2.
  EXPECT_EQ(station.staffing, (Staffing{5, 2}));
  EXPECT_EQ(station.proof, StaffingProof::fewest);
  EXPECT_DOUBLE_EQ(station.paid_hours_needed, (5 * 4 + 2 * 2) * 7);
}

/// Shifts of 8 hours, or of 4 from the first five hours on; `flexible`: also of 6 hours, from the first
/// three.
StaffingOptions rosters(bool flexible) {
  StaffingOptions options;
  options.by = StaffBy::roster;
  options.threads = 2;
  const auto add = [&](int start, int length) {
    ShiftPattern& pattern = options.patterns.emplace_back();
    pattern.id = "from-" + std::to_string(start) + "-for-" + std::to_string(length);
    pattern.hours.fill({{start * 3600.0, (start + length) * 3600.0}});
  };
  add(8, 8);
  for (int start = 8; start <= 12; ++start) add(start, 4);
  for (int start = 8; start <= 10 && flexible; ++start) add(start, 6);
  return options;
}

StationStaffing roster(const std::string& text, bool flexible, std::size_t most_days) {
  StaffingOptions options = rosters(flexible);
  options.most_days = most_days;
  const Scenario scenario = scenario_of(text);
  return find_staffing(Plan(scenario), options).stations.at(0);
}

// Known: the cheapest roster of the office has 24 paid hours a day, with or without shifts of 6 hours.
TEST(StaffingByRoster, FindsTheCheapestRosterOfTheOffice) {
  const StationStaffing station = roster(known_office(0, 8, 0, "3"), false, 20'000);
  EXPECT_DOUBLE_EQ(station.paid_hours_needed, 24 * 7);
  EXPECT_EQ(station.proof, StaffingProof::fewest);
  EXPECT_TRUE(station.all_cheaper_covered);
  EXPECT_EQ(station.slots.size(), 6U);
}

TEST(LongStaffingByRoster, FindsTheCheapestRostersOfTwoOffices) {
  EXPECT_DOUBLE_EQ(roster(known_office(0, 8, 0, "3"), true, 100'000).paid_hours_needed, 24 * 7);
  EXPECT_DOUBLE_EQ(roster(known_office(2, 8, 0.6, "5"), false, 100'000).paid_hours_needed, 32 * 7);
  EXPECT_DOUBLE_EQ(roster(known_office(2, 8, 0.6, "5"), true, 100'000).paid_hours_needed, 30 * 7);
}

TEST(StaffingByHour, ClerksWhoDifferAreLeftAsTheyAre) {
  const StationStaffing station = staff_by_hour(
      known_office(0, 8, 0, "[{id: quick, clerks: 2}, {id: slow, clerks: 1, speed: 0.5}]"), 1000);
  EXPECT_EQ(station.proof, StaffingProof::not_varied);
}

}  // namespace
}  // namespace pishkhan::by_hour_test
