// The same bits again and again, alone and among threads: a trial is a pure function.
#include <gtest/gtest.h>

#include <atomic>
#include <bit>
#include <cstdint>
#include <thread>
#include <vector>

#include "models/trial/run_trial.hpp"
#include "tests/laws/small_scenarios.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan {
namespace {

/// FNV-1a over every number of a result, doubles by their bits.
class Fingerprint {
 public:
  void add(std::uint64_t value) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ ^= value >> (8 * byte) & 0xFF;
      hash_ *= 0x100000001b3;
    }
  }
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  void add(const VisitTally& t) {
    for (const std::uint64_t n :
         {t.arrived, t.served, t.abandoned, t.balked, t.sent_away, t.inside, t.reworked, t.in_target})
      add(n);
    for (const double s : {t.wait_s, t.wait_joined_s, t.sojourn_s, t.handling_s, t.system_s}) add(s);
  }
  void add(const HourTally& t) {
    for (const std::uint64_t n : {t.arrived, t.joined, t.served, t.in_target}) add(n);
    for (const double s : {t.wait_s, t.queue_area_s, t.busy_s, t.staffed_s, t.open_s}) add(s);
  }
  void add(const StationResult& t) {
    add(static_cast<const VisitTally&>(t));
    for (const double s : {t.staffed_s, t.overtime_s, t.open_s, t.queue_area_s, t.queue_max}) add(s);
    for (const char byte : t.waits.bytes()) add(std::uint64_t(static_cast<unsigned char>(byte)));
    for (const double s : t.levels.seconds()) add(s);
  }
  void add(const VisitRecord& v) {
    for (const std::uint64_t n :
         {std::uint64_t(v.day), std::uint64_t(v.origin_day), std::uint64_t(v.place.value),
          std::uint64_t(v.service.value), std::uint64_t(v.index), std::uint64_t(v.attempt),
          std::uint64_t(v.channel), std::uint64_t(v.station.value), std::uint64_t(v.outcome),
          std::uint64_t(v.reworked), std::uint64_t(v.clerk)})
      add(n);
    for (const double s : {v.arrival_s, v.start_s, v.end_s}) add(s);
  }
  void add(const TrialResult& r) {
    for (const auto& tally : r.stations) add(tally);
    for (const auto& tally : r.station_hours) add(tally);
    for (const auto& tally : r.services) add(tally);
    for (const auto& tally : r.days) add(tally);
    for (const auto& c : r.citizens)
      for (const std::uint64_t n : {c.created, c.completed, c.lost, c.pending}) add(n);
    for (const auto& entry : r.ledger) {
      for (const std::uint64_t n :
           {std::uint64_t(entry.migration), std::uint64_t(entry.service.value), entry.citizens})
        add(n);
    }
    add(r.visits);
    add(r.audit.checks);
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

std::uint64_t fingerprint(const Plan& plan, std::uint32_t replication) {
  Fingerprint print;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> visits) {
    for (const VisitRecord& visit : visits) print.add(visit);
  };
  print.add(run_trial(plan, replication, options));
  return print.value();
}

std::vector<std::uint64_t> fingerprints(const Plan& plan, std::uint32_t replications, std::size_t threads) {
  std::vector<std::uint64_t> prints(replications);
  std::atomic<std::uint32_t> next = 0;
  {
    std::vector<std::jthread> workers;
    for (std::size_t t = 0; t < threads; ++t) {
      workers.emplace_back([&] {
        for (std::uint32_t i = next++; i < replications; i = next++) prints[i] = fingerprint(plan, i);
      });
    }
  }
  return prints;
}

void expect_same_bits(const Scenario& scenario, std::uint32_t replications) {
  const Plan plan(scenario);
  const auto alone = fingerprints(plan, replications, 1);
  for (std::size_t i = 1; i < alone.size(); ++i) EXPECT_NE(alone[i], alone[0]) << "replications differ";
  for (const std::size_t threads : {1u, 2u, 7u})
    EXPECT_EQ(fingerprints(plan, replications, threads), alone) << threads;
  // A second plan of the same scenario is the same plan.
  const Plan again(scenario);
  EXPECT_EQ(fingerprint(again, 0), alone[0]);
}

TEST(Determinism, BareStationWithEverythingInIt) { expect_same_bits(laws::full_day(), 14); }

TEST(Determinism, TextbookRunWithoutDays) {
  Scenario scenario = load_scenario(testing::source_dir() / "scenarios/textbook/erlang-a-12.yaml");
  scenario.run.length_s = 20000 * kSecondsPerMinute;
  scenario.visits.share = 1;
  expect_same_bits(scenario, 8);
}

TEST(Determinism, Province) {
  Scenario scenario = load_scenario(testing::source_dir() / "scenarios/mazandaran/baseline.yaml");
  scenario.run.start += 31;  // past the holidays of the new year
  scenario.run.days = 4;
  scenario.run.warm_up_days = 1;
  scenario.visits.share = 0.02;
  expect_same_bits(scenario, 4);
}

TEST(Determinism, TheSeedMatters) {
  Scenario scenario = laws::full_day(2);
  const std::uint64_t one = fingerprint(Plan(scenario), 0);
  scenario.run.seed += 1;
  EXPECT_NE(fingerprint(Plan(scenario), 0), one);
}

}  // namespace
}  // namespace pishkhan
