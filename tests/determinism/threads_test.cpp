// The same bits again and again, alone and among threads: a trial is a pure function.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/fnv.hpp"
#include "tests/laws/small_scenarios.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::threads_test {
namespace {

enum class VisitsAre : std::uint8_t { listed, not_listed };

/// A hash of every number of a result and, if they are listed, of its visits.
std::uint64_t fingerprint(const Plan& plan, std::uint32_t replication, VisitsAre visits_are) {
  std::uint64_t hash = kFnvBasis;
  const auto add = [&hash](auto value) {
    hash = fnv1a({reinterpret_cast<const char*>(&value), sizeof value}, hash);
  };
  TrialOptions options;
  if (visits_are == VisitsAre::listed) {
    options.visits = [&](std::span<const VisitRecord> visits) {
      for (const VisitRecord& v : visits) {
        for (const auto number :
             {std::uint32_t(v.day), std::uint32_t(v.origin_day), v.place.value, v.service.value, v.index,
              v.attempt, std::uint32_t(v.channel), v.station.value, std::uint32_t(v.outcome),
              std::uint32_t(v.reworked), v.clerk})
          add(number);
        for (const double time_s : {v.arrival_s, v.start_s, v.end_s}) add(time_s);
      }
    };
  }
  return fnv1a(to_bytes(run_trial(plan, replication, options)), hash);
}

std::vector<std::uint64_t> fingerprints(const Plan& plan, std::uint32_t replications, std::size_t threads,
                                        VisitsAre visits) {
  std::vector<std::uint64_t> prints(replications);
  std::atomic<std::uint32_t> next = 0;
  {
    std::vector<std::jthread> workers;
    for (std::size_t t = 0; t < threads; ++t) {
      workers.emplace_back([&] {
        for (std::uint32_t i = next++; i < replications; i = next++) prints[i] = fingerprint(plan, i, visits);
      });
    }
  }
  return prints;
}

void expect_same_bits(const Scenario& scenario, std::uint32_t replications,
                      VisitsAre visits = VisitsAre::listed) {
  const Plan plan(scenario);
  const auto alone = fingerprints(plan, replications, 1, visits);
  for (std::size_t i = 1; i < alone.size(); ++i) EXPECT_NE(alone[i], alone[0]) << "replications differ";
  for (const std::size_t threads : {1u, 2u, 7u})
    EXPECT_EQ(fingerprints(plan, replications, threads, visits), alone) << threads;
  // A second plan of the same scenario is the same plan.
  const Plan again(scenario);
  EXPECT_EQ(fingerprint(again, 0, visits), alone[0]);
}

TEST(Determinism, BareStationWithEverythingInIt) { expect_same_bits(laws::full_day(), 14); }

TEST(Determinism, BareStationWithDaysThatDiffer) {
  Scenario scenario = laws::full_day();
  scenario.demand.holidays = {scenario.run.start + 3};
  scenario.stations.front().busyness_cv = 0.5;
  scenario.stations.front().streams.front().weekday = {1, 1, 2, 1, 1, 0.6, 0};
  expect_same_bits(scenario, 8);
  expect_same_bits(scenario, 8, VisitsAre::not_listed);
}

TEST(Determinism, TextbookRunWithoutDays) {
  Scenario scenario = load_scenario(tests::source_dir() / "scenarios/textbook/erlang-a-12.yaml");
  scenario.run.length_s = 20000 * kSecondsPerMinute;
  scenario.visits.share = 1;
  expect_same_bits(scenario, 8);
}

Scenario province() {
  Scenario scenario = load_scenario(tests::source_dir() / "scenarios/mazandaran/baseline.yaml");
  scenario.run.start += 31;  // past the holidays of the new year
  scenario.run.days = 4;
  scenario.run.warm_up_days = 1;
  return scenario;
}

TEST(Determinism, Province) {
  Scenario scenario = province();
  scenario.visits.share = 0.02;
  expect_same_bits(scenario, 4);
}

/// Without a table of visits the coupled stations of several days are decided optimistically.
TEST(Determinism, ProvinceDecidedOptimistically) { expect_same_bits(province(), 4, VisitsAre::not_listed); }

TEST(Determinism, TheSeedMatters) {
  Scenario scenario = laws::full_day(2);
  const std::uint64_t one = fingerprint(Plan(scenario), 0, VisitsAre::listed);
  scenario.run.seed += 1;
  EXPECT_NE(fingerprint(Plan(scenario), 0, VisitsAre::listed), one);
}

}  // namespace
}  // namespace pishkhan::threads_test
