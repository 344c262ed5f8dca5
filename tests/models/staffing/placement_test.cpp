// Clerks where they save the most waiting, against every placement simulated by whole runs.
#include "models/staffing/placement.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "models/plan/plan_data.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/time.hpp"

namespace pishkhan::placement_test {
namespace {

using Clerks = std::vector<int>;

/// Four stations, of which two lose citizens and one works in two shifts.
Scenario four(const Clerks& clerks, std::uint64_t seed = 4) {
  const auto n = [&](std::size_t s) { return std::to_string(clerks[s]); };
  return load_scenario_text(
      "scenario: Four\nrun: {days: 10, warm_up_days: 1, seed: " + std::to_string(seed) +
          "}\nstations:\n"
          "  - {id: a, doors: 08:00-14:00, arrivals: 30 / h, handling: {exponential: {mean: 4 min}}, "
          "clerks: " +
          n(0) +
          "}\n"
          "  - {id: b, doors: 08:00-14:00, arrivals: 45 / h, handling: {lognormal: {mean: 5 min, cv: 0.8}}, "
          "patience: {exponential: {mean: 20 min}}, clerks: " +
          n(1) +
          "}\n"
          "  - {id: c, doors: '08:00-12:00, 13:00-16:00', arrivals: 20 / h, handling: {constant: 6 min}, "
          "closing: send_away, clerks: " +
          n(2) +
          "}\n"
          "  - {id: d, doors: 08:00-11:00, arrivals: 12 / h, handling: {exponential: {mean: 3 min}}, room: "
          "5, "
          "clerks: " +
          n(3) + "}\n",
      "tests/scenarios/small/text.yaml");
}

/// Person-hours of waiting in the mean of runs, a visit without service counted as an hour: [station].
std::vector<double> costs(const Clerks& clerks, std::uint32_t replications, std::uint64_t seed = 4) {
  const Scenario scenario = four(clerks, seed);
  const Plan plan(scenario);
  std::vector<double> sums(clerks.size());
  for (std::uint32_t i = 0; i < replications; ++i) {
    const TrialResult run = run_trial(plan, i);
    for (std::size_t s = 0; s < sums.size(); ++s) {
      const StationTally& tally = run.stations[s];
      sums[s] +=
          (tally.wait_joined_s / kSecondsPerHour + double(tally.arrived - tally.served)) / replications;
    }
  }
  return sums;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// The least cost of all placements of at most so many clerks, each station between its ends.
double least_of_all(const std::vector<std::vector<double>>& cost, const Clerks& fewest, const Clerks& most,
                    int clerks) {
  double least = std::numeric_limits<double>::infinity();
  for (Clerks tried = fewest;;) {
    double here = 0;
    for (std::size_t s = 0; s < tried.size(); ++s) here += cost[tried[s]][s];
    if (std::accumulate(tried.begin(), tried.end(), 0) <= clerks) least = std::min(least, here);
    std::size_t s = 0;
    while (s < tried.size() && tried[s] == most[s]) {
      tried[s] = fewest[s];
      ++s;
    }
    if (s == tried.size()) return least;
    ++tried[s];
  }
}

TEST(Placement, IsTheBestOfAllPlacementsThatRunsSimulate) {
  constexpr int kMost = 12;
  const Clerks now{2, 5, 3, 2}, one{1, 1, 1, 1}, many{kMost, kMost, kMost, kMost};
  const Scenario scenario = four(now);
  const Plan plan(scenario);
  std::vector<std::vector<double>> cost;
  for (const int budget : {2, 5, 0, -3}) {
    PlacementOptions options;
    options.threads = 2;
    options.budget = budget;
    options.search_days = 90;
    const PlacementResult result = place_clerks(plan, options);
    if (cost.empty()) {
      cost.emplace_back(4);
      for (int clerks = 1; clerks <= kMost; ++clerks)
        cost.push_back(costs(Clerks(4, clerks), result.search_replications));
    }
    Clerks placed;
    double expected = 0;
    for (const StationPlacement& station : result.stations) {
      expected += cost[station.clerks_placed][placed.size()];
      placed.push_back(station.clerks_placed);
    }
    ASSERT_EQ(placed.size(), 4U);
    const int all = std::accumulate(now.begin(), now.end(), 0) + budget;
    const double least = least_of_all(cost, budget > 0 ? now : one, budget < 0 ? now : many, all);
    EXPECT_LE(std::accumulate(placed.begin(), placed.end(), 0), all) << budget;
    EXPECT_NEAR(expected, least, 1e-6 * least) << budget;
    double before = 0;
    for (std::size_t s = 0; s < now.size(); ++s) before += cost[now[s]][s];
    EXPECT_NEAR(result.saved_in_search_h, before - least, 1e-6 * before) << budget;
  }
}

TEST(Placement, WhatItSavesIsThatOfRunsWithOtherCitizens) {
  const Clerks now{2, 5, 3, 2};
  const Scenario scenario = four(now);
  PlacementOptions options;
  options.budget = 3;
  options.search_days = 90;
  options.first_days = 180;
  const PlacementResult result = place_clerks(Plan(scenario), options);
  Clerks placed;
  for (const StationPlacement& station : result.stations) placed.push_back(station.clerks_placed);
  EXPECT_EQ(result.proof_replications, 20U);
  const double saved = sum(costs(now, result.proof_replications, result.proof_seed)) -
                       sum(costs(placed, result.proof_replications, result.proof_seed));
  EXPECT_NEAR(result.saved_h.mean, saved, 1e-6 * saved);
  EXPECT_GT(result.saved_h.low, 0);
  EXPECT_LT(result.saved_h.low, saved);
  EXPECT_GT(result.saved_h.high, saved);
  double of_stations = 0;
  for (const StationPlacement& station : result.stations)
    if (station.clerks_placed != station.clerks_now) of_stations += station.saved_h.mean;
  EXPECT_NEAR(of_stations, saved, 1e-6 * saved);
  EXPECT_EQ(result.clerks_placed, 3);
}

TEST(Placement, LeavesClerksWhoWouldSaveNothing) {
  const Scenario scenario = load_scenario_text(
      "scenario: Quiet\nrun: {days: 5}\nstations:\n"
      "  - {id: a, doors: 08:00-12:00, arrivals: 2 / h, handling: {constant: 1 min}, clerks: 2}\n",
      "tests/scenarios/small/text.yaml");
  PlacementOptions options;
  options.budget = 1000;
  const PlacementResult result = place_clerks(Plan(scenario), options);
  EXPECT_LT(result.clerks_placed, 6) << "of five who come at once, none waits";
  EXPECT_EQ(result.pools.at(0).gap_h, 0);
}

TEST(Placement, MovesClerksWithinTheCountersOfAnAgency) {
  const Scenario scenario = load_scenario("tests/scenarios/small/small.yaml",
                                          {"run.days=10", "backbone.model=ideal", "run.start=1395-03-01"});
  const Plan plan(scenario);
  PlacementOptions options;
  options.threads = 2;
  options.search_days = 100;
  options.first_days = 100;
  const PlacementResult result = place_clerks(plan, options);
  ASSERT_GT(result.pools.size(), 1U);
  std::vector<int> change(result.pools.size());
  for (const StationPlacement& station : result.stations) {
    ASSERT_GE(station.station.index(), scenario.province->offices.size()) << "counters alone";
    EXPECT_GE(station.clerks_placed, 1);
    change[station.pool] += station.clerks_placed - station.clerks_now;
    const Counter& counter =
        scenario.province->counters[station.station.index() - scenario.province->offices.size()];
    EXPECT_EQ(result.pools[station.pool].id, scenario.province->agencies[counter.agency.index()].id);
  }
  for (const int more : change) EXPECT_LE(more, 0) << "nobody comes from another agency";
}

TEST(Placement, RefusesToTakeMoreThanThereIs) {
  const Scenario scenario = four({2, 5, 3, 2});
  PlacementOptions options;
  options.budget = -9;
  try {
    place_clerks(Plan(scenario), options);
    FAIL() << "eight can go, as each station keeps one";
  } catch (const UserError& error) {
    EXPECT_EQ(error.diagnostics().at(0).hint, "at most 8 can go");
  }
  options.budget = -8;
  const PlacementResult result = place_clerks(Plan(scenario), options);
  for (const StationPlacement& station : result.stations) EXPECT_EQ(station.clerks_placed, 1);
}

TEST(Placement, IsTheSameWithAnyNumberOfThreads) {
  const Scenario scenario = four({2, 5, 3, 2});
  PlacementOptions one;
  one.budget = 2;
  PlacementOptions three = one;
  three.threads = 3;
  const PlacementResult a = place_clerks(Plan(scenario), one), b = place_clerks(Plan(scenario), three);
  EXPECT_EQ(a.saved_h.mean, b.saved_h.mean);
  EXPECT_EQ(a.saved_h.low, b.saved_h.low);
  EXPECT_EQ(a.saved_in_search_h, b.saved_in_search_h);
}

}  // namespace
}  // namespace pishkhan::placement_test
