// Bare stations: arrivals in batches, by a schedule, recorded, and at the start; room for all inside; service
// levels of streams.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <queue>
#include <string>
#include <vector>

#include "models/theory/multi_server.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/statistics/estimate.hpp"
#include "tests/report/scratch_folder.hpp"

namespace pishkhan::bare_arrivals_test {
namespace {

Scenario scenario_of(const std::string& run, const std::string& stations) {
  return load_scenario_text("scenario: Arrivals\nrun: " + run + "\nstations:\n" + stations, "text.yaml");
}

TrialResult simulate(const Scenario& scenario, std::uint32_t replication = 0, bool jointly = false) {
  const Plan plan(scenario);
  TrialOptions options;
  options.always_jointly = jointly;
  TrialResult result = run_trial(plan, replication, options);
  EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  return result;
}

/// The visits of a run, in the order in which they are written.
std::vector<VisitRecord> visits_of(Scenario scenario) {
  scenario.visits.share = 1;
  const Plan plan(scenario);
  std::vector<VisitRecord> all;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> visits) {
    all.insert(all.end(), visits.begin(), visits.end());
  };
  const TrialResult result = run_trial(plan, 0, options);
  EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  return all;
}

/// Mean wait of the served, in seconds, over replications.
Estimate mean_wait(const Scenario& scenario) {
  std::vector<double> waits, served;
  for (int k = 0; k < scenario.run.replications; ++k) {
    const TrialResult result = simulate(scenario, static_cast<std::uint32_t>(k));
    waits.push_back(result.stations[0].wait_s);
    served.push_back(static_cast<double>(result.stations[0].served));
  }
  return estimate_ratio(waits, served);
}

/// Three standard errors, of which the interval of 95% is at most 3% of what is expected.
void expect_near(const Estimate& simulated, double expected) {
  const double error = simulated.half_width / student_t_975(simulated.replications - 1);
  EXPECT_LT(simulated.half_width, 0.03 * expected) << "too few replications to tell";
  EXPECT_LE(std::abs(simulated.mean - expected), 3 * error) << simulated.mean << " for " << expected;
}

/// Uniforms of a multiplicative congruential generator (Park and Miller), which nothing else here uses.
class Uniforms {
 public:
  explicit Uniforms(std::uint64_t seed) : state_(seed) {}
  double operator()() {
    state_ = state_ * 48271 % 2147483647;
    return static_cast<double>(state_) / 2147483647.0;
  }
  double exponential(double mean) { return -mean * std::log((*this)()); }

 private:
  std::uint64_t state_;
};

/// Mean wait where batches of a size come at a rate to servers, by the times at which servers become free.
double wait_of_batches(Uniforms& draw, double batches_per_s, int size, int servers, double mean_s,
                       int batches) {
  std::priority_queue<double, std::vector<double>, std::greater<>> free_s;
  for (int k = 0; k < servers; ++k) free_s.push(0);
  double now_s = 0, waits_s = 0;
  int counted = 0;
  for (int k = 0; k < batches; ++k) {
    now_s += draw.exponential(1 / batches_per_s);
    for (int member = 0; member < size; ++member) {
      const double start_s = std::max(now_s, free_s.top());
      free_s.pop();
      free_s.push(start_s + draw.exponential(mean_s));
      if (k < batches / 10) continue;
      waits_s += start_s - now_s;
      ++counted;
    }
  }
  return waits_s / counted;
}

const char* const kRun = "{length: 120 d, warm_up: 5 d, replications: 20, seed: 4}";

std::string desk(const std::string& more) {
  return "  - id: desk\n    handling: {exponential: {mean: 60 s}}\n    " + more + "\n";
}

TEST(Batches, OfOneSizeWaitAsTheFormulaSays) {
  // Batches of X at a rate l to one server at a rate m: L = r (1 + E X^2 / E X) / 2 (1 - r), r = l E X / m.
  const double load = 0.6, mean_s = 60, size = 4, in_system = load * (1 + size) / (2 * (1 - load));
  const double wait_s = in_system / (load / mean_s) - mean_s;
  expect_near(mean_wait(scenario_of(kRun, desk("arrivals: 0.15 / min\n    batch: 4\n    clerks: 1"))),
              wait_s);
}

TEST(Batches, OfGeometricSizeWaitAsTheFormulaSays) {
  const double load = 0.6, mean_s = 60, mean = 3, in_system = load * mean / (1 - load);
  const double wait_s = in_system / (load / mean_s) - mean_s;
  expect_near(
      mean_wait(scenario_of(kRun, desk("arrivals: 0.2 / min\n    batch: {geometric: 3}\n    clerks: 1"))),
      wait_s);
}

TEST(Batches, OfSharedSizesWaitAsTheFormulaSays) {
  const double load = 0.5, mean_s = 60, first = 0.75 * 1 + 0.25 * 5, second = 0.75 * 1 + 0.25 * 25;
  const double in_system = load * (1 + second / first) / (2 * (1 - load));
  const double wait_s = in_system / (load / mean_s) - mean_s;
  const std::string sizes = "[{size: 1, share: 75%}, {size: 5, share: 25%}]";
  expect_near(
      mean_wait(scenario_of(kRun, desk("arrivals: 0.25 / min\n    batch: " + sizes + "\n    clerks: 1"))),
      wait_s);
}

TEST(Batches, ToSeveralClerksWaitAsInASimulationOfTheirOwn) {
  std::vector<double> waits;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Uniforms draw(1000 * seed);
    waits.push_back(wait_of_batches(draw, 0.4 / 60, 5, 3, 60, 200'000));
  }
  const Estimate expected = estimate_mean(waits);
  const Estimate simulated =
      mean_wait(scenario_of(kRun, desk("arrivals: 0.4 / min\n    batch: 5\n    clerks: 3")));
  EXPECT_LT(expected.half_width, 0.02 * expected.mean);
  EXPECT_LT(simulated.half_width, 0.02 * expected.mean);
  EXPECT_LE(std::abs(simulated.mean - expected.mean),
            3 / 2.09 * std::hypot(simulated.half_width, expected.half_width));
}

const char* const kTwoStreams =
    "  - id: desk\n    doors: 08:00-12:00\n    handling: {exponential: {mean: 60 s}}\n    clerks: 2\n"
    "    streams:\n      - {id: families, arrivals: 12 / h, batch: {geometric: 2.5}}\n"
    "      - {id: others, arrivals: 30 / h}\n";

TEST(Batches, ComeAtOneMomentInTheOrderInWhichTheyAreServed) {
  const Scenario scenario = scenario_of("{days: 5, seed: 2}", desk("arrivals: 10 / h\n    batch: 3\n    "
                                                                   "doors: 08:00-12:00\n    clerks: 1"));
  const std::vector<VisitRecord> visits = visits_of(scenario);
  ASSERT_GT(visits.size(), 100u);
  ASSERT_EQ(visits.size() % 3, 0u);
  for (std::size_t k = 0; k < visits.size(); k += 3) {
    for (std::size_t member = 1; member < 3; ++member) {
      EXPECT_EQ(visits[k + member].arrival_s, visits[k].arrival_s);
      EXPECT_GT(visits[k + member].start_s, visits[k + member - 1].start_s);
    }
  }
}

TEST(Batches, AreTheSameInOneEventLoop) {
  for (const char* const run : {"{days: 20, seed: 2}", "{length: 20 d, seed: 2}"}) {
    const Scenario scenario = scenario_of(run, kTwoStreams);
    const TrialResult apart = simulate(scenario), jointly = simulate(scenario, 0, true);
    ASSERT_GT(apart.stations[0].served, 1000u);
    EXPECT_EQ(apart.stations[0].wait_s, jointly.stations[0].wait_s);
    EXPECT_EQ(apart.services, jointly.services);
  }
}

TEST(Batches, LeaveOtherStreamsAsTheyAre) {
  const auto others_of = [](const std::vector<VisitRecord>& visits) {
    std::vector<double> arrivals;
    for (const VisitRecord& visit : visits)
      if (visit.service.value == 1) arrivals.push_back(visit.arrival_s);
    return arrivals;
  };
  std::string alone = kTwoStreams;
  alone.replace(alone.find(", batch: {geometric: 2.5}"), 25, "");
  const Scenario with = scenario_of("{days: 5, seed: 2}", kTwoStreams);
  const Scenario without = scenario_of("{days: 5, seed: 2}", alone);
  EXPECT_EQ(others_of(visits_of(with)), others_of(visits_of(without)));
}

TEST(Batches, OfOneAreNone) {
  const auto desk_with = [](const std::string& more) {
    return scenario_of("{days: 20, seed: 2}",
                       desk("arrivals: 40 / h\n    doors: 08:00-12:00\n    clerks: 1" + more));
  };
  EXPECT_EQ(to_bytes(simulate(desk_with(""))), to_bytes(simulate(desk_with("\n    batch: 1"))));
}

double sum_of_waits(const std::vector<VisitRecord>& visits) {
  double sum_s = 0;
  for (const VisitRecord& visit : visits) sum_s += visit.start_s - visit.arrival_s;
  return sum_s;
}

TEST(Scheduled, ArrivalsWaitAsInDM1) {
  // D/M/1: r = exp(-m (1 - r) T), wait r / (m (1 - r)).
  const double every_s = 80, mean_s = 60;
  double root = 0.5;
  for (int k = 0; k < 200; ++k) root = std::exp(-(1 - root) * every_s / mean_s);
  expect_near(mean_wait(scenario_of(kRun, desk("arrivals: {scheduled: {every: 80 s}}\n    clerks: 1"))),
              mean_s * root / (1 - root));
}

const char* const kSchedule =
    "  - id: desk\n    doors: [08:00-10:00, 11:00-12:00]\n    handling: {constant: 1 s}\n    clerks: 9\n"
    "    arrivals: {scheduled: ";

TEST(Scheduled, ArrivalsComeFromTheOpeningOfTheDoorsOn) {
  const auto visits = visits_of(scenario_of("{days: 1}", std::string(kSchedule) + "{every: 25 min}}\n"));
  std::vector<double> minutes;
  for (const VisitRecord& visit : visits) minutes.push_back(visit.arrival_s / 60);
  EXPECT_EQ(minutes, (std::vector<double>{480, 505, 530, 555, 580, 660, 685, 710}));
}

TEST(Scheduled, ArrivalsDeviateFromTheirTimes) {
  for (const bool is_normal : {false, true}) {
    const auto visits = visits_of(
        scenario_of("{length: 200 d}", desk("clerks: unlimited\n    arrivals: {scheduled: {every: 20 min, "
                                            "deviation: {" +
                                            std::string(is_normal ? "normal" : "uniform") + ": 90 s}}}")));
    double sum_s = 0, squares = 0, most_s = 0;
    for (const VisitRecord& visit : visits) {
      const double off_s = visit.arrival_s - 1200 * std::round(visit.arrival_s / 1200);
      sum_s += off_s;
      squares += off_s * off_s;
      most_s = std::max(most_s, std::abs(off_s));
    }
    const auto n = static_cast<double>(visits.size());
    const double variance = is_normal ? 90.0 * 90 : 90.0 * 90 / 3;
    EXPECT_NEAR(n, 72 * 200, 1);
    EXPECT_NEAR(sum_s / n, 0, 4 * std::sqrt(variance / n));
    // The fourth moment is 3 variances squared of a normal number, 9/5 of a uniform one.
    EXPECT_NEAR(squares / n, variance, 4 * variance * std::sqrt((is_normal ? 2.0 : 0.8) / n));
    EXPECT_EQ(most_s > 90, is_normal);
  }
}

TEST(Scheduled, SomeDoNotComeAndBatchesDo) {
  const Scenario some =
      scenario_of("{days: 100}", std::string(kSchedule) + "{every: 1 min, no_show: 20%}}\n");
  const double n = 100 * 180, expected = 0.8 * n;
  EXPECT_NEAR(static_cast<double>(simulate(some).stations[0].arrived), expected,
              4 * std::sqrt(0.2 * expected));
  const Scenario buses =
      scenario_of("{days: 2}", std::string(kSchedule) + "{every: 30 min}}\n    batch: 20\n");
  EXPECT_EQ(simulate(buses).stations[0].arrived, 2u * 6 * 20);
}

TEST(Scheduled, ArrivalsOfALongRunComeOnceEach) {
  const Scenario scenario =
      scenario_of("{length: 130 d}", desk("clerks: unlimited\n    arrivals: {scheduled: {every: 10 s}}"));
  EXPECT_EQ(simulate(scenario).stations[0].arrived, 130u * 8640);
  const Scenario moved = scenario_of(
      "{length: 130 d}",
      desk("clerks: unlimited\n    arrivals: {scheduled: {every: 10 s, deviation: {uniform: 5 s}}}"));
  EXPECT_NEAR(static_cast<double>(simulate(moved).stations[0].arrived), 130 * 8640, 1);
}

TEST(Scheduled, ArrivalsAreTheSameInOneEventLoop) {
  for (const char* const run : {"{days: 20, seed: 2}", "{length: 20 d, seed: 2}"}) {
    const Scenario scenario = scenario_of(
        run, desk("arrivals: {scheduled: {every: 50 s, deviation: {normal: 40 s}}}\n    at_start: 5\n"
                  "    doors: 08:00-12:00\n    clerks: 1"));
    const TrialResult apart = simulate(scenario), jointly = simulate(scenario, 0, true);
    ASSERT_GT(apart.stations[0].wait_s, 1000);
    EXPECT_EQ(apart.stations[0].wait_s, jointly.stations[0].wait_s);
    EXPECT_EQ(apart.services, jointly.services);
  }
}

const char* const kRecorded =
    "  - id: desk\n    doors: 08:00-12:00\n    clerks: 1\n    arrivals:\n      recorded:\n"
    "        - {at: 08:00, handling: 5 min}\n        - {at: 08:01, handling: 2 min}\n"
    "        - {at: 28950 s, handling: 1 min}\n";

TEST(Recorded, ArrivalsArePlayedEachDay) {
  // Served 08:00-08:05, 08:05-08:07, and from 08:07, who came at 08:02:30.
  const auto visits = visits_of(scenario_of("{days: 3}", kRecorded));
  ASSERT_EQ(visits.size(), 9u);
  EXPECT_EQ(sum_of_waits(visits), 3 * (0 + 240 + 270));
  EXPECT_EQ(visits[2].end_s, 8 * 3600 + 8 * 60);
}

TEST(Recorded, ArrivalsArePlayedOverAnUnbrokenRun) {
  const auto visits = visits_of(
      scenario_of("{length: 3 d}",
                  desk("arrivals: {recorded: [{at: 100000 s, handling: 50 s}, {at: 5 s, handling: 20 s}, "
                       "{at: 15 s, handling: 30 s}]}\n    clerks: 1")));
  ASSERT_EQ(visits.size(), 3u);
  EXPECT_EQ(visits[0].arrival_s, 5);
  EXPECT_EQ(visits[1].start_s, 25);
  EXPECT_EQ(visits[2].end_s, 100050);
}

/// A desk whose arrivals stand in a file.
std::string with_file(const tests::ScratchFolder& scratch, const std::string& rows, const std::string& more) {
  std::ofstream(scratch.path() / "arrivals.csv") << rows;
  std::ofstream(scratch.path() / "desk.yaml") << "scenario: Arrivals\nrun: {days: 3}\nstations:\n  - id: "
                                                 "desk\n    doors: 08:00-12:00\n    clerks: 1\n" +
                                                     more;
  return (scratch.path() / "desk.yaml").string();
}

TEST(Recorded, ArrivalsMayStandInAFile) {
  const tests::ScratchFolder scratch;
  const std::string file = with_file(scratch, "time,handling_s\n08:00,300\n08:01:00,120\n28950,60\n",
                                     "    arrivals: {file: arrivals.csv}\n");
  const Scenario from_file = load_scenario(file);
  EXPECT_EQ(sum_of_waits(visits_of(from_file)), 3 * (0 + 240 + 270));
  EXPECT_EQ(from_file.resolved.find("arrivals.csv"), std::string::npos);
  EXPECT_EQ(load_scenario_text(from_file.resolved, "again.yaml").resolved, from_file.resolved);
}

TEST(Recorded, RowsOfAFileBelongToStreams) {
  const tests::ScratchFolder scratch;
  const Scenario scenario = load_scenario(with_file(
      scratch, "stream,time\na,08:00\nb,08:01\na,08:02:30\n",
      "    handling: {constant: 3 min}\n    streams:\n      - {id: a, arrivals: {file: arrivals.csv}}\n"
      "      - {id: b, arrivals: {file: arrivals.csv}, priority: 1}\n"));
  const auto visits = visits_of(scenario);
  ASSERT_EQ(visits.size(), 9u);
  EXPECT_EQ(sum_of_waits(visits), 3 * (0 + 120 + 210));
}

TEST(Recorded, BadRowsAreAllTold) {
  const tests::ScratchFolder scratch;
  try {
    load_scenario(with_file(scratch,
                            "time,handling_s,stream\n8 o'clock,60,a\n08:61,60,a\n09:00,none,a\n09:10,60,c\n",
                            "    streams: [{id: a, arrivals: {file: arrivals.csv}}]\n"));
    FAIL() << "bad rows are taken";
  } catch (const UserError& error) {
    std::vector<std::pair<int, int>> places;
    for (const Diagnostic& one : error.diagnostics()) {
      EXPECT_NE(one.file.find("arrivals.csv"), std::string::npos) << to_string(one);
      EXPECT_FALSE(one.hint.empty()) << to_string(one);
      places.emplace_back(one.line, one.column);
    }
    EXPECT_EQ(places, (std::vector<std::pair<int, int>>{{2, 1}, {3, 1}, {4, 7}, {5, 10}}));
  }
}

TEST(Recorded, TimesOutsideTheDoorsAreToldAtTheirRow) {
  const tests::ScratchFolder scratch;
  try {
    load_scenario(
        with_file(scratch, "time,handling_s\n08:00,60\n12:00,60\n", "    arrivals: {file: arrivals.csv}\n"));
    FAIL() << "an arrival at closed doors is taken";
  } catch (const UserError& error) {
    ASSERT_EQ(error.diagnostics().size(), 1u) << error.what();
    EXPECT_EQ(error.diagnostics()[0].line, 3);
    EXPECT_NE(error.diagnostics()[0].problem.find("doors are closed"), std::string::npos);
  }
}

TEST(AtStart, CitizensWaitWhenTheDoorsOpen) {
  const auto of_days = visits_of(
      scenario_of("{days: 4}",
                  "  - {id: desk, doors: 08:00-12:00, arrivals: 0 / h, at_start: 3, clerks: 1, handling: "
                  "{constant: 4 min}, balking: {points: [{waiting: 0, probability: 100%}]}}\n"));
  ASSERT_EQ(of_days.size(), 12u);
  EXPECT_EQ(sum_of_waits(of_days), 4 * (0 + 240 + 480));
  const auto of_run = visits_of(
      scenario_of("{length: 1 d}",
                  "  - {id: desk, arrivals: 0 / h, at_start: 12, clerks: 2, handling: {constant: 5 min}}\n"));
  EXPECT_EQ(sum_of_waits(of_run), 300 * 2 * (0 + 1 + 2 + 3 + 4 + 5));
}

TEST(AtStart, CitizensLeaveTheOthersAsTheyAre) {
  const auto others_of = [](const std::string& more) {
    std::vector<double> arrivals;
    for (const VisitRecord& visit : visits_of(scenario_of(
             "{days: 5, seed: 2}", desk("arrivals: 20 / h\n    doors: 08:00-12:00\n    clerks: 2" + more))))
      if (visit.arrival_s > 8 * kSecondsPerHour) arrivals.push_back(visit.arrival_s);
    return arrivals;
  };
  EXPECT_EQ(others_of(""), others_of("\n    at_start: 7"));
}

TEST(RoomForAll, OfMoreThanTheClerksIsRoomBesideThem) {
  const auto with = [](const std::string& room) {
    return simulate(scenario_of("{length: 60 d, seed: 3}",
                                desk("arrivals: 2.2 / min\n    clerks: 2\n    room: " + room)));
  };
  const TrialResult inside = with("{inside: 5}"), beside = with("3");
  ASSERT_GT(beside.stations[0].balked, 1000u);
  EXPECT_EQ(to_bytes(inside), to_bytes(beside));
}

const char* const kShortRun = "{length: 40 d, warm_up: 2 d, replications: 20, seed: 4}";

TEST(RoomForAll, IsThatOfMMcK) {
  const theory::MMcK queue{2, 3, 2.2 / 60, 60};
  const Scenario scenario =
      scenario_of(kShortRun, desk("arrivals: 2.2 / min\n    clerks: 2\n    room: {inside: 5}"));
  std::vector<double> balked, arrived, waits, served;
  for (std::uint32_t k = 0; k < 20; ++k) {
    const TrialResult result = simulate(scenario, k);
    balked.push_back(static_cast<double>(result.stations[0].balked));
    arrived.push_back(static_cast<double>(result.stations[0].arrived));
    waits.push_back(result.stations[0].wait_s);
    served.push_back(static_cast<double>(result.stations[0].served));
  }
  expect_near(estimate_ratio(balked, arrived), queue.p_blocked());
  expect_near(estimate_ratio(waits, served), queue.mean_wait());
}

TEST(RoomForAll, OfFewerThanTheClerksKeepsSomeIdle) {
  // As many servers as there is room for: Erlang's loss formula, a^2/2 / (1 + a + a^2/2).
  const double load = 1.5, lost = load * load / 2 / (1 + load + load * load / 2);
  const Scenario scenario =
      scenario_of(kShortRun, desk("arrivals: 1.5 / min\n    clerks: 4\n    room: {inside: 2}"));
  std::vector<double> balked, arrived;
  for (std::uint32_t k = 0; k < 20; ++k) {
    const TrialResult result = simulate(scenario, k);
    EXPECT_EQ(result.stations[0].wait_s, 0);
    balked.push_back(static_cast<double>(result.stations[0].balked));
    arrived.push_back(static_cast<double>(result.stations[0].arrived));
  }
  expect_near(estimate_ratio(balked, arrived), lost);
}

TEST(StreamServiceLevel, IsThatOfItsOwnTime) {
  const std::string stations =
      "  - id: desk\n    doors: 08:00-12:00\n    clerks: 1\n    handling: {constant: 4 min}\n    streams:\n"
      "      - {id: a, arrivals: 0 / h, at_start: 3, service_level: 5 min}\n"
      "      - {id: b, arrivals: 0 / h, at_start: 3}\n";
  const TrialResult result = simulate(scenario_of("{days: 2}", stations));
  const auto of = [&](std::size_t stream) {
    return result.services[stream * kChannels + static_cast<std::size_t>(Channel::office)];
  };
  // a waits 0, 4, 8 minutes, then b 12, 16, 20; the scenario's time is 15 minutes.
  EXPECT_EQ(of(0).in_target, 2u * 2);
  EXPECT_EQ(of(1).in_target, 2u * 1);
  EXPECT_EQ(result.stations[0].in_target, 2u * 4);
}

TEST(StreamServiceLevel, OfTheOnlyStreamIsItsOwnToo) {
  const auto with = [](const std::string& more) {
    return simulate(
        scenario_of("{days: 80, seed: 3}",
                    "  - id: desk\n    doors: 08:00-12:00\n    clerks: 1\n    handling: {exponential: "
                    "{mean: 4 min}}\n    streams: [{id: a, arrivals: 12 / h" +
                        more + "}]\n"));
  };
  const TrialResult own = with(", service_level: 5 min"), scenarios = with("");
  const auto of = [](const TrialResult& result) {
    return result.services[static_cast<std::size_t>(Channel::office)];
  };
  EXPECT_EQ(own.stations[0].in_target, scenarios.stations[0].in_target);
  EXPECT_EQ(of(scenarios).in_target, scenarios.stations[0].in_target);
  EXPECT_LT(of(own).in_target, of(scenarios).in_target);
  EXPECT_EQ(of(own).served, of(scenarios).served);
}

}  // namespace
}  // namespace pishkhan::bare_arrivals_test
