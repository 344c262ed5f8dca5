// Transactions inside handling. Over a backbone where calls do not meet, stations are what they are with a
// fixed system time; where they do meet, the backbone alone says how long each call takes.
#include <gtest/gtest.h>

#include <deque>
#include <tuple>

#include "sim/backbone/ideal.hpp"
#include "sim/backbone/shared.hpp"
#include "sim/coupling/joint_day.hpp"
#include "tests/sim/station/case_maker.hpp"

namespace pishkhan::joint_day_calls_test {
namespace {

constexpr unsigned kBatches = 200;

/// One access link for each station. Times of lone transactions are 1 s, exactly.
Platform platform_for(std::size_t stations, std::uint32_t cores) {
  Platform platform;
  for (std::size_t k = 0; k < stations; ++k) {
    AccessLink link;
    link.up_bytes_s = link.down_bytes_s = 4;
    link.county = CountyLinkId(0);
    platform.access_links.push_back(link);
  }
  platform.county_links.push_back({1024, 1024, 0});
  platform.province_link = {1024, 1024, 0};
  platform.systems.push_back({cores, 1, {1024, 1024, 0}});
  return platform;
}

/// Services 0 and 2 call the system; times are multiples of a power of two, so that sums are exact.
struct Batch {
  Batch(unsigned number, std::size_t stations) : cases(stations) {
    for (unsigned k = 0; k < stations; ++k) {
      const unsigned seed = number * 100 + k;
      CaseMaker(seed).make({.plain = seed % 5 == 0,
                            .balking = seed % 2 == 1,
                            .skills = seed % 3 == 1,
                            .priorities = seed % 3 != 0},
                           cases[k]);
      for (auto& clerk : cases[k].clerks) clerk.speed = clerk.speed > 1 ? 2 : 1;
      Visits& visits = cases[k].visits;
      for (std::size_t i = 0; i < visits.size(); ++i) visits.system_s[i] = calls(visits, i) ? 1 : 0;
      coupled.push_back({&cases[k].station, &visits, AccessLinkId(k), {}});
    }
  }
  static bool calls(const Visits& visits, std::size_t i) { return visits.service[i] != 1; }

  std::deque<Case> cases;
  std::vector<JointStation> coupled;
};

constexpr SystemId kSystem(0);
const std::vector<Transaction> kTransactions{
    {{}, kSystem, 1, 0.5, 1}, {{}, kSystem, 1, 0, 1}, {{}, kSystem, 1, 0.5, 1}};

bool handled(const Visits& visits, std::size_t i) { return visits.clerk[i] != kNoClerk; }

TEST(CoupledCalls, OverTheIdealBackboneHandlingTakesTheSystemsTime) {
  for (unsigned number = 0; number < kBatches; ++number) {
    const std::size_t stations = 1 + number % 7;
    Batch batch(number, stations);
    std::vector<Visits> alone;
    for (const auto& c : batch.cases) {
      alone.push_back(c.visits);
      simulate_station(c.station, alone.back());
    }
    IdealBackbone backbone(platform_for(stations, 1));
    simulate_joint_day(batch.coupled, {},
                       {.backbone = &backbone, .transactions = kTransactions, .share_before = 0.5});
    for (std::size_t k = 0; k < stations; ++k) {
      expect_same(batch.cases[k].visits, alone[k], number);
      EXPECT_EQ(batch.cases[k].visits.system_s, alone[k].system_s);
    }
    EXPECT_TRUE(backbone.counts().balanced());
    EXPECT_EQ(backbone.counts().in_flight, 0u);
  }
}

/// When a visit's call began, in the kernel's own order of additions.
struct Call {
  double time_s;
  std::size_t station;
  std::uint32_t clerk;
  std::size_t visit;
  double rest_s;
};

std::vector<Call> calls_of(const Batch& batch, double share_before) {
  std::vector<Call> calls;
  for (std::size_t k = 0; k < batch.cases.size(); ++k) {
    const Case& c = batch.cases[k];
    for (std::size_t i = 0; i < c.visits.size(); ++i) {
      if (!handled(c.visits, i) || !Batch::calls(c.visits, i)) continue;
      const auto clerk = std::find_if(c.clerks.begin(), c.clerks.end(),
                                      [&](const Clerk& other) { return other.number == c.visits.clerk[i]; });
      const double human_s = c.visits.human_s[i] / clerk->speed;
      calls.push_back(
          {c.visits.leave_s[i] + share_before * human_s, k, clerk->number, i, (1 - share_before) * human_s});
    }
  }
  std::sort(calls.begin(), calls.end(), [](const Call& a, const Call& b) {
    return std::tie(a.time_s, a.station, a.clerk) < std::tie(b.time_s, b.station, b.clerk);
  });
  return calls;
}

TEST(CoupledCalls, OverTheSharedBackboneEveryCallTakesWhatTheBackboneSays) {
  std::uint64_t all = 0;
  double excess_s = 0;
  for (unsigned number = 0; number < kBatches; ++number) {
    const std::size_t stations = 1 + number % 7;
    const double share_before = number % 3 == 0 ? 0 : number % 3 == 1 ? 0.3 : 1;
    Batch batch(number, stations), again(number, stations);
    SharedBackbone backbone(platform_for(stations, 1 + number % 2)),
        other(platform_for(stations, 1 + number % 2));
    simulate_joint_day(batch.coupled, {},
                       {.backbone = &backbone, .transactions = kTransactions, .share_before = share_before});
    simulate_joint_day(again.coupled, {},
                       {.backbone = &other, .transactions = kTransactions, .share_before = share_before});
    for (std::size_t k = 0; k < stations; ++k) {
      expect_same(batch.cases[k].visits, again.cases[k].visits, number);
      const AuditFindings findings = audit_station_day(audit_day(batch.cases[k]));
      ASSERT_TRUE(findings.passed()) << "batch " << number << ": " << findings.failures.front();
    }
    // A fresh backbone, given the calls at their dates, answers when the kernel says it did.
    SharedBackbone replay(platform_for(stations, 1 + number % 2));
    const std::vector<Call> calls = calls_of(batch, share_before);
    Completions ends;
    for (std::size_t n = 0; n < calls.size(); ++n) {
      while (replay.next_s() <= calls[n].time_s) replay.advance(calls[n].time_s, ends);
      Transaction transaction = kTransactions[0];
      transaction.from = AccessLinkId(calls[n].station);
      ASSERT_TRUE(replay.start(calls[n].time_s, n, transaction));
    }
    while (replay.next_s() < kForever) replay.advance(kForever, ends);
    ASSERT_EQ(ends.size(), calls.size());
    for (const Completion& end : ends) {
      const Call& call = calls[end.id];
      const Visits& visits = batch.cases[call.station].visits;
      ASSERT_NEAR(visits.end_s[call.visit], end.time_s + call.rest_s, 1e-9) << "batch " << number;
      ASSERT_NEAR(visits.system_s[call.visit], end.time_s - call.time_s, 1e-9) << "batch " << number;
      excess_s += visits.system_s[call.visit] - 1;
    }
    EXPECT_EQ(backbone.counts().started, calls.size());
    EXPECT_EQ(backbone.counts().completed, calls.size());
    all += calls.size();
  }
  EXPECT_GT(all, 10'000u);
  EXPECT_GT(excess_s, 1000);  // they do meet
}

TEST(CoupledCalls, TwoOfficesOnOneCoreWaitForEachOther) {
  // Both call at 110 and share the core: 4 s of work each take 8. Requests and responses take 1/4 s.
  const Intervals doors{{0, 3600}};
  const std::vector<Clerk> clerk{{0, 1, doors, 0}};
  StationDay day;
  day.clerks = clerk;
  day.doors = doors;
  std::vector<Visits> visits(2);
  const std::vector<Transaction> transactions{{{}, kSystem, 1, 4, 1}};
  for (std::size_t k = 0; k < 2; ++k) {
    visits[k].resize(1);
    visits[k].arrival_s = {100};
    visits[k].human_s = {40};
    visits[k].patience_s = {kForever};
    visits[k].system_s = {4.5};
  }
  std::vector<JointStation> stations{{&day, &visits[0], AccessLinkId(0), {}},
                                     {&day, &visits[1], AccessLinkId(1), {}}};
  SharedBackbone backbone(platform_for(2, 1));
  simulate_joint_day(stations, {},
                     {.backbone = &backbone, .transactions = transactions, .share_before = 0.25});
  for (const Visits& v : visits) {
    EXPECT_EQ(v.leave_s[0], 100);
    EXPECT_NEAR(v.system_s[0], 8.5, 1e-12);
    EXPECT_NEAR(v.end_s[0], 100 + 10 + 8.5 + 30, 1e-9);
  }
}

}  // namespace
}  // namespace pishkhan::joint_day_calls_test
