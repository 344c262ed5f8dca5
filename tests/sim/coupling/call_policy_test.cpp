// What clerks do when a system does not answer: days of one clerk, by hand, and many random ones with
// trouble at the worst instants.
#include <gtest/gtest.h>

#include <deque>

#include "sim/backbone/shared.hpp"
#include "sim/base/contract.hpp"
#include "sim/coupling/joint_day.hpp"
#include "tests/sim/coupling/unloaded_calls.hpp"
#include "tests/sim/station/case_maker.hpp"

namespace pishkhan::call_policy_test {
namespace {

constexpr double kNothing = 0;

/// One clerk, doors open for an hour. Service 0 calls for a second (or what `work_s` makes of it) after five
/// seconds and takes five more; service 1 is ten seconds without a call.
struct OneClerk {
  Intervals doors{{0, 3600}}, shift{{0, 3600}};
  std::vector<Clerk> clerks{{0, 1, shift, 0}};
  StationDay day;
  Visits visits;
  std::vector<Transaction> transactions{{{}, SystemId(0u), 1, 0.5, 1}, {{}, SystemId(0u), 1, 0, 1}};
  CallPolicy policy;
  std::vector<Switch> switches;
  std::vector<WebCall> web;
  CallsOutcome outcome;

  OneClerk() {
    day.clerks = clerks;
    day.doors = doors;
  }
  void down(double from_s, double to_s, Cause cause = Cause::system) {
    switches.push_back({from_s, cause, 0, false});
    switches.push_back({to_s, cause, 0, true});
  }
  /// (arrival, service) of each visit, in order.
  void run(const std::vector<std::pair<double, std::uint32_t>>& who) {
    Platform platform;
    AccessLink line;
    line.up_bytes_s = line.down_bytes_s = 4;
    line.county = CountyLinkId(0u);
    AccessLink web_line = line;
    web_line.dedicated = true;
    platform.access_links = {line, web_line};
    platform.county_links = {{1024, 1024, 0}};
    platform.province_link = {1024, 1024, 0};
    platform.systems = {{1, 1, {1024, 1024, 0}}};
    visits.resize(who.size());
    for (std::size_t i = 0; i < who.size(); ++i) {
      Transaction what = transactions[who[i].second];
      visits.arrival_s[i] = who[i].first;
      visits.service[i] = who[i].second;
      visits.human_s[i] = 10;
      visits.system_s[i] = what.work_s > 0 ? unloaded(platform, what).total_s() : 0;
      visits.patience_s[i] = kForever;
    }
    std::vector<JointStation> stations{{&day, &visits, AccessLinkId(0u), {}}};
    SharedBackbone backbone(platform);
    outcome = simulate_joint_day(stations, {},
                                 {&backbone, transactions, 0.5, policy, switches, web, AccessLinkId(1u)});
    EXPECT_TRUE(backbone.counts().balanced());
    EXPECT_EQ(backbone.counts().in_flight, 0u);
    EXPECT_TRUE(backbone.reachable(AccessLinkId(0u), SystemId(0u)));
    const AuditFindings findings = audit_station_day(audit_day(day, visits, 1));
    EXPECT_TRUE(findings.passed()) << findings.failures.front();
  }
  [[nodiscard]] double lost(Cause cause) const {
    return outcome.lost_clerk_s[0][static_cast<std::size_t>(cause)].total_s();
  }
  void expect_lost(double system_s, double load_s) const {
    EXPECT_NEAR(lost(Cause::system), system_s, 1e-9);
    EXPECT_NEAR(lost(Cause::load), load_s, 1e-9);
  }
  /// The parts of clerks' waiting, and handling in vain.
  void expect_parts(double unloaded_s, double lost_waiting_s, double in_vain_s) const {
    double waiting = 0, in_vain = 0;
    for (const LostClerkTime& lost : outcome.lost_clerk_s[0]) {
      waiting += lost.waiting_s;
      in_vain += lost.in_vain_s;
    }
    EXPECT_NEAR(outcome.unloaded_s, unloaded_s, 1e-9);
    EXPECT_NEAR(waiting, lost_waiting_s, 1e-9);
    EXPECT_NEAR(in_vain, in_vain_s, 1e-9);
  }
};

TEST(CallPolicy, WaitsForTheRepair) {
  OneClerk one;
  one.down(100, 200);
  one.run({{98, 0}, {150, 1}});  // calls at 103, in vain
  EXPECT_NEAR(one.visits.end_s[0], 206, 1e-9);
  EXPECT_NEAR(one.visits.system_s[0], 98, 1e-9);
  EXPECT_NEAR(one.visits.leave_s[1], 206, 1e-9);
  one.expect_lost(97, kNothing);
  one.expect_parts(1, 97, kNothing);
}

TEST(CallPolicy, AnOutageTakesTheCallInFlight) {
  OneClerk one;
  one.down(100, 200);
  one.run({{94.5, 0}});  // calls at 99.5
  EXPECT_NEAR(one.visits.end_s[0], 206, 1e-9);
  one.expect_lost(100.5, kNothing);
}

TEST(CallPolicy, AnAnswerDueWhenTheOutageBeginsWasGiven) {
  OneClerk one;
  one.down(100, 200);
  one.run({{94, 0}});  // calls at 99
  EXPECT_EQ(one.visits.end_s[0], 105);
  one.expect_lost(kNothing, kNothing);
}

TEST(CallPolicy, RetriesAndThenSendsHome) {
  OneClerk one;
  one.policy = {.retries = 2, .pause_s = 30, .then = AfterTrouble::send_home};
  one.down(100, 200);
  one.run({{98, 0}, {99, 1}});  // tries at 103, 133, 163
  EXPECT_EQ(one.visits.outcome[0], Outcome::failed);
  EXPECT_NEAR(one.visits.end_s[0], 163, 1e-9);
  EXPECT_NEAR(one.visits.system_s[0], 60, 1e-9);
  EXPECT_NEAR(one.visits.leave_s[1], 163, 1e-9);
  EXPECT_EQ(one.outcome.retried, 2u);
  EXPECT_EQ(one.outcome.answered, 0u);
  one.expect_lost(65, kNothing);  // with the five seconds before the call
  one.expect_parts(kNothing, 60, 5);
}

TEST(CallPolicy, ARetryMayBeAnswered) {
  OneClerk one;
  one.policy = {.retries = 2, .pause_s = 30, .then = AfterTrouble::send_home};
  one.down(100, 120);
  one.run({{98, 0}});
  EXPECT_EQ(one.visits.outcome[0], Outcome::served);
  EXPECT_NEAR(one.visits.end_s[0], 139, 1e-9);
  one.expect_lost(30, kNothing);
}

TEST(CallPolicy, TheParkedComesFirstOnceAnswered) {
  OneClerk one;
  one.policy.then = AfterTrouble::park;
  one.down(100, 200);
  one.run({{98, 0}, {99, 1}, {195, 1}, {196, 1}});  // parked at 103; a clerk's free again at 205
  ASSERT_EQ(one.visits.asides.size(), 1u);
  const Aside& aside = one.visits.asides[0];
  EXPECT_NEAR(aside.parked_s, 103, 1e-9);
  EXPECT_NEAR(aside.recalled_s, 201, 1e-9);
  EXPECT_NEAR(aside.resumed_s, 205, 1e-9);
  EXPECT_NEAR(one.visits.end_s[0], 210, 1e-9);
  EXPECT_NEAR(one.visits.leave_s[1], 103, 1e-9);
  EXPECT_NEAR(one.visits.leave_s[3], 210, 1e-9);
  EXPECT_EQ(one.outcome.parked, 1u);
  one.expect_lost(kNothing, kNothing);  // the clerk had others to serve
}

TEST(CallPolicy, ParkedWhileTheSystemIsSlow) {
  OneClerk one;
  one.transactions[0].work_s = 49.5;
  one.policy = {.limit_s = 20, .then = AfterTrouble::park};
  one.run({{0, 0}, {1, 0}});  // the second calls at 30: both on one core
  EXPECT_NEAR(one.visits.asides[0].parked_s, 25, 1e-9);
  EXPECT_NEAR(one.visits.asides[1].parked_s, 50, 1e-9);
  // The first has 49.5 - 25 = 24.5 s left when the other's request arrives at 30.25, and half a core then.
  EXPECT_NEAR(one.visits.asides[0].recalled_s, 30.25 + 2 * 24.5 + 0.25, 1e-9);
  EXPECT_EQ(one.visits.outcome[1], Outcome::served);
  one.expect_parts(20 + 20, kNothing, kNothing);  // less than an unloaded call takes
}

TEST(CallPolicy, TheLimitEndsATry) {
  OneClerk one;
  one.transactions[0].work_s = 49.5;
  one.policy = {.limit_s = 20, .retries = 1, .pause_s = 10, .then = AfterTrouble::send_home};
  one.run({{0, 0}});  // tries at 5 and 35
  EXPECT_EQ(one.visits.outcome[0], Outcome::failed);
  EXPECT_NEAR(one.visits.end_s[0], 55, 1e-9);
  one.expect_lost(kNothing, 55);
  one.expect_parts(kNothing, 50, 5);
}

TEST(CallPolicy, WhoWaitsOnHasNoLimitInTheLastTry) {
  OneClerk one;
  one.transactions[0].work_s = 49.5;
  one.policy = {.limit_s = 20, .retries = 1, .pause_s = 10, .then = AfterTrouble::wait};
  one.run({{0, 0}});
  EXPECT_NEAR(one.visits.end_s[0], 35 + 50 + 5, 1e-9);
  one.expect_lost(kNothing, 30);
}

TEST(CallPolicy, NobodyWaitsForARepairAfterClosing) {
  for (const AfterTrouble then : {AfterTrouble::wait, AfterTrouble::park}) {
    OneClerk one;
    one.policy.then = then;
    one.down(3500, 9000);
    one.run({{3498, 0}, {3590, 0}});
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(one.visits.outcome[i], Outcome::failed);
    EXPECT_EQ(one.visits.end_s[0], 3600);
    EXPECT_NEAR(one.visits.end_s[1], then == AfterTrouble::wait ? 3605 : 3600, 1e-9);
  }
}

TEST(CallPolicy, AllTheTimeOfAParkedVisitThatFailsIsLost) {
  OneClerk one;
  one.policy = {.limit_s = 20, .then = AfterTrouble::park};
  one.transactions[0].work_s = 49.5;
  one.down(3500, 9000);
  one.run({{3450, 0}, {3498, 0}});  // calls at 3455, parked at 3475, cut off at 3500; calls at 3503, in vain
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(one.visits.outcome[i], Outcome::failed);
  EXPECT_NEAR(one.lost(Cause::system) + one.lost(Cause::load), 25 + 5, 1e-9);
  one.expect_parts(kNothing, 20, 5 + 5);
}

TEST(CallPolicy, WhoCallAtTheSameInstantAreAnsweredInTheOrderOfTheirIds) {
  // Parked one after the other, both call again at the repair, and share line and core all the way.
  OneClerk one;
  one.policy.then = AfterTrouble::park;
  one.transactions[0].request_bytes = 3;
  one.transactions[0].work_s = 0.7;
  one.down(100.1, 200.3);
  one.run({{98.1, 0}, {99.3, 0}, {99.4, 0}});
  ASSERT_EQ(one.visits.asides.size(), 3u);
  for (const Aside& aside : one.visits.asides) EXPECT_EQ(aside.recalled_s, one.visits.asides[0].recalled_s);
  EXPECT_LT(one.visits.asides[0].resumed_s, one.visits.asides[1].resumed_s);
  EXPECT_LT(one.visits.asides[1].resumed_s, one.visits.asides[2].resumed_s);
}

TEST(CallPolicy, EachCauseIsToldFromTheOthers) {
  for (const Cause cause : {Cause::link, Cause::power, Cause::county_link}) {
    OneClerk one;
    one.down(100, 200, cause);
    one.run({{98, 0}});
    EXPECT_NEAR(one.lost(cause), 97, 1e-9);
    EXPECT_EQ(one.lost(Cause::system), 0);
    EXPECT_NEAR(one.visits.end_s[0], 206, 1e-9);
  }
}

TEST(CallPolicy, LinkAndPowerTogetherNeedBothRepairs) {
  OneClerk one;
  one.switches = {{100, Cause::power, 0, false},
                  {150, Cause::link, 0, false},
                  {200, Cause::power, 0, true},
                  {250, Cause::link, 0, true}};
  one.run({{98, 0}});
  EXPECT_NEAR(one.visits.end_s[0], 256, 1e-9);
}

TEST(CallPolicy, ASlowDownSharesTheCoresThatAreLeft) {
  OneClerk one;
  one.transactions[0].work_s = 40;
  one.switches = {{10, Cause::system, 0, true, 1}};  // the one core that is there anyway
  one.run({{0, 0}});
  EXPECT_NEAR(one.visits.end_s[0], 5 + 40.5 + 5, 1e-9);
}

TEST(CallPolicy, TheWebFindsTheSystemDown) {
  OneClerk one;
  one.down(100, 200);
  one.web = {{50, 0}, {99.5, 0}, {150, 0}, {250, 0}};
  one.run({{98, 1}});
  EXPECT_EQ(one.outcome.web_fails, (std::vector<std::uint8_t>{0, 1, 1, 0}));
  EXPECT_EQ(one.outcome.web_failed, 2u);
}

TEST(CallPolicy, APolicyThatNeverEndsIsABug) {
  OneClerk one;
  one.policy = {.retries = 1, .pause_s = 0};
  EXPECT_THROW(one.run({{0, 0}}), ContractViolation);
}

/// Several stations with everything that can fail, at times on the grid of the visits' own.
struct Trouble {
  explicit Trouble(unsigned seed) : cases(2 + seed % 4), engine(seed) {
    const auto pick = [&](std::size_t n) {
      return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine);
    };
    for (std::size_t k = 0; k < cases.size(); ++k) {
      Case& c = cases[k];
      const Wish wish{
          .plain = k % 3 == 0, .balking = k % 2 == 1, .skills = k % 3 == 1, .priorities = k % 2 == 0};
      CaseMaker(seed * 100 + static_cast<unsigned>(k)).make(wish, c);
      if (c.station.at_closing == AtClosing::stop) c.station.at_closing = AtClosing::serve_out;
      AccessLink line;
      line.up_bytes_s = line.down_bytes_s = 4;
      line.county = CountyLinkId(k % 2);
      platform.access_links.push_back(line);
    }
    platform.county_links = {{1024, 1024, 0}, {1024, 1024, 0}};
    platform.province_link = {1024, 1024, 0};
    platform.systems = {{2, 1, {1024, 1024, 0}}, {1, 1, {1024, 1024, 0}}};
    transactions = {
        {{}, SystemId(0u), 1, 1.5, 1}, {{}, SystemId(0u), 1, 0, 1}, {{}, SystemId(1u), 2, 0.5, 3}};
    for (std::size_t k = 0; k < cases.size(); ++k) {
      set_unloaded_calls(platform, transactions, AccessLinkId(k), cases[k].visits);
      stations.push_back({&cases[k].station, &cases[k].visits, AccessLinkId(k), {}});
    }
    const auto fail = [&](Cause cause, std::size_t index) {
      double t = 480 + static_cast<double>(pick(200));
      for (int n = 0; n < 3; ++n) {
        switches.push_back({t, cause, static_cast<std::uint32_t>(index), false});
        t += static_cast<double>(1 + pick(80));
        switches.push_back({t, cause, static_cast<std::uint32_t>(index), true});
        t += static_cast<double>(pick(100)) + 0.25;
      }
    };
    for (std::size_t k = 0; k < cases.size(); ++k) fail(k % 2 == 0 ? Cause::link : Cause::power, k);
    fail(Cause::county_link, 1);
    fail(Cause::system, 0);
    fail(Cause::system, 1);
    switches.push_back({600, Cause::system, 0, true, 1});
    switches.push_back({700, Cause::system, 0, true, 2});
    std::stable_sort(switches.begin(), switches.end(),
                     [](const Switch& a, const Switch& b) { return a.time_s < b.time_s; });
    policy.then = static_cast<AfterTrouble>(pick(3));
    policy.retries = static_cast<int>(pick(3));
    policy.pause_s = static_cast<double>(1 + pick(10));
    if (pick(2) == 0) policy.limit_s = static_cast<double>(10 + pick(20));
  }
  CallsOutcome run(Backbone& backbone) {
    return simulate_joint_day(stations, {}, {&backbone, transactions, 0.5, policy, switches});
  }
  std::deque<Case> cases;
  std::mt19937 engine;
  Platform platform;
  std::vector<Transaction> transactions;
  std::vector<Switch> switches;
  CallPolicy policy;
  std::vector<JointStation> stations;
};

TEST(CallPolicy, RandomTroubleLosesNobodyAndRepeatsToTheBit) {
  std::uint64_t failed = 0, parked = 0, retried = 0, served = 0;
  for (unsigned seed = 0; seed < 400 && !testing::Test::HasFailure(); ++seed) {
    Trouble one(seed), again(seed);
    SharedBackbone backbone(one.platform), other(one.platform);
    const CallsOutcome outcome = one.run(backbone), repeated = again.run(other);
    EXPECT_TRUE(backbone.counts().balanced());
    EXPECT_EQ(backbone.counts().in_flight, 0u);
    EXPECT_EQ(backbone.counts(), other.counts());
    EXPECT_EQ(outcome.lost_clerk_s, repeated.lost_clerk_s);
    std::uint64_t called = 0, fails = 0, late = 0;
    for (std::size_t k = 0; k < one.cases.size(); ++k) {
      const Visits& visits = one.cases[k].visits;
      expect_same(visits, again.cases[k].visits, seed);
      const AuditFindings findings = audit_station_day(audit_day(one.cases[k]));
      EXPECT_TRUE(findings.passed()) << "seed " << seed << ": " << findings.failures.front();
      for (std::size_t i = 0; i < visits.size(); ++i) {
        const bool fails_here = visits.outcome[i] == Outcome::failed;
        fails += fails_here;
        called += visits.clerk[i] != kNoClerk && one.transactions[visits.service[i]].work_s > 0;
        served += visits.outcome[i] == Outcome::served;
      }
      for (const Aside& aside : visits.asides)
        late += aside.recalled_s < kForever && visits.outcome[aside.visit] == Outcome::failed;
    }
    EXPECT_EQ(outcome.visits, called) << seed;
    double lost_s = 0, least_s = 0, wasted_s = 0, waiting_s = 0, parts_s = outcome.unloaded_s;
    for (const auto& system : outcome.lost_clerk_s) {
      for (const LostClerkTime& lost : system) {
        lost_s += lost.total_s();
        parts_s += lost.waiting_s;
      }
    }
    for (std::size_t k = 0; k < one.cases.size(); ++k) {
      const Visits& visits = one.cases[k].visits;
      std::vector<double> desk(visits.size());
      for (std::size_t i = 0; i < visits.size(); ++i) desk[i] = visits.end_s[i] - visits.leave_s[i];
      for (const Aside& aside : visits.asides)
        if (aside.resumed_s == kForever) desk[aside.visit] = aside.parked_s - visits.leave_s[aside.visit];
      for (std::size_t i = 0; i < visits.size(); ++i) {
        Transaction what = one.transactions[visits.service[i]];
        if (visits.clerk[i] == kNoClerk || what.work_s <= 0) continue;
        what.from = AccessLinkId(k);
        waiting_s += visits.system_s[i];
        if (visits.outcome[i] == Outcome::failed)
          least_s += desk[i];
        else
          wasted_s += visits.system_s[i] - unloaded(one.platform, what).total_s();
      }
    }
    // Each time is rounded to half a tick of TimeSum when it is added: once a try and once an end.
    const double rounding_s = 1e-6 + static_cast<double>(2 * called + outcome.retried) * 0x1p-17;
    if (one.policy.then == AfterTrouble::park)
      EXPECT_GE(lost_s, least_s - rounding_s) << seed;  // of those parked, not all that they waited was lost
    else
      EXPECT_NEAR(lost_s, least_s + wasted_s, rounding_s) << seed;
    EXPECT_NEAR(parts_s, waiting_s, 2 * rounding_s) << seed;
    EXPECT_EQ(outcome.visits + late, outcome.answered + fails) << seed;
    failed += fails;
    parked += outcome.parked;
    retried += outcome.retried;
  }
  EXPECT_GT(failed, 500u);
  EXPECT_GT(parked, 500u);
  EXPECT_GT(retried, 500u);
  EXPECT_GT(served, 20'000u);
}

}  // namespace
}  // namespace pishkhan::call_policy_test
