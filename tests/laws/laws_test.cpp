// What must hold for every sample path, whatever was drawn.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include "tests/laws/small_scenarios.hpp"

namespace pishkhan::laws::laws_test {
namespace {

using Citizen = std::tuple<DayNumber, PlaceId, ServiceId, std::uint32_t, std::uint32_t>;
Citizen key(const VisitRecord& visit) {
  return {visit.origin_day, visit.place, visit.service, visit.index, visit.attempt};
}

std::map<Citizen, VisitRecord> by_citizen(const std::vector<VisitRecord>& visits) {
  std::map<Citizen, VisitRecord> map;
  for (const VisitRecord& visit : visits)
    EXPECT_TRUE(map.emplace(key(visit), visit).second) << "a citizen twice";
  return map;
}

double wait_s(const VisitRecord& visit) { return visit.start_s - visit.arrival_s; }

TEST(Conservation, EveryCitizenLeavesInOneWay) {
  for (std::uint32_t replication = 0; replication < 5; ++replication) {
    const auto [result, visits] = simulate(full_day(), replication);
    EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
    std::array<std::uint64_t, 8> seen{};
    for (const VisitRecord& visit : visits) ++seen.at(static_cast<std::size_t>(visit.outcome));
    const StationTally& tally = result.stations[0];
    const auto count = [&](Outcome outcome) { return seen[static_cast<std::size_t>(outcome)]; };
    EXPECT_EQ(tally.arrived, visits.size());
    EXPECT_EQ(result.visits, visits.size());
    EXPECT_EQ(tally.served, count(Outcome::served));
    EXPECT_EQ(tally.abandoned, count(Outcome::abandoned));
    EXPECT_EQ(tally.balked, count(Outcome::balked));
    EXPECT_EQ(tally.sent_away, count(Outcome::sent_away));
    // The scenario has some of each, or it would show nothing.
    for (const Outcome outcome : {Outcome::served, Outcome::abandoned, Outcome::balked, Outcome::sent_away})
      EXPECT_GT(count(outcome), 0u) << static_cast<int>(outcome);
    std::uint64_t created = 0;
    std::uint64_t settled = 0;
    for (const CitizenTally& citizens : result.citizens) {
      created += citizens.created;
      settled += citizens.completed + citizens.lost + citizens.pending;
    }
    EXPECT_EQ(created, settled);
    std::uint64_t firsts = 0;
    for (const VisitRecord& visit : visits) firsts += visit.attempt == 0 ? 1 : 0;
    EXPECT_EQ(created, firsts);
  }
}

/// Little's law as an identity: nobody waits outside open hours where the queue is sent away, so the
/// integral of the queue is the sum of all waits, abandoners' and sent-away ones' included.
TEST(Little, HoldsOnTheSamplePath) {
  const auto [result, visits] = simulate(full_day());
  double waits_s = 0;
  for (const VisitRecord& visit : visits)
    waits_s += visit.outcome == Outcome::served ? wait_s(visit) : visit.end_s - visit.arrival_s;
  const StationTally& tally = result.stations[0];
  EXPECT_GT(waits_s, 1000);
  EXPECT_NEAR(tally.queue_area_s, waits_s, 1e-9 * waits_s);
  EXPECT_NEAR(tally.wait_joined_s, waits_s, 1e-9 * waits_s);
  double by_hour_s = 0;
  for (const HourTally& hour : result.station_hours) by_hour_s += hour.queue_area_s;
  EXPECT_NEAR(by_hour_s, waits_s, 1e-9 * waits_s);
}

TEST(Little, TheWorkDoneIsTheHandlingOfTheServed) {
  const auto [result, visits] = simulate(full_day());
  double handling_s = 0;
  for (const VisitRecord& visit : visits)
    if (visit.outcome == Outcome::served) handling_s += visit.end_s - visit.start_s;
  double busy_s = 0;
  for (const HourTally& hour : result.station_hours) busy_s += hour.busy_s;
  EXPECT_NEAR(result.stations[0].handling_s, handling_s, 1e-9 * handling_s);
  EXPECT_NEAR(busy_s, handling_s, 1e-9 * handling_s);
  EXPECT_GE(result.stations[0].staffed_s, handling_s);
}

/// Kiefer and Wolfowitz (1955): under first come, first served, each wait falls with each clerk added.
TEST(MoreClerks, NeverRaiseAWait) {
  std::map<Citizen, VisitRecord> before;
  for (int clerks = 2; clerks <= 6; ++clerks) {
    Scenario scenario = small_day();
    scenario.stations[0].rules.groups[0].clerks = clerks;
    const auto after = by_citizen(simulate(scenario).visits);
    bool any_shorter = false;
    for (const auto& [citizen, visit] : before) {
      const VisitRecord& then = after.at(citizen);
      EXPECT_EQ(then.arrival_s, visit.arrival_s);
      EXPECT_LE(then.start_s, visit.start_s);
      any_shorter |= then.start_s < visit.start_s;
    }
    EXPECT_TRUE(before.empty() || any_shorter);
    before = after;
  }
}

TEST(MoreClerks, NeverRaiseAWaitWhereShiftsDiffer) {
  Scenario scenario = small_day();
  const auto few = by_citizen(simulate(scenario).visits);
  ClerkGroup noon = scenario.stations[0].rules.groups[0];
  noon.id = "noon";
  noon.clerks = 1;
  noon.shifts.fill(
      {{10 * kSecondsPerHour, 11 * kSecondsPerHour}, {11.5 * kSecondsPerHour, 14 * kSecondsPerHour}});
  scenario.stations[0].rules.groups.push_back(noon);
  const auto more = by_citizen(simulate(scenario).visits);
  bool any_shorter = false;
  for (const auto& [citizen, visit] : few) {
    EXPECT_LE(more.at(citizen).start_s, visit.start_s);
    any_shorter |= more.at(citizen).start_s < visit.start_s;
  }
  EXPECT_TRUE(any_shorter);
}

TEST(ShorterHandling, NeverRaisesAWait) {
  Scenario scenario = small_day();
  const auto slow = by_citizen(simulate(scenario).visits);
  scenario.stations[0].streams[0].handling = Exponential{200};
  const auto fast = by_citizen(simulate(scenario).visits);
  bool any_shorter = false;
  for (const auto& [citizen, visit] : slow) {
    EXPECT_LE(fast.at(citizen).start_s, visit.start_s);
    any_shorter |= fast.at(citizen).start_s < visit.start_s;
  }
  EXPECT_TRUE(any_shorter);
}

/// Half the rates and twice the times make twice the waits; powers of two are exact, so to the last bit.
TEST(Rescaling, TimeRescalesWaitsExactly) {
  Scenario scenario = small_day();
  scenario.run.days = 1;
  scenario.run.length_s = 1 << 19;
  scenario.stations[0].rules.doors.fill({{0, kSecondsPerDay}});
  scenario.stations[0].rules.groups[0].shifts = scenario.stations[0].rules.doors;
  scenario.stations[0].streams[0].handling = Exponential{256};
  scenario.stations[0].streams[0].patience = Exponential{1024};
  scenario.stations[0].streams[0].rate = {{0.0, 1.0 / 64}, {1 << 17, 1.0 / 128}};
  const auto original = simulate(scenario);
  scenario.run.length_s *= 2;
  scenario.stations[0].streams[0].handling = Exponential{512};
  scenario.stations[0].streams[0].patience = Exponential{2048};
  scenario.stations[0].streams[0].rate = {{0.0, 1.0 / 128}, {1 << 18, 1.0 / 256}};
  const auto doubled = simulate(scenario);
  ASSERT_EQ(original.visits.size(), doubled.visits.size());
  ASSERT_GT(original.visits.size(), 4000u);
  for (std::size_t i = 0; i < original.visits.size(); ++i) {
    const VisitRecord& a = original.visits[i];
    const VisitRecord& b = doubled.visits[i];
    ASSERT_EQ(a.outcome, b.outcome);
    ASSERT_EQ(2 * a.arrival_s, b.arrival_s);
    ASSERT_EQ(2 * a.end_s, b.end_s);
    if (a.outcome == Outcome::served) ASSERT_EQ(2 * a.start_s, b.start_s);
  }
  EXPECT_EQ(2 * original.result.stations[0].wait_s, doubled.result.stations[0].wait_s);
}

/// Who comes anyway comes at the same moment with the same business; growth adds others.
TEST(CommonRandomNumbers, GrowthAddsCitizensAndReplacesNone) {
  Scenario scenario = small_day();
  scenario.stations[0].rules.groups[0].clerks = 60;  // nobody waits, so handling shows in the records
  const auto fewer = by_citizen(simulate(scenario).visits);
  scenario.stations[0].streams[0].rate[0].second *= 1.3;
  const auto more = by_citizen(simulate(scenario).visits);
  EXPECT_NEAR(static_cast<double>(more.size()), 1.3 * static_cast<double>(fewer.size()),
              0.1 * static_cast<double>(fewer.size()));
  for (const auto& [citizen, visit] : fewer) {
    ASSERT_TRUE(more.contains(citizen));
    const VisitRecord& same = more.at(citizen);
    EXPECT_EQ(same.arrival_s, visit.arrival_s);
    EXPECT_EQ(same.end_s, visit.end_s);
  }
}

TEST(CommonRandomNumbers, AStreamDoesNotFeelAnother) {
  Scenario scenario = small_day();
  scenario.stations[0].rules.groups[0].clerks = 60;
  ArrivalStream second = scenario.stations[0].streams[0];
  second.id = "others";
  scenario.stations[0].streams.push_back(second);
  const auto before = by_citizen(simulate(scenario).visits);
  scenario.stations[0].streams[1].rate[0].second *= 2;
  scenario.stations[0].streams[1].handling = Exponential{100};
  const auto after = by_citizen(simulate(scenario).visits);
  std::size_t compared = 0;
  for (const auto& [citizen, visit] : before) {
    if (visit.service != ServiceId(0)) continue;
    ASSERT_TRUE(after.contains(citizen));
    EXPECT_EQ(after.at(citizen).arrival_s, visit.arrival_s);
    EXPECT_EQ(after.at(citizen).end_s, visit.end_s);
    ++compared;
  }
  EXPECT_GT(compared, 1000u);
}

TEST(Replications, AreDifferent) {
  const auto first = simulate(small_day(), 0);
  const auto second = simulate(small_day(), 1);
  EXPECT_NE(first.result.stations[0].wait_s, second.result.stations[0].wait_s);
}

}  // namespace
}  // namespace pishkhan::laws::laws_test
