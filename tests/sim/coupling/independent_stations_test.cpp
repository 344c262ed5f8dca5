// Stations one by one over shared systems: where that is said to be right, every visit is what the one loop
// over all stations makes of it, to the bit, and the tallies are the same sums.
#include "sim/coupling/independent_stations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

#include "sim/coupling/ideal_stations.hpp"
#include "tests/sim/coupling/unloaded_calls.hpp"
#include "tests/sim/station/case_maker.hpp"

namespace pishkhan::independent_stations_test {
namespace {

struct Knobs {
  std::uint32_t cores = 64;
  double bytes_s = 1e5;  ///< of each station's line
  bool trouble = false, systems_fail = false, web = false;
  AfterTrouble then = AfterTrouble::wait;
};

/// Stations of continuous times, with calls to two systems.
struct Day {
  Day(unsigned seed, const Knobs& knobs) : cases(3 + seed % 5), engine(seed) {
    const auto uniform = [&](double low, double high) {
      return std::uniform_real_distribution(low, high)(engine);
    };
    platform.province_link = {1e12, 1e12, 0.003};
    platform.county_links = {{1e12, 1e12, 0.001}, {1e12, 1e12, 0.002}, {1e12, 1e12, 0}};
    for (int i = 0; i < 2; ++i) platform.systems.push_back({knobs.cores, 1, {1e12, 1e12, 0.001}});
    transactions = {{{}, SystemId(0u), 2000, 0.21, 20000},
                    {{}, SystemId(0u), 1, 0, 1},
                    {{}, SystemId(1u), 500, 0.4, 8000}};
    for (std::size_t k = 0; k < cases.size(); ++k) {
      Case& c = cases[k];
      CaseMaker(seed * 100 + static_cast<unsigned>(k))
          .make({.plain = k % 3 == 0, .skills = k % 3 == 1, .priorities = k % 2 == 0}, c);
      if (c.station.at_closing == AtClosing::stop) c.station.at_closing = AtClosing::send_away;
      AccessLink link;
      link.up_bytes_s = link.down_bytes_s = knobs.bytes_s;
      link.latency_s = k % 2 == 0 ? 0.02 : 0.3;
      link.kind = static_cast<std::uint32_t>(k % 2);
      link.county = CountyLinkId(k % 2);
      platform.access_links.push_back(link);
      Visits& visits = c.visits;
      for (std::size_t i = 0; i < visits.size(); ++i) {
        visits.arrival_s[i] += uniform(0, 0.9);
        visits.human_s[i] = visits.human_s[i] * 3 + uniform(0, 1);
        visits.patience_s[i] += uniform(0, 1);
      }
      std::sort(visits.arrival_s.begin(), visits.arrival_s.end());
    }
    AccessLink web;
    web.up_bytes_s = web.down_bytes_s = 5e4;
    web.latency_s = 0.03;
    web.kind = 2;
    web.county = CountyLinkId(2u);
    web.dedicated = true;
    platform.access_links.push_back(web);
    if (knobs.web) {
      for (double t = 400; t < 1200; t += uniform(0.5, 4)) calls.push_back({t, engine() % 2 == 0 ? 0u : 2u});
      calls.push_back({kSecondsPerDay - 0.1, 0});  // which ends after midnight
    }
    if (knobs.trouble) {
      const double from_s = uniform(480, 700);
      switches = {{from_s, Cause::link, 0, false},
                  {from_s + 5, Cause::power, 0, false},
                  {from_s + 60, Cause::link, 0, true},
                  {from_s + 70, Cause::power, 0, true},
                  {from_s + 100, Cause::county_link, 1, false},
                  {from_s + 130, Cause::county_link, 1, true}};
    }
    if (knobs.systems_fail) {
      for (std::uint32_t system = 0; system < 2; ++system) {
        const double from_s = uniform(420, 900);
        switches.push_back({from_s, Cause::system, system, false});
        switches.push_back({from_s + uniform(1, 90), Cause::system, system, true});
      }
      std::stable_sort(switches.begin(), switches.end(),
                       [](const Switch& a, const Switch& b) { return a.time_s < b.time_s; });
    }
    policy = {.limit_s = 20, .retries = 1, .pause_s = 3, .then = knobs.then};
    for (std::size_t k = 0; k < cases.size(); ++k) {
      set_unloaded_calls(platform, transactions, AccessLinkId(k), cases[k].visits);
      stations.push_back({&cases[k].station, &cases[k].visits, AccessLinkId(k), {}});
    }
  }
  [[nodiscard]] CallsOverBackbone over(Backbone& backbone) const {
    return {&backbone, transactions, 0.4, policy, switches, calls, AccessLinkId(cases.size())};
  }

  std::deque<Case> cases;
  std::mt19937 engine;
  Platform platform;
  std::vector<Transaction> transactions;
  std::vector<Switch> switches;
  std::vector<WebCall> calls;
  CallPolicy policy;
  std::vector<JointStation> stations;
};

/// Half a tick, by which each number is rounded that IndependentStations adds up: at most one of each
/// duration.
constexpr double kRounding_s = 0x1p-21;

void expect_near(const DurationSums& a, const DurationSums& b) {
  EXPECT_EQ(a.count, b.count);
  const double rounding_s = kRounding_s * static_cast<double>(b.count);
  EXPECT_NEAR(a.sum_s, b.sum_s, rounding_s + 1e-9 * (1 + b.sum_s));
  EXPECT_NEAR(a.sum_squares_s2, b.sum_squares_s2, rounding_s + 1e-9 * (1 + b.sum_squares_s2));
  EXPECT_NEAR(a.max_s, b.max_s, 1e-9);
}

void expect_near(const BackboneTallies& a, const BackboneTallies& b) {
  EXPECT_EQ(a.counts, b.counts);
  const double rounding_s = kRounding_s * static_cast<double>(b.counts.started);
  for (std::size_t i = 0; i < a.systems.size(); ++i) {
    const SystemTally &x = a.systems[i], &y = b.systems[i];
    EXPECT_NEAR(x.concurrency_area_s, y.concurrency_area_s, rounding_s + 1e-9 * (1 + y.concurrency_area_s));
    EXPECT_NEAR(x.busy_core_s, y.busy_core_s, rounding_s + 1e-9 * (1 + y.busy_core_s));
    EXPECT_EQ(x.concurrency_max, y.concurrency_max);
    expect_near(x.response, y.response);
    expect_near(x.transaction, y.transaction);
    EXPECT_EQ(x.transaction_s.count(), y.transaction_s.count());
    EXPECT_EQ(x.failed, y.failed);
    EXPECT_EQ(x.refused, y.refused);
    EXPECT_EQ(x.cancelled, y.cancelled);
  }
  for (std::size_t i = 0; i < a.link_kinds.size(); ++i) {
    const LinkTally &x = a.link_kinds[i], &y = b.link_kinds[i];
    EXPECT_EQ(x.bytes, y.bytes);
    EXPECT_NEAR(x.concurrency_area_s, y.concurrency_area_s, rounding_s + 1e-9 * (1 + y.concurrency_area_s));
    EXPECT_NEAR(x.busy_s, y.busy_s, rounding_s + 1e-9 * (1 + y.busy_s));
    expect_near(x.transfer, y.transfer);
  }
}

std::optional<CallsOutcome> simulate(IndependentStations& independent, std::span<JointStation> stations,
                                     const CallsOverBackbone& calls) {
  if (!independent.begin(calls)) return {};
  for (JointStation& station : stations) independent.simulate(station);
  return independent.finish();
}

void expect_same_outcome(const CallsOutcome& found, const CallsOutcome& together) {
  EXPECT_EQ(found.visits, together.visits);
  EXPECT_EQ(found.answered, together.answered);
  EXPECT_EQ(found.retried, together.retried);
  EXPECT_EQ(found.parked, together.parked);
  EXPECT_EQ(found.web_fails, together.web_fails);
  EXPECT_NEAR(found.past_midnight_s, together.past_midnight_s, kRounding_s);
  for (std::size_t i = 0; i < together.lost_clerk_s.size(); ++i) {
    for (std::size_t cause = 0; cause < kCauses; ++cause) {
      const LostClerkTime& lost = together.lost_clerk_s[i][cause];
      const LostClerkTime& now = found.lost_clerk_s[i][cause];
      EXPECT_NEAR(now.waiting_s, lost.waiting_s, 1e-9 * (1 + lost.waiting_s));
      EXPECT_NEAR(now.in_vain_s, lost.in_vain_s, 1e-9 * (1 + lost.in_vain_s));
    }
  }
}

void expect_same_visits(const Day& one, const Day& other, unsigned seed) {
  for (std::size_t k = 0; k < one.cases.size(); ++k) {
    expect_same(one.cases[k].visits, other.cases[k].visits, seed);
    EXPECT_EQ(one.cases[k].visits.system_s, other.cases[k].visits.system_s) << "seed " << seed;
    const AuditFindings findings = audit_station_day(audit_day(one.cases[k]));
    EXPECT_TRUE(findings.passed()) << "seed " << seed << ": " << findings.failures.front();
  }
}

/// Whether the day could be simulated one station after the other.
template <class BackboneOf = SharedBackbone>
bool same_as_together(unsigned seed, const Knobs& knobs) {
  Day one(seed, knobs), other(seed, knobs);
  BackboneOf first(one.platform), second(other.platform);
  IndependentStations independent(first);
  const auto parted = simulate(independent, one.stations, one.over(first));
  const CallsOutcome together = simulate_joint_day(other.stations, {}, other.over(second));
  if (!parted) return false;
  expect_same_outcome(*parted, together);
  if (knobs.web) EXPECT_GT(together.past_midnight_s, 0);
  expect_same_visits(one, other, seed);
  expect_near(independent.tallies(), second.observe(1e6));
  return true;
}

/// Puts the stations but one and the online customers into one event loop. Whether more are at some system
/// than it has cores, and the one station is not among them.
bool same_with_one_apart(unsigned seed, const Knobs& knobs) {
  Day one(seed, knobs), other(seed, knobs);
  SharedBackbone first(one.platform), second(other.platform);
  IndependentStations independent(first);
  CallsOverBackbone calls = one.over(first);
  calls.web = {};
  EXPECT_TRUE(independent.begin(calls));
  const std::size_t apart = seed % one.stations.size();
  independent.simulate(one.stations[apart]);
  const std::array marks{independent.stays(0, 0).size(), independent.stays(0, 1).size()};
  std::vector<JointStation> others = one.stations;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(apart));
  std::vector<std::uint8_t> web_fails = independent.simulate_together(others, one.calls);
  CallsOutcome found = independent.finish_together();
  found.web_fails = std::move(web_fails);
  std::size_t above = 0;
  for (std::size_t system = 0; system < 2; ++system) {
    const auto stays = Concurrency().find_above(independent.stays(0, system), knobs.cores);
    if (!stays.empty() && stays.front() < marks[system]) return false;
    above += stays.size();
  }
  if (above == 0) return false;
  expect_same_outcome(found, simulate_joint_day(other.stations, {}, other.over(second)));
  expect_same_visits(one, other, seed);
  expect_near(independent.tallies(), second.observe(1e6));
  return true;
}

TEST(IndependentStations, AreTheSameAsInOneLoop) {
  int parted = 0, met = 0;
  for (unsigned seed = 0; seed < 300 && !testing::Test::HasFailure(); ++seed)
    (same_as_together(seed, {.cores = 1 + seed % 4, .web = seed % 2 == 0}) ? parted : met)++;
  EXPECT_GT(parted, 20);
  EXPECT_GT(met, 20);
}

TEST(IndependentStations, ThoseWhoMeetNobodyStayApart) {
  int same = 0;
  for (unsigned seed = 0; seed < 600 && !testing::Test::HasFailure(); ++seed) {
    same += same_with_one_apart(seed, {.cores = 1 + seed % 3,
                                       .trouble = seed % 4 == 0,
                                       .systems_fail = seed % 5 == 0,
                                       .web = seed % 2 == 0});
  }
  EXPECT_GT(same, 40);
}

TEST(IndependentStations, CallsThatContendOnAStationsOwnLine) {
  int parted = 0;
  for (unsigned seed = 0; seed < 100 && !testing::Test::HasFailure(); ++seed)
    parted += same_as_together(seed, {.bytes_s = 3e3, .web = true});
  EXPECT_EQ(parted, 100);
}

TEST(IndependentStations, AFailureOfAStationStaysThere) {
  for (const AfterTrouble then : {AfterTrouble::wait, AfterTrouble::park, AfterTrouble::send_home}) {
    for (unsigned seed = 0; seed < 60 && !testing::Test::HasFailure(); ++seed)
      EXPECT_TRUE(same_as_together(seed, {.trouble = true, .web = seed % 2 == 0, .then = then}));
  }
}

TEST(IndependentStations, AFailureOfASystemMeetsEachByItself) {
  for (const AfterTrouble then : {AfterTrouble::wait, AfterTrouble::park, AfterTrouble::send_home}) {
    for (unsigned seed = 0; seed < 60 && !testing::Test::HasFailure(); ++seed) {
      EXPECT_TRUE(same_as_together(
          seed, {.trouble = seed % 3 == 0, .systems_fail = true, .web = seed % 2 == 0, .then = then}));
    }
  }
}

TEST(IndependentStations, OverTheIdealBackboneNoneMeets) {
  for (const AfterTrouble then : {AfterTrouble::wait, AfterTrouble::park, AfterTrouble::send_home}) {
    for (unsigned seed = 0; seed < 120 && !testing::Test::HasFailure(); ++seed) {
      EXPECT_TRUE(same_as_together<IdealBackbone>(seed, {.cores = 1 + seed % 3,
                                                         .bytes_s = seed % 5 == 0 ? 3e3 : 1e5,
                                                         .trouble = seed % 3 == 0,
                                                         .systems_fail = seed % 4 != 0,
                                                         .web = seed % 2 == 0,
                                                         .then = then}));
    }
  }
}

/// Decides each station by itself on one backbone, and all together on another; expects the same visits.
template <class MakeBackbone, class Decide>
void expect_decided_as_together(unsigned seed, const Knobs& knobs, double limit_s, const MakeBackbone& make,
                                const Decide& decide) {
  Day one(seed, knobs), other(seed, knobs);
  one.policy.limit_s = other.policy.limit_s = limit_s;
  auto first = make(one.platform), second = make(other.platform);
  DayOutages outages;
  outages.switches = one.switches;
  outages.down.set(one.platform, one.switches);
  CallsOverBackbone calls = one.over(*first);
  calls.switches = {};
  decide(*first, calls, one.stations, one.switches.empty() ? nullptr : &outages);
  simulate_joint_day(other.stations, {}, other.over(*second));
  for (std::size_t k = 0; k < one.cases.size(); ++k)
    expect_same(one.cases[k].visits, other.cases[k].visits, seed);
}

TEST(IndependentStations, AreDecidedForStaffingAsInOneLoop) {
  const auto make = [](const Platform& platform) { return std::make_unique<SharedBackbone>(platform); };
  const auto decide = [](SharedBackbone& backbone, const CallsOverBackbone& calls,
                         std::span<JointStation> stations, const DayOutages* outages) {
    IndependentStations independent(backbone);
    ASSERT_TRUE(independent.begin(calls));
    for (JointStation& station : stations) independent.decide(station, outages);
  };
  for (const AfterTrouble then : {AfterTrouble::wait, AfterTrouble::park, AfterTrouble::send_home}) {
    for (unsigned seed = 0; seed < 60 && !testing::Test::HasFailure(); ++seed) {
      const Knobs knobs{.bytes_s = seed % 2 == 0 ? 1e5 : 1e4,
                        .trouble = seed % 3 == 0,
                        .systems_fail = seed % 4 != 0,
                        .then = then};
      expect_decided_as_together(seed, knobs, 20, make, decide);
    }
  }
}

TEST(IdealStations, AreDecidedAsInOneLoop) {
  const auto make = [](const Platform& platform) { return std::make_unique<IdealBackbone>(platform); };
  const auto decide = [](IdealBackbone&, const CallsOverBackbone& calls, std::span<JointStation> stations,
                         const DayOutages* outages) {
    IdealStations ideal(calls);
    for (JointStation& station : stations) ideal.decide(station, outages);
  };
  for (const AfterTrouble then : {AfterTrouble::wait, AfterTrouble::park, AfterTrouble::send_home}) {
    for (unsigned seed = 0; seed < 60 && !testing::Test::HasFailure(); ++seed) {
      const Knobs knobs{.trouble = seed % 3 == 0, .systems_fail = seed % 4 != 0, .then = then};
      for (const double limit_s : {20.0, 0.7}) expect_decided_as_together(seed, knobs, limit_s, make, decide);
    }
  }
}

TEST(IndependentStations, AfterARepairAllMayCallAtOnceAndThenShareCores) {
  int parted = 0, met = 0;
  for (unsigned seed = 0; seed < 100 && !testing::Test::HasFailure(); ++seed)
    (same_as_together(seed, {.cores = 1 + seed % 4, .systems_fail = true, .web = true}) ? parted : met)++;
  EXPECT_GT(parted, 5);
  EXPECT_GT(met, 5);
}

TEST(IndependentStations, ASlowDownNeedsOneLoop) {
  Day day(1, {});
  SharedBackbone backbone(day.platform);
  IndependentStations independent(backbone);
  day.switches = {{500, Cause::system, 0, true, 1}};
  EXPECT_FALSE(independent.begin(day.over(backbone)));
}

TEST(Concurrency, IsTheMostAtOneInstant) {
  std::mt19937 engine(3);
  std::uniform_real_distribution<double> when(0, 50), length(0, 3);
  for (int round = 0; round < 200; ++round) {
    std::vector<SystemStay> stays;
    for (int i = 0; i < 1 + round; ++i) {
      const double from_s = when(engine);
      stays.push_back({SystemId(0u), from_s, from_s + length(engine)});
    }
    std::uint32_t most = 0;
    for (const SystemStay& at : stays) {
      most = std::max(most, static_cast<std::uint32_t>(
                                std::count_if(stays.begin(), stays.end(), [&](const SystemStay& stay) {
                                  return stay.from_s <= at.from_s && at.from_s <= stay.to_s;
                                })));
    }
    Concurrency concurrency;
    EXPECT_EQ(concurrency.peak(stays, 0), most);
    EXPECT_EQ(concurrency.peak(stays, 3), std::max(most, 3u));
    EXPECT_EQ(concurrency.peak(stays, 1000), 1000u);
    const std::uint32_t level = most / 2;
    std::vector<std::uint32_t> above;
    for (std::uint32_t i = 0; i < stays.size(); ++i) {
      // Most are there when somebody comes.
      const bool is_above = std::ranges::any_of(stays, [&](const SystemStay& at) {
        return stays[i].from_s <= at.from_s && at.from_s <= stays[i].to_s &&
               std::ranges::count_if(stays, [&](const SystemStay& stay) {
                 return stay.from_s <= at.from_s && at.from_s <= stay.to_s;
               }) > static_cast<std::ptrdiff_t>(level);
      });
      if (is_above) above.push_back(i);
    }
    EXPECT_EQ(concurrency.find_above(stays, level), above);
  }
}

TEST(Concurrency, OfStaysHoweverLongTakesLittleMemory) {
  Concurrency concurrency;
  const std::vector<SystemStay> stays{{SystemId(0u), 0, 1e20},
                                      {SystemId(0u), 1, 2},
                                      {SystemId(0u), 5e19, 6e19},
                                      {SystemId(0u), 5.5e19, 1e300}};
  EXPECT_EQ(concurrency.peak(stays, 0), 3u);
}

}  // namespace
}  // namespace pishkhan::independent_stations_test
