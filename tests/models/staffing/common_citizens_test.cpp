// Solving a station's days apart, for a staffing, gives what a run with that staffing counts.
#include "models/staffing/common_citizens.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "models/trial/run_trial.hpp"

namespace pishkhan::common_citizens_test {
namespace {

GoodCount sum_of_run(const TargetCounts& counts, std::size_t station) {
  GoodCount sum;
  for (std::size_t day = 0; day < counts.days; ++day)
    for (std::size_t slot = 0; slot < counts.slots; ++slot) sum += counts.at(station, day, slot);
  return sum;
}

GoodCount solve(CommonCitizens& citizens, const Scenario& scenario, const Plan& plan, std::size_t station,
                const std::vector<int>& clerks) {
  const Promises promises(scenario, plan.data(), StationIndex(station));
  const StaffingSpace space(scenario, plan.data(), StationIndex(station));
  std::vector<RatioParts> counts(promises.counts());
  const Staffing staffing = space.size() == 1 ? Staffing{clerks_of(clerks)} : clerks;
  citizens.solve(StationIndex(station), space, {staffing}, promises, counts);
  RatioParts sum;
  for (std::size_t k = 0; k < promises.list().size(); ++k) sum += counts[k];
  return {static_cast<std::uint32_t>(sum.denominator), static_cast<std::uint32_t>(sum.numerator)};
}

std::string two_stations(int a, int b) {
  return "scenario: Two\nrun: {days: 12, warm_up_days: 2, seed: 5}\n"
         "stations:\n"
         "  - {id: a, doors: '08:00-12:00, 13:30-16:00', arrivals: 1 / min, handling: {exponential: {mean: 4 "
         "min}}, clerks: [{clerks: " +
         std::to_string(a) +
         ", absence: 20%}, {clerks: 1, shifts: 08:00-10:00}], patience: {exponential: {mean: 10 min}},"
         " closing: send_away, balking: {per: clerk, points: [{waiting: 3, probability: 0%}, {waiting: 9, "
         "probability: 80%}]}}\n"
         "  - {id: b, doors: 08:00-12:00, arrivals: 30 / h, handling: {constant: 3 min}, clerks: " +
         std::to_string(b) + "}\ntargets:\n  - {id: t, within: 5 min, share: 80%, in: hour}\n";
}

void expect_what_runs_count(const std::vector<std::string>& days) {
  const Scenario base = load_scenario_text(two_stations(4, 1), "tests/scenarios/small/text.yaml", days);
  const Plan plan(base);
  CommonCitizens citizens(plan, 3, {}, {1, 1});
  for (const int a : {2, 6, 4}) {
    const Scenario variant =
        load_scenario_text(two_stations(a, a / 2), "tests/scenarios/small/text.yaml", days);
    const TrialResult run = run_trial(Plan(variant), 3);
    for (std::size_t s = 0; s < 2; ++s) {
      const GoodCount apart = solve(citizens, base, plan, s, s == 0 ? std::vector{a, 1} : std::vector{a / 2});
      const GoodCount together = sum_of_run(run.targets[0], s);
      EXPECT_EQ(apart.counted, together.counted) << a << " clerks, station " << s;
      EXPECT_EQ(apart.good, together.good) << a << " clerks, station " << s;
      EXPECT_GT(apart.counted, 500U);
    }
  }
}

TEST(CommonCitizens, GiveWhatARunOfTheStaffingCounts) { expect_what_runs_count({}); }

TEST(CommonCitizens, GiveWhatARunCountsWhereDaysDiffer) {
  expect_what_runs_count({"run.start=1395-02-05", "holidays=tests/scenarios/small/holidays.csv",
                          "stations.a.busyness.cv=0.5", "stations.a.weekday.monday=0.4",
                          "stations.b.weekday={sunday: 2, thursday: 0}"});
}

TEST(CommonCitizens, OfAProvinceWithoutSharedSystemsGiveWhatARunCounts) {
  const Scenario scenario = load_scenario("scenarios/registry-moves.yaml",
                                          {"run.start=1395-02-12", "run.days=4", "run.warm_up_days=1",
                                           "run.replications=1", "backbone.model=ideal", "outages=[]"});
  const Plan plan(scenario);
  CommonCitizens citizens(plan, 0, {}, std::vector<std::uint8_t>(plan.data().stations.size(), 1));
  const TrialResult run = run_trial(plan, 0);
  std::size_t different = 0, counted = 0;
  for (std::size_t s = 0; s < plan.data().stations.size(); ++s) {
    std::vector<int> clerks;
    for (const ClerkGroup& group : plan.data().stations[s].rules->groups) clerks.push_back(group.clerks);
    const GoodCount apart = solve(citizens, scenario, plan, s, clerks);
    const GoodCount together = sum_of_run(run.targets[0], s);
    different += apart.counted != together.counted || apart.good != together.good;
    counted += apart.counted;
  }
  EXPECT_EQ(different, 0U) << "of " << plan.data().stations.size() << " stations";
  EXPECT_GT(counted, 100'000U);
}

/// What was decided of a visit.
struct Decided {
  DayNumber day = 0;
  StationIndex station;
  double arrival_s = 0, start_s = 0, end_s = 0;
  Outcome outcome = Outcome::served;
  std::uint32_t clerk = kNoClerk;

  [[nodiscard]] auto all() const {
    return std::tuple(day, station, arrival_s, end_s, start_s, outcome, clerk);
  }
  friend bool operator==(const Decided& a, const Decided& b) { return a.all() == b.all(); }
  friend bool operator<(const Decided& a, const Decided& b) { return a.all() < b.all(); }
};

bool at_a_desk(Outcome outcome) { return outcome == Outcome::served || outcome == Outcome::failed; }

/// Of the counted days, ordered; and the replication's result.
std::vector<Decided> visits_of_run(const Scenario& scenario, std::uint32_t replication, TrialResult& result) {
  Scenario written = scenario;
  written.visits.share = 1;
  const DayNumber first = scenario.run.start + scenario.run.warm_up_days;
  std::vector<Decided> visits;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> records) {
    for (const VisitRecord& one : records) {
      if (one.station == kNoStation || one.day < first) continue;
      visits.push_back({one.day, one.station, one.arrival_s, at_a_desk(one.outcome) ? one.start_s : -1,
                        one.end_s, one.outcome, one.clerk});
    }
  };
  result = run_trial(Plan(written), replication, options);
  std::sort(visits.begin(), visits.end());
  return visits;
}

std::vector<Decided> visits_apart(const Scenario& scenario, std::uint32_t replication) {
  const Plan plan(scenario);
  const std::size_t stations = plan.data().stations.size();
  CommonCitizens citizens(plan, replication, {}, std::vector<std::uint8_t>(stations, 1));
  std::vector<Decided> all;
  for (std::size_t s = 0; s < stations; ++s) {
    citizens.solve(StationIndex(s), [&](const Day& day, const Visits& visits) {
      for (std::size_t i = 0; i < visits.size(); ++i) {
        const bool desk = at_a_desk(visits.outcome[i]);
        all.push_back({day.date, StationIndex(s), visits.arrival_s[i], desk ? visits.leave_s[i] : -1,
                       visits.end_s[i], visits.outcome[i], desk ? visits.clerk[i] : kNoClerk});
      }
    });
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// The small province, in which systems, lines, counties' links and the power fail.
Scenario failing(const std::string& model, const std::string& policy, int cores = 300) {
  return load_scenario(
      "tests/scenarios/small/small.yaml",
      {"run.days=16", "run.warm_up_days=2", "demand.online_on_closed_days=0.7",
       "backbone={model: " + model +
           ", access: {fibre: {bandwidth: 64 kbit/s, latency: 5 ms}, adsl: {bandwidth: 2 Mbit/s, latency: 30 "
           "ms}, vsat: {bandwidth: 256 kbit/s, latency: 320 ms}}, county: {bandwidth: 4 Gbit/s, latency: 4 "
           "ms}, province: {bandwidth: 20 Gbit/s, latency: 4 ms}, data_centre: {bandwidth: 20 Gbit/s, "
           "latency: 1 ms}, web: {bandwidth: 4 Mbit/s, latency: 30 ms}, share_before: 50%, counter_calls: "
           "40%, policy: " +
           policy + "}",
       "systems=[{agency: all, cores: " + std::to_string(cores) + "}]",
       "outages=[{agency: civil-registration, mean_time_between_failures: 40 h, repair: {exponential: {mean: "
       "80 min}}}, {agency: civil-registration, from: '1395-02-05 10:00', for: 30 min}, {link_of: all, "
       "mean_time_between_failures: 60 h, repair: {constant: 40 min}}, {county_link: sari, "
       "mean_time_between_failures: 90 h, repair: {constant: 2 h}}, {power_of: {kind: rural}, "
       "mean_time_between_failures: 70 h, repair: {constant: 3 h}}]"});
}

const std::vector<std::string> kPolicies{"{limit: 5 min, retries: 2, pause: 1 min, then: send_home}",
                                         "{limit: 4 min, then: park}", "{then: wait}",
                                         "{limit: 4 min, retries: 1, pause: 3 min, then: wait}"};

TEST(CommonCitizens, ExperienceTheOutagesOfARunVisitByVisit) {
  std::ptrdiff_t failed = 0;
  for (const char* model : {"ideal", "shared"}) {
    for (const std::string& policy : kPolicies) {
      SCOPED_TRACE(model + policy);
      const Scenario scenario = failing(model, policy);
      for (std::uint32_t replication = 0; replication < 3; ++replication) {
        TrialResult run;
        const std::vector<Decided> together = visits_of_run(scenario, replication, run);
        const std::vector<Decided> apart = visits_apart(scenario, replication);
        ASSERT_EQ(together.size(), apart.size());
        EXPECT_EQ(std::mismatch(together.begin(), together.end(), apart.begin()).first - together.begin(),
                  static_cast<std::ptrdiff_t>(together.size()));
        failed += std::count_if(apart.begin(), apart.end(),
                                [](const Decided& one) { return one.outcome == Outcome::failed; });
        EXPECT_GT(run.calls.backbone.counts.refused, 10U);
        EXPECT_GT(run.calls.web_failed, 0U);
        if (std::string(model) == "shared") EXPECT_EQ(run.calls.days_together, 0U) << "calls met at a system";
      }
    }
  }
  EXPECT_GT(failed, 100);
}

/// Drawn station by station they are others, of the same law: how many come and how many are in time, at
/// offices and counters, with migrations, online failures and citizens who come again. Returns how many of
/// the run's came.
double expect_the_same_law(const std::string& outages) {
  const Scenario scenario = load_scenario(
      "scenarios/registry-moves.yaml",
      {"run.start=1395-02-14", "run.days=6", "run.warm_up_days=1", "backbone.model=ideal", outages});
  const Plan plan(scenario);
  std::vector<std::uint8_t> wanted(plan.data().stations.size(), 0);
  std::vector<std::size_t> chosen;
  for (std::size_t s = 0; s < wanted.size(); s += 28) chosen.push_back(s), wanted[s] = 1;
  const StationDemand demand(scenario, plan.data(), wanted);
  constexpr std::uint32_t kReplications = 60;
  // By station: sums and squares of visits and of those in time, of the run's citizens and of the others.
  std::vector<std::array<std::array<double, 4>, 2>> sums(chosen.size());
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    for (const bool apart : {false, true}) {
      CommonCitizens citizens(plan, apart ? i + 1000 : i, {}, wanted, apart ? &demand : nullptr);
      for (std::size_t k = 0; k < chosen.size(); ++k) {
        std::vector<int> clerks;
        for (const ClerkGroup& group : plan.data().stations[chosen[k]].rules->groups)
          clerks.push_back(group.clerks);
        const GoodCount count = solve(citizens, scenario, plan, chosen[k], clerks);
        const double came = count.counted, good = count.good;
        auto& sum = sums[k][apart];
        sum = {sum[0] + came, sum[1] + came * came, sum[2] + good, sum[3] + good * good};
      }
    }
  }
  const auto difference = [](const std::array<double, 4>& a, const std::array<double, 4>& b, std::size_t of) {
    const auto variance = [&](const std::array<double, 4>& one) {
      const double mean = one[of] / kReplications;
      return (one[of + 1] / kReplications - mean * mean) / kReplications;
    };
    return (a[of] - b[of]) / kReplications / std::sqrt(variance(a) + variance(b) + 1e-9);
  };
  double came_all = 0, good_all = 0, squares = 0, came_to_run = 0;
  for (const auto& [run, apart] : sums) {
    came_to_run += run[0] / kReplications;
    const double came = difference(run, apart, 0), good = difference(run, apart, 2);
    EXPECT_LT(std::abs(came), 5);
    EXPECT_LT(std::abs(good), 5);
    came_all += came;
    good_all += good;
    squares += came * came;
  }
  const auto n = static_cast<double>(sums.size());
  EXPECT_GE(n, 40);
  EXPECT_LT(squares / n, 2) << "1 in expectation";
  EXPECT_GT(squares / n, 0.4);
  // Days are busy for all stations together, so that the differences of stations are alike.
  EXPECT_LT(std::abs(came_all) / n, 3);
  EXPECT_LT(std::abs(good_all) / n, 3);
  return came_to_run;
}

/// For two days and a half no system answers: who is online comes to an office then, and who is at an office
/// again.
TEST(CommonCitizens, DrawnByStationComeAsThoseOfRunsDo) {
  const double without = expect_the_same_law("outages=[]");
  EXPECT_GT(expect_the_same_law("outages=[{agency: all, from: 1395-02-15 20:00, for: 60 h}]"),
            1.05 * without);
}

}  // namespace
}  // namespace pishkhan::common_citizens_test
