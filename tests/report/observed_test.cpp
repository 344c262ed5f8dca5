// What was observed beside what is simulated: prediction intervals hold what another seed gives, and the
// factor that another scenario had is found.
#include "tools/report/observed.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <utility>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/factor_fit.hpp"

namespace pishkhan::observed_test {
namespace {

constexpr int kDays = 12;

/// Half an hour a visit, so that there are queues.
Scenario busy_scenario(std::uint64_t seed) {
  return load_scenario("tests/scenarios/small/small.yaml",
                       {"run.days=" + std::to_string(kDays), "run.seed=" + std::to_string(seed),
                        "handling=[{services: all, factor: 2.5}]", "demand.growth=+60%"});
}

/// A row for each station and day, of which nothing is counted yet.
void observe_all(Scenario& scenario) {
  scenario.observations.clear();
  const auto stations = static_cast<std::uint32_t>(station_ids(scenario).size());
  for (std::uint32_t station = 0; station < stations; ++station) {
    for (int day = 0; day < kDays; ++day) {
      Observation& one = scenario.observations.emplace_back();
      one.station = station;
      one.first = scenario.run.start + day;
    }
  }
}

std::vector<TrialResult> simulate(const Scenario& scenario, int replications, int first = 0) {
  const Plan plan(scenario);
  std::vector<TrialResult> trials;
  for (int i = first; i < first + replications; ++i)
    trials.push_back(run_trial(plan, static_cast<std::uint32_t>(i)));
  return trials;
}

/// Takes a replication for what was counted. Stations that are closed on a day were not counted on it.
void count(const TrialResult& truth, Scenario& scenario) {
  std::vector<Observation> counted;
  for (std::size_t i = 0; i < scenario.observations.size(); ++i) {
    const ObservedTally& tally = truth.observed[i];
    if (tally.open_days == 0) continue;
    Observation one = scenario.observations[i];
    one.visits = tally.arrived;
    if (tally.served > 0) one.wait_s = tally.wait_s / tally.served;
    one.abandoned = tally.abandoned;
    one.clerks = tally.clerk_days;
    counted.push_back(one);
  }
  scenario.observations = std::move(counted);
}

/// The scenario with what one replication of `truth` gives as counted.
Scenario counted_from(Scenario truth, std::uint64_t seed) {
  observe_all(truth);
  const TrialResult result = simulate(truth, 1).front();
  count(result, truth);
  Scenario scenario = busy_scenario(seed);
  scenario.observations = truth.observations;
  return scenario;
}

std::vector<FactorFit> fit(const Scenario& scenario) {
  const auto simulate_with = [&scenario](FittedFactor factor, double value) {
    return simulate(with_factor(scenario, factor, value), 10);
  };
  return fit_factors(scenario, simulate(scenario, 10), simulate_with);
}

TEST(Observed, ATallyIsWhatTheStationsSumsAre) {
  Scenario scenario = busy_scenario(3);
  observe_all(scenario);
  const TrialResult trial = simulate(scenario, 1).front();
  std::vector<ObservedTally> sums(trial.stations.size());
  for (const ObservedTally& tally : trial.observed) {
    sums[tally.station].arrived += tally.arrived;
    sums[tally.station].served += tally.served;
    sums[tally.station].abandoned += tally.abandoned;
    sums[tally.station].wait_s += tally.wait_s;
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    EXPECT_EQ(sums[i].arrived, trial.stations[i].arrived);
    EXPECT_EQ(sums[i].served, trial.stations[i].served);
    EXPECT_EQ(sums[i].abandoned, trial.stations[i].abandoned);
    EXPECT_NEAR(sums[i].wait_s, trial.stations[i].wait_s, 1e-6 * (1 + trial.stations[i].wait_s));
  }
}

/// 60 experiments, each with citizens of its own and one more replication as what was counted. Numbers of a
/// day belong together, so the error is that of the experiments' shares.
TEST(Observed, TheIntervalsHoldWhatAnotherReplicationGives) {
  constexpr int kExperiments = 60, kReplications = 10;
  std::vector<std::vector<double>> shares(kObservedQuantities);
  for (int experiment = 0; experiment < kExperiments; ++experiment) {
    Scenario scenario = busy_scenario(100 + static_cast<std::uint64_t>(experiment));
    observe_all(scenario);
    count(simulate(scenario, 1, kReplications).front(), scenario);
    std::vector<double> inside(kObservedQuantities), all(kObservedQuantities);
    for (const ObservedRow& row : compare_observed(scenario, simulate(scenario, kReplications))) {
      if (!is_compared(row.state)) continue;
      const auto q = static_cast<std::size_t>(row.quantity);
      all[q] += 1;
      inside[q] += row.state == ObservedState::inside ? 1 : 0;
    }
    for (std::size_t q = 0; q < kObservedQuantities; ++q) {
      ASSERT_GT(all[q], 20);
      shares[q].push_back(inside[q] / all[q]);
    }
  }
  for (std::size_t q = 0; q < kObservedQuantities; ++q) {
    const Estimate share = estimate_mean(shares[q]);
    EXPECT_GE(share.high, 0.95) << to_string(static_cast<ObservedQuantity>(q)) << " " << share.mean;
    RecordProperty(std::string(to_string(static_cast<ObservedQuantity>(q))), std::to_string(share.mean));
  }
}

TEST(Observed, TheDemandOfAnotherScenarioIsFound) {
  const Scenario scenario = counted_from(with_factor(busy_scenario(901), FittedFactor::demand, 1.2), 902);
  const std::vector<FactorFit> fits = fit(scenario);
  ASSERT_EQ(fits.size(), 3U);
  EXPECT_EQ(fits[1].factor, FittedFactor::demand);
  EXPECT_TRUE(fits[1].is_best) << fits[0].misfit << " " << fits[1].misfit << " " << fits[2].misfit;
  EXPECT_LT(fits[1].value.low, 1.2);
  EXPECT_GT(fits[1].value.high, 1.2);
  EXPECT_GT(fits[1].value.low, 1);
  EXPECT_LT(fits[1].outside, fits[0].outside);
}

// A tenth more handling is found too, though waits of few days may not tell it from chance.
TEST(Observed, ASmallChangeOfHandlingIsWithinTheInterval) {
  const Scenario scenario = counted_from(with_factor(busy_scenario(911), FittedFactor::handling, 1.1), 912);
  const std::vector<FactorFit> fits = fit(scenario);
  ASSERT_EQ(fits.size(), 3U);
  EXPECT_LT(fits[2].misfit, fits[0].misfit);
  EXPECT_LT(fits[2].value.low, 1.1);
  EXPECT_GT(fits[2].value.high, 1.1);
}

TEST(Observed, TheHandlingOfAnotherScenarioIsFound) {
  const Scenario scenario = counted_from(with_factor(busy_scenario(911), FittedFactor::handling, 1.25), 912);
  const std::vector<FactorFit> fits = fit(scenario);
  ASSERT_EQ(fits.size(), 3U);
  EXPECT_TRUE(fits[2].is_best) << fits[0].misfit << " " << fits[1].misfit << " " << fits[2].misfit;
  EXPECT_LT(fits[2].value.low, 1.25);
  EXPECT_GT(fits[2].value.high, 1.25);
}

/// Own citizens, and one replication more as what was counted: fits of scenarios that are right.
TEST(Observed, WhereTheScenarioIsRightNoFactorIsCalledBetter) {
  constexpr int kExperiments = 20;
  int better = 0;
  for (int i = 0; i < kExperiments; ++i) {
    const auto seed = 3000 + 2 * static_cast<std::uint64_t>(i);
    const std::vector<FactorFit> fits = fit(counted_from(busy_scenario(seed), seed + 1));
    better += fits[1].is_better || fits[2].is_better ? 1 : 0;
    EXPECT_EQ(fits[0].is_best, !fits[1].is_better && !fits[2].is_better);
  }
  EXPECT_LE(better, 3);  // more by chance with 1.6%, where 5% is true
}

TEST(Observed, AFactorBeyondItsRangeIsToldAndNoneCalledNearest) {
  const auto counted_times = [](double times) {
    Scenario scenario = counted_from(busy_scenario(921), 922);
    for (Observation& one : scenario.observations) one.visits = std::floor(*one.visits * times);
    return fit(scenario);
  };
  for (const auto& [times, state] : {std::pair(9.0, FitState::above), std::pair(0.02, FitState::below)}) {
    const std::vector<FactorFit> fits = counted_times(times);
    EXPECT_EQ(fits[1].state, state);
    EXPECT_TRUE(std::isnan(fits[1].value.mean));
    EXPECT_EQ(fits[2].state, FitState::found);
    for (const FactorFit& fit : fits) EXPECT_FALSE(fit.is_best) << to_string(fit.factor);
  }
  // Nearly six times as many would have been beyond an end that is only extrapolated to.
  EXPECT_EQ(counted_times(4.5)[1].state, FitState::found);
}

TEST(Observed, WaitsThatNoHandlingTimeGivesAreTold) {
  Scenario scenario = counted_from(busy_scenario(921), 922);
  for (Observation& one : scenario.observations) one.visits.reset(), one.wait_s = 0;
  EXPECT_EQ(fit(scenario)[2].state, FitState::below);
  EXPECT_EQ(fit(scenario)[1].state, FitState::not_counted);
  for (Observation& one : scenario.observations) one.wait_s = 80000;
  EXPECT_EQ(fit(scenario)[2].state, FitState::above);
  EXPECT_FALSE(fit(scenario)[0].is_best);
}

TEST(Observed, WithoutVisitsAndWaitsThereAreStillCountsButNoFactor) {
  Scenario scenario = counted_from(busy_scenario(921), 922);
  for (Observation& one : scenario.observations) one.visits.reset(), one.wait_s.reset();
  const std::vector<FactorFit> fits = fit(scenario);
  ASSERT_EQ(fits.size(), 3U);
  EXPECT_GT(fits[0].compared, 50U);
  EXPECT_TRUE(fits[0].at_most);
  EXPECT_EQ(fits[1].state, FitState::not_counted);
  EXPECT_EQ(fits[2].state, FitState::not_counted);
}

/// One has twice as many visits as the scenario, the other half: no factor is right for both.
TEST(Observed, TwoStationsThatDisagreeTellNoFactor) {
  Scenario scenario = counted_from(busy_scenario(931), 932);
  std::erase_if(scenario.observations, [](const Observation& one) { return one.station > 1; });
  const std::vector<FactorFit> agreeing = fit(scenario);
  for (Observation& one : scenario.observations)
    *one.visits = std::floor(*one.visits * (one.station ? 1 : 3));
  const std::vector<FactorFit> fits = fit(scenario);
  EXPECT_GT(fits[1].value.mean, 1.3);
  EXPECT_LT(fits[1].value.low, 1);
  EXPECT_GT(fits[1].value.high, 4);
  EXPECT_FALSE(fits[1].is_better);
  EXPECT_LT(agreeing[1].value.high / agreeing[1].value.low, 1.6);
}

/// How often the intervals of the factors hold those of the scenario that was counted.
TEST(LongObserved, TheIntervalsOfFactorsHoldThoseOfTheOther) {
  constexpr int kExperiments = 40;
  int demand = 0, handling = 0;
  for (int i = 0; i < kExperiments; ++i) {
    const auto seed = 2000 + 2 * static_cast<std::uint64_t>(i);
    const auto with = [seed](FittedFactor factor, double value) {
      return fit(counted_from(with_factor(busy_scenario(seed), factor, value), seed + 1));
    };
    const Estimate of_demand = with(FittedFactor::demand, 1.2)[1].value;
    demand += of_demand.low <= 1.2 && of_demand.high >= 1.2 ? 1 : 0;
    const Estimate of_handling = with(FittedFactor::handling, 1.1)[2].value;
    handling += of_handling.low <= 1.1 && of_handling.high >= 1.1 ? 1 : 0;
  }
  RecordProperty("demand", demand);
  RecordProperty("handling", handling);
  EXPECT_GE(demand, 34);  // fewer of 40 by chance with 1%, where 95% is true
  EXPECT_GE(handling, 34);
}

TEST(Observed, ByChanceAreAsManyOutsideAsAnotherReplicationHas) {
  Scenario scenario = busy_scenario(55);
  observe_all(scenario);
  count(simulate(scenario, 1, 10).front(), scenario);
  const auto rows = compare_observed(scenario, simulate(scenario, 10));
  const OutsideCount count = count_outside(rows);
  ASSERT_TRUE(count.by_chance && count.at_most);
  EXPECT_GT(count.compared, 100U);
  EXPECT_LT(*count.by_chance, 0.08 * static_cast<double>(count.compared));
  EXPECT_LE(static_cast<double>(count.outside), *count.at_most);
}

/// Numbers of so many observations, each with so many that lie outside, and no replication outside another.
OutsideCount outside_of(std::size_t observations, std::size_t numbers, std::size_t replications = 10) {
  std::vector<ObservedRow> rows;
  for (std::size_t i = 0; i < observations; ++i) {
    for (std::size_t k = 0; k < numbers; ++k) {
      ObservedRow& row = rows.emplace_back();
      row.observation = i;
      row.counted = 99;
      row.simulated.assign(replications, 5);
      row.state = ObservedState::above;
    }
  }
  return count_outside(rows);
}

TEST(Observed, SoFewNumbersCannotTell) {
  EXPECT_EQ(outside_of(1, 1).at_most, 1);
  EXPECT_EQ(outside_of(1, 3).at_most, 3);  // of one day, which may be outside together with 5%
  EXPECT_FALSE(outside_of(1, 3).can_tell());
  // Of independent ones 2 of 2 are outside with 0.25%, and 1 with 9.75%; 2 of 3 with 0.7%.
  EXPECT_EQ(outside_of(2, 1).at_most, 1);
  EXPECT_EQ(outside_of(3, 1).at_most, 1);
  EXPECT_TRUE(outside_of(3, 1).can_tell());
  EXPECT_EQ(outside_of(2, 3).at_most, 3);
  EXPECT_EQ(outside_of(20, 1).at_most, 3);        // binomial: more with 1.6%
  EXPECT_FALSE(outside_of(20, 1, 2).can_tell());  // of two replications nothing is known
}

/// However much replications differ, no more than there are can be outside.
TEST(Observed, NoMoreThanAreComparedLieOutsideByChance) {
  for (const int replications : {3, 4, 10}) {
    Scenario scenario = busy_scenario(56);
    observe_all(scenario);
    count(simulate(scenario, 1, replications).front(), scenario);
    scenario.observations.resize(4);
    const OutsideCount count = count_outside(compare_observed(scenario, simulate(scenario, replications)));
    EXPECT_LE(*count.at_most, static_cast<double>(count.compared));
  }
}

/// 60 experiments with two replications each: the clerks that there are, and not one more.
TEST(Observed, ClerksHaveTheirOwnDistribution) {
  constexpr int kExperiments = 60;
  std::vector<double> shares;
  for (int experiment = 0; experiment < kExperiments; ++experiment) {
    Scenario scenario = load_scenario("tests/scenarios/small/small.yaml",
                                      {"run.days=12", "run.seed=" + std::to_string(400 + experiment),
                                       "absence=[{at: offices, probability: 11%}]"});
    observe_all(scenario);
    count(simulate(scenario, 1, 2).front(), scenario);
    for (Observation& one : scenario.observations)
      one.visits.reset(), one.wait_s.reset(), one.abandoned.reset();
    double inside = 0, all = 0;
    for (const ObservedRow& row : compare_observed(scenario, simulate(scenario, 2))) {
      if (row.state == ObservedState::not_open) continue;  // the only clerk is absent in both replications
      ASSERT_TRUE(is_compared(row.state));
      const std::uint32_t station = scenario.observations[row.observation].station;
      const std::size_t offices = scenario.province->offices.size();
      const auto& groups = station < offices ? scenario.province->offices[station].rules.groups
                                             : scenario.province->counters[station - offices].rules.groups;
      double clerks = 0;
      for (const ClerkGroup& group : groups) clerks += group.clerks;
      EXPECT_EQ(row.interval.high, clerks);
      EXPECT_GE(row.interval.low, 0);
      if (station >= offices) EXPECT_EQ(row.interval.low, clerks) << "none is absent there";
      if (station >= offices) continue;
      all += 1;
      inside += row.state == ObservedState::inside ? 1 : 0;
    }
    shares.push_back(inside / all);
  }
  const Estimate share = estimate_mean(shares);
  EXPECT_GE(share.high, 0.95) << share.mean;
  RecordProperty("inside", std::to_string(share.mean));
}

TEST(Observed, ClerksOfAMonthLieBetweenNobodyAndAll) {
  Scenario scenario = load_scenario(
      "tests/scenarios/small/small.yaml",
      {"run.start=1395-02-01", "run.days=31", "run.seed=5", "absence=[{at: offices, probability: 11%}]"});
  scenario.observations.clear();
  for (std::uint32_t station = 0; station < scenario.province->offices.size(); ++station) {
    Observation& one = scenario.observations.emplace_back();
    one.station = station;
    one.first = scenario.run.start;
    one.days = 31;
    one.is_month = true;
    one.clerks = 1;
  }
  for (const ObservedRow& row : compare_observed(scenario, simulate(scenario, 2))) {
    double clerks = 0;
    for (const ClerkGroup& group : scenario.province->offices[row.observation].rules.groups)
      clerks += group.clerks;
    ASSERT_TRUE(is_compared(row.state));
    EXPECT_LE(row.interval.high, clerks);
    EXPECT_GE(row.interval.low, 0);
    EXPECT_GT(row.mean, 0);
  }
}

TEST(Observed, WhatIsNotInTheRunOrNotOpenIsNotCompared) {
  Scenario scenario = busy_scenario(5);
  observe_all(scenario);
  for (Observation& one : scenario.observations) one.visits = 3;
  scenario.observations.front().first = scenario.run.start - 1;
  std::size_t not_run = 0, not_open = 0;
  for (const ObservedRow& row : compare_observed(scenario, simulate(scenario, 3))) {
    not_run += row.state == ObservedState::not_run;
    not_open += row.state == ObservedState::not_open;
    const int weekday_of = weekday(scenario.observations[row.observation].first);
    if (weekday_of == 6 && row.state != ObservedState::not_run) EXPECT_EQ(row.state, ObservedState::not_open);
  }
  EXPECT_EQ(not_run, 1U);
  EXPECT_GT(not_open, 5U);
  ASSERT_EQ(notices_of_observed(scenario, simulate(scenario, 3)).size(), 1U);
}

}  // namespace
}  // namespace pishkhan::observed_test
