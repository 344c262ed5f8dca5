// What the language accepts can be simulated: scenarios at the bounds of their values run, and pass the
// audit.
#include <gtest/gtest.h>

#include "models/plan/forecast.hpp"
#include "models/trial/accounting/trial_audit.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::extremes_test {
namespace {

TrialResult run(const std::string& text) {
  const Scenario scenario = load_scenario_text(text, "tests/scenarios/small/text.yaml");
  const Plan plan(scenario);
  const Forecast expected = forecast(plan);
  EXPECT_TRUE(std::isfinite(expected.total_visits)) << text;
  TrialResult result = run_trial(plan, 0);
  EXPECT_TRUE(result.audit.passed()) << text << '\n' << result.audit.failures.front();
  return result;
}

std::string bare(const std::string& run, const std::string& station) {
  return "scenario: Bare\nrun: {" + run + "}\nstations:\n  - {id: a, " + station + "}\n";
}

TEST(Extremes, OfTimesRun) {
  for (const std::string handling :
       {"gamma: {mean: 1 min, cv: 0.01}", "gamma: {mean: 1 min, cv: 100}",
        "weibull: {shape: 0.1, scale: 0.1 ms}", "weibull: {shape: 1000, median: 1 min}",
        "log_logistic: {shape: 2.000001, median: 1 min}", "log_logistic: {shape: 1000, median: 1 min}",
        "lognormal: {mean: 1 h, cv: 100}", "constant: 0 s", "constant: 100 d", "exponential: {mean: 1e-6 s}",
        "lognormal: {mean: 1 min, cv: 1e-9}", "erlang: {mean: 1 min, shape: 1000}", "empirical: [0 s, 100 d]",
        "mixture: [{weight: 1e-9, of: {constant: 100 d}}, {weight: 1e9, of: {constant: 1 s}}]"}) {
    const std::string station =
        "arrivals: 30 / h, handling: {" + handling + "}, patience: {" + handling + "}";
    for (const char* clerks : {"1", "40", "unlimited", "[{clerks: 2, speed: 100}]"}) {
      run(bare("days: 3", station + ", clerks: " + clerks + ", doors: '00:00-10:00, 12:00-24:00'"));
      run(bare("length: 3 d, warm_up: 1 h", station + ", clerks: " + clerks));
    }
    run(bare("length: 3 d", "arrivals: 30 / h, handling: {" + handling +
                                "}, discipline: processor_sharing, cores: 1000000"));
  }
}

TEST(Extremes, OfRunsRun) {
  run(bare("length: 100000 d", "arrivals: 1 / d, handling: {constant: 100 d}, clerks: 200"));
  run(bare("length: 1e-6 s", "arrivals: 10000 / s, handling: {constant: 1 s}, clerks: 1"));
  run(bare("days: 1, start: 1500-12-29",
           "arrivals: 1 / h, handling: {constant: 1 s}, clerks: 1, doors: 08:00-10:00"));
  run(bare("length: 1 d",
           "arrivals: {sinusoidal: {mean: 1 / min, amplitude: 1 / min, period: 1 s}}, handling: {constant: 1 "
           "s}, clerks: 1"));
  run(bare("days: 2",
           "arrivals: {hourly: [1e9, 1e-9], total: 100}, handling: {constant: 1 s}, clerks: 1000000, doors: "
           "00:00-24:00, "
           "balking: {per: clerk, points: [{waiting: 1e-9, probability: 0%}, {waiting: 1e9, probability: "
           "100%}]}"));
}

/// Cores of a shared processor are at work no longer than the run, or the day and its overtime.
TEST(Extremes, OfWorkAreWithinTheTime) {
  const std::string station = "arrivals: 1 / s, handling: {constant: 1 d}, discipline: processor_sharing";
  const StationTally whole = run(bare("length: 1 h", station)).stations.front();
  EXPECT_EQ(whole.staffed_s, 3600);
  EXPECT_LE(whole.busy_s, 3600);
  EXPECT_GT(whole.busy_s, 3500);
  const StationTally days =
      run(bare("days: 1",
               "arrivals: 1 / min, handling: {constant: 10 min}, discipline: processor_sharing, "
               "cores: 3, doors: '08:00-09:00, 10:00-11:00'"))
          .stations.front();
  EXPECT_NEAR(days.busy_s, 600.0 * static_cast<double>(days.served), 1e-3);
  EXPECT_NEAR(days.staffed_s, 3 * 7200 + days.overtime_s, 1e-6);
  EXPECT_GT(days.overtime_s, 0);
}

/// In a long queue people leave in an order that has nothing to do with that of their coming.
TEST(Extremes, OfLongQueuesRun) {
  run(bare(
      "days: 1",
      "arrivals: 5000 / s, handling: {exponential: {mean: 9 min}}, patience: {exponential: {mean: 10 d}}, "
      "clerks: 1, doors: '23:59-24:00'"));
}

TEST(Extremes, OfAProvinceRun) {
  const std::string head =
      "scenario: A change\nbase: small.yaml\nrun: {start: 1395-02-03, days: 3, replications: 1}\n";
  const TrialResult slow = run(
      head +
      "choice: {nearest: 1 m, within: 20000 km, distance_exponent: 20, size_exponent: 20}\n"
      "redirect: {speed: 0.1 km/h, at_most: 20}\nretry: {probability: 100%, at_most: 100}\n"
      "demand: {busyness: {province_cv: 0.01, county_cv: 1}, month: {mehr: 1e-9, ordibehesht: 1000}}\n"
      "backbone:\n  model: shared\n  access:\n    fibre: {bandwidth: 1 kbit/s, latency: 10 min}\n"
      "    adsl: {bandwidth: 1000 Gbit/s, latency: 1e-6 s}\n    vsat: {bandwidth: 1 kbit/s, latency: 0 s}\n"
      "  county: {bandwidth: 1 kbit/s, latency: 10 min}\n  province: {bandwidth: 1 kbit/s, latency: 10 min}\n"
      "  data_centre: {bandwidth: 1 kbit/s, latency: 10 min}\n  web: {bandwidth: 1 kbit/s, latency: 10 min}\n"
      "  share_before: 0%\n"
      "systems: [{agency: all, cores: 1000000}]\n"
      "staffing: [{at: offices, clerks: +2, speed: 0.01}]\n"
      "handling: [{services: all, factor: 10}]\n"
      "outages: [{agency: post, from: 1395-02-04, for: 3660 d}]\n");
  EXPECT_GT(slow.visits, 0u);
  run(head + "staffing: [{at: all, clerks: 10000}]\nhandling: [{services: all, factor: 1e-6}]\n");
}

TEST(Extremes, OfTheCalendarRun) {
  for (const char* start : {"1200-01-09", "1499-12-28", "1500-05-01", "1500-12-17"}) {
    const TrialResult result = run(
        "scenario: A change\nbase: small.yaml\nrun: {start: " + std::string(start) +
        ", days: 5, replications: 1}\ndemand:\n  holidays: none\n  special_days: {fair: {factor: 2, dates: "
        "[1500-12-29]}, feast: {factor: 2, from: 12-20, to: 01-05}, pay: {factor: 1.1, days_of_month: "
        "[31]}}\n"
        "outages:\n  - {power_of: all, from: 1500-12-29, for: 3660 d}\n"
        "  - {power_of: all, from: 1500-12-28, for: 3660 d}\n"
        "  - {power_of: all, from: 1200-01-01, for: 3660 d}\n");
    EXPECT_GT(result.visits, 0u) << start;
  }
}

std::string message(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& thrown) {
    return thrown.what();
  }
  return "";
}

/// Demand within its bounds that no machine holds ends as a full memory does, not as a bug.
TEST(Extremes, OfDemandAreTooMuchForMemory) {
  const std::string text =
      "scenario: A change\nbase: small.yaml\ndemand: {special_days: {fair: {factor: 1000, dates: "
      "[1395-02-03]}}, "
      "busyness: {province_cv: 0, county_cv: 0}}\n"
      "demand_growth: [{growth: +99900%}, {growth: +300%}]\n";
  const Scenario scenario = load_scenario_text(text, "tests/scenarios/small/text.yaml");
  Scenario crowded = scenario;
  for (Place& place : crowded.province->places) place.population = 1e9;
  EXPECT_THROW(run_trial(Plan(crowded), 0), EnvironmentError);
}

/// As many clerk groups as anyone writes, where only skills that differ are told apart.
TEST(Extremes, OfGroupsRun) {
  std::string clerks = "[{clerks: 1, skills: [s]}";
  for (int k = 0; k < 150; ++k) clerks += ", {clerks: 1}";
  run("scenario: A roster clerk by clerk\nrun: {days: 2}\nstations:\n  - id: a\n    doors: 08:00-16:00\n"
      "    handling: {constant: 20 min}\n    streams: [{id: s, arrivals: 3 / min}, {id: t, arrivals: 3 / "
      "min}]\n"
      "    clerks: " +
      clerks + "]\n");
}

TEST(Extremes, UnlimitedClerksKeepNobodyWaiting) {
  for (const bool coupled : {false, true}) {
    const Scenario scenario = load_scenario_text(
        bare("days: 4",
             "doors: 08:00-16:00, arrivals: 1 / s, handling: {exponential: {mean: 10 min}}, "
             "clerks: unlimited, patience: {constant: 0 s}, room: 0"),
        "bare.yaml");
    TrialOptions options;
    options.always_jointly = coupled;
    const TrialResult result = run_trial(Plan(scenario), 0, options);
    EXPECT_TRUE(result.audit.passed());
    const StationTally& tally = result.stations[0];
    EXPECT_EQ(tally.served, tally.arrived);
    EXPECT_EQ(tally.in_target, tally.arrived);
    EXPECT_EQ(tally.wait_s, 0);
    EXPECT_EQ(tally.staffed_s, 0);  // utilization has no number
    EXPECT_EQ(tally.busy_s, 0);
    EXPECT_NEAR(tally.handling_s / static_cast<double>(tally.served), 600, 10);
  }
}

TEST(Extremes, AMillionClerksAreForecastAndRun) {
  const TrialResult result =
      run(bare("days: 1",
               "doors: 08:00-16:00, arrivals: 1 / s, handling: {exponential: {mean: 10 min}}, "
               "clerks: 1000000"));
  EXPECT_EQ(result.stations[0].wait_s, 0);
}

/// How often a replication asks whether to stop, and that it stops in the middle of a station's day.
TEST(Stop, IsAskedWithinAStationsDay) {
  for (const std::string station :
       {"clerks: 1", "clerks: 40", "clerks: 40, balking: {points: [{waiting: 1000000, probability: 1%}]}",
        "clerks: unlimited", "discipline: processor_sharing"}) {
    const Scenario scenario = load_scenario_text(
        bare("length: 200000 s", "arrivals: 1 / s, handling: {constant: 30 s}, " + station), "bare.yaml");
    const Plan plan(scenario);
    int asked = 0, stop_at = 1'000'000;
    TrialOptions options;
    options.stop = [&] { return ++asked >= stop_at; };
    run_trial(plan, 0, options);
    EXPECT_GT(asked, 5) << station;
    stop_at = asked / 2;
    asked = 0;
    EXPECT_THROW(run_trial(plan, 0, options), Interrupted) << station;
  }
}

TEST(Stop, IsAskedBeforeTheRun) {
  const std::function<bool()> stop = [] { return true; };
  const Scenario scenario = load_scenario("tests/scenarios/small/small.yaml");
  EXPECT_EQ(message([&] { Plan(scenario, StopCheck(&stop)); }), "interrupted");
  const Plan plan(scenario);
  EXPECT_EQ(message([&] { forecast(plan, StopCheck(&stop)); }), "interrupted");
}

/// The audit sees what cannot be, in a result that was made so.
TEST(TrialAudit, BoundsWhatIsReportedOfStations) {
  const Scenario scenario = load_scenario("tests/scenarios/small/small.yaml");
  const Plan plan(scenario);
  const TrialResult good = run_trial(plan, 0);
  const auto failures = [&](const std::function<void(TrialResult&)>& spoil) {
    TrialResult result = good;
    spoil(result);
    Audit verdict;
    TrialAudit(scenario, plan.data(), verdict, {}).stations(result);
    return verdict.failures.size();
  };
  EXPECT_EQ(failures([](TrialResult&) {}), 0u);
  EXPECT_EQ(failures([](TrialResult& r) { r.stations[0].busy_s = r.stations[0].staffed_s * 1.001; }), 1u);
  EXPECT_EQ(failures([](TrialResult& r) { r.stations[0].busy_s = std::nan(""); }), 1u);
  EXPECT_EQ(failures([](TrialResult& r) { r.stations[0].sojourn_s = HUGE_VAL; }), 1u);
  EXPECT_EQ(failures([](TrialResult& r) { r.stations[0].in_target = r.stations[0].arrived + 1; }), 1u);
  EXPECT_EQ(failures([](TrialResult& r) { r.station_hours[9].staffed_s = 1e9; }), 1u);
  EXPECT_EQ(failures([](TrialResult& r) { r.station_hours[9].busy_s = r.station_hours[9].staffed_s + 1; }),
            1u);
  EXPECT_EQ(failures([](TrialResult& r) { r.station_hours[9].served = r.station_hours[9].joined + 1; }), 1u);
}

}  // namespace
}  // namespace pishkhan::extremes_test
