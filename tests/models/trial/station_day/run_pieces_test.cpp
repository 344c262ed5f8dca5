// A run that is simulated piece by piece is, bit for bit, the run simulated at once with the same visits.
#include "models/trial/station_day/run_pieces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "models/trial/citizens/bare_citizens.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/station_day/station_runner.hpp"

namespace pishkhan::run_pieces_test {
namespace {

/// About 1.2 million visits in three pieces; `station` is what serves them, at half a second a visit.
std::string text_of(const std::string& station) {
  return "scenario: Long\nrun: {length: 1200000 s, warm_up: 1000 s}\nstations:\n  - {id: a, " + station +
         "}\n";
}

/// A run, piece by piece: all its visits, and what was observed.
struct InPieces {
  explicit InPieces(const Scenario& scenario)
      : plan(scenario),
        rules{1.5, scenario.run.warm_up_s},
        totals(scenario, plan.data()),
        runner(scenario, plan.data(), draw_key(7, 0)) {
    const StationIndex station(0);
    const RunPieces pieces(scenario, plan.data(), station);
    count = pieces.count();
    BareCitizens citizens(plan.data(), draw_key(7, 0), {});
    std::vector<Attempt> attempts, created;
    for (std::size_t k = 0; k < pieces.count(); ++k) {
      const RunPiece piece = pieces.piece(k);
      citizens.create(piece, station, totals, created);
      attempts.insert(attempts.end(), created.begin(), created.end());
      runner.prepare(piece, station, attempts);
      runner.simulate();
      EXPECT_FALSE(runner.is_complete());
      runner.observe(rules, observed);
      EXPECT_TRUE(!runner.has_queue() || runner.little().holds());
      keep(attempts);
      std::vector<Attempt> carried;
      for (const std::uint32_t i : runner.carried()) carried.push_back(attempts[i]);
      most_carried = std::max(most_carried, carried.size());
      attempts = carried;
    }
    EXPECT_TRUE(attempts.empty());
    sort();
  }

  void keep(const std::vector<Attempt>& attempts) {
    const Visits& part = runner.visits();
    const std::size_t begin = visits.size();
    visits.resize(begin + part.size());
    const auto at = static_cast<std::ptrdiff_t>(begin);
    for (const auto column : {&Visits::arrival_s, &Visits::human_s, &Visits::system_s, &Visits::patience_s,
                              &Visits::balk, &Visits::leave_s, &Visits::end_s})
      std::copy((part.*column).begin(), (part.*column).end(), (visits.*column).begin() + at);
    std::copy(part.priority.begin(), part.priority.end(), visits.priority.begin() + at);
    std::copy(part.service.begin(), part.service.end(), visits.service.begin() + at);
    std::copy(part.outcome.begin(), part.outcome.end(), visits.outcome.begin() + at);
    std::copy(part.clerk.begin(), part.clerk.end(), visits.clerk.begin() + at);
    for (std::size_t i = 0; i < part.size(); ++i) who.push_back(attempts[runner.attempt(i)]);
  }

  /// By arrival, ties as the kernel has them: by stream and number.
  void sort() {
    std::vector<std::uint32_t> order(visits.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
      return std::tuple(visits.arrival_s[a], who[a].stream, who[a].index) <
             std::tuple(visits.arrival_s[b], who[b].stream, who[b].index);
    });
    const auto put = [&order](auto& column) {
      auto sorted = column;
      for (std::size_t k = 0; k < order.size(); ++k) sorted[k] = column[order[k]];
      column = sorted;
    };
    for (const auto column : {&Visits::arrival_s, &Visits::human_s, &Visits::system_s, &Visits::patience_s,
                              &Visits::balk, &Visits::leave_s, &Visits::end_s})
      put(visits.*column);
    put(visits.priority);
    put(visits.service);
    put(visits.outcome);
    put(visits.clerk);
  }

  Plan plan;
  ObservationRules rules;
  Totals totals;
  StationRunner runner;
  Visits visits;
  std::vector<Attempt> who;
  StationObservation observed;
  std::size_t count = 0, most_carried = 0;
};

void expect_same_observation(const StationObservation& parts, const StationObservation& whole,
                             const std::string& station) {
  const StationTally &a = parts.tally, &b = whole.tally;
  EXPECT_EQ(std::tie(a.arrived, a.served, a.abandoned, a.balked, a.inside, a.in_target),
            std::tie(b.arrived, b.served, b.abandoned, b.balked, b.inside, b.in_target))
      << station;
  EXPECT_EQ(parts.waits, whole.waits) << station;
  EXPECT_EQ(parts.levels.max(), whole.levels.max()) << station;
  EXPECT_EQ(parts.levels.quantile(0.95), whole.levels.quantile(0.95)) << station;
  for (const auto member :
       {&StationTally::queue_area_s, &StationTally::busy_s, &StationTally::open_s, &StationTally::staffed_s})
    EXPECT_NEAR(a.*member, b.*member, 1e-9 * (1 + b.*member)) << station;
  EXPECT_NEAR(a.wait_s, b.wait_s, 1e-9 * (1 + b.wait_s)) << station;
  EXPECT_NEAR(a.sojourn_s, b.sojourn_s, 1e-9 * (1 + b.sojourn_s)) << station;
}

TEST(RunPieces, TogetherAreTheRunSimulatedAtOnce) {
  const std::string one = "arrivals: 1 / s, handling: {exponential: {mean: 0.5 s}}, ";
  const std::string two =
      "streams: [{id: p, arrivals: 0.5 / s, priority: 1, handling: {exponential: {mean: 0.5 s}}}, {id: q, "
      "arrivals: [{from: 0 s, rate: 0.2 / s}, {from: 600000 s, rate: 0.8 / s}], handling: {lognormal: {mean: "
      "0.5 s, cv: 2}}, patience: {exponential: {mean: 60 s}}}], ";
  for (const std::string& station : std::vector<std::string>{
           one + "clerks: 1",
           "arrivals: 1 / s, handling: {lognormal: {mean: 3.8 s, cv: 1}}, patience: {exponential: {mean: 9 "
           "s}}, clerks: 4",
           "arrivals: 1 / s, handling: {exponential: {mean: 9 s}}, room: 5, clerks: [{clerks: 5}, {clerks: "
           "5, "
           "speed: 0.8}]",
           "arrivals: 1 / s, handling: {exponential: {mean: 28 s}}, clerks: 30",
           "arrivals: 1 / s, handling: {exponential: {mean: 28 s}}, room: 9, clerks: 30",
           two + "clerks: 1",
           two + "clerks: [{id: both, clerks: 1}, {id: first, clerks: 1, skills: [p]}]",
           one + "clerks: unlimited",
       }) {
    const Scenario scenario = load_scenario_text(text_of(station), "tests/scenarios/small/text.yaml");
    const InPieces run(scenario);
    EXPECT_EQ(run.count, 3U) << station;
    StationDay day = run.runner.station_day();
    std::vector<Clerk> clerks(day.clerks.begin(), day.clerks.end());
    for (Clerk& clerk : clerks) clerk.free_from_s = -kForever;
    day.clerks = clerks;
    Visits whole = run.visits;
    simulate_station(day, whole);
    EXPECT_TRUE(whole.leave_s == run.visits.leave_s) << station;
    EXPECT_TRUE(whole.end_s == run.visits.end_s) << station;
    EXPECT_TRUE(whole.outcome == run.visits.outcome) << station;
    EXPECT_TRUE(whole.clerk == run.visits.clerk) << station;
    const std::vector<std::uint8_t> reworked(whole.size());
    StationObservation observed;
    StationObserver().observe(day, run.plan.data().stations[0].weeks[0].days[0]->frame, whole, reworked,
                              run.rules, observed);
    expect_same_observation(run.observed, observed, station);
  }
}

TEST(RunPieces, CarryWhoIsAtASharedProcessor) {
  const Scenario scenario = load_scenario_text(
      text_of(
          "arrivals: 1 / s, handling: {exponential: {mean: 1.9 s}}, discipline: processor_sharing, cores: 2"),
      "tests/scenarios/small/text.yaml");
  const InPieces run(scenario);
  EXPECT_EQ(run.count, 3U);
  EXPECT_GT(run.most_carried, 0U);
  std::vector<double> departure_s(run.visits.size());
  processor_sharing_departures(run.visits.arrival_s, run.visits.human_s, 2, departure_s);
  EXPECT_TRUE(departure_s == run.visits.end_s);
}

/// Nobody is lost on the way, and those who wait at the end are told.
TEST(RunPieces, PassTheAuditWhenTheQueueGrows) {
  const Scenario scenario =
      load_scenario_text(text_of("arrivals: 1 / s, handling: {exponential: {mean: 2 s}}, clerks: 1"),
                         "tests/scenarios/small/text.yaml");
  const TrialResult result = run_trial(Plan(scenario), 0);
  EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  EXPECT_NEAR(static_cast<double>(result.stations[0].inside), 600'000, 6'000);
}

}  // namespace
}  // namespace pishkhan::run_pieces_test
