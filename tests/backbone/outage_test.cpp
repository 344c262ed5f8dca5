// Outages, repairs, slow-downs and cancellations at the worst instants, on all three backbones. Each
// test makes one backbone, because SimGrid knows one engine a process and ctest gives each test its own.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "sim/backbone/ideal.hpp"
#include "sim/backbone/shared.hpp"
#ifdef PISHKHAN_WITH_SIMGRID
#include "sim/backbone/simgrid.hpp"
#endif
#include "sim/experiment/forked.hpp"
#include "tests/backbone/script.hpp"

namespace pishkhan::outage_test {
namespace {

using namespace backbone_test;

/// Ways of 1 s latency at 100 bytes a second; system 0 has one core, system 1 four.
Platform two_ways() {
  Platform platform;
  platform.county_links = {{1e4, 1e4, 0.25}, {1e4, 1e4, 0.25}};
  platform.province_link = {1e5, 1e5, 0.25};
  for (std::size_t i = 0; i < 2; ++i) {
    AccessLink link;
    link.up_bytes_s = link.down_bytes_s = 100, link.latency_s = 0.25;
    link.county = CountyLinkId(i);
    platform.access_links.push_back(link);
  }
  platform.systems = {{1, 1.0, {1e5, 1e5, 0.25}}, {4, 1.0, {1e5, 1e5, 0.25}}};
  return platform;
}

/// Unloaded: up 10..12, work 12..14, down 14..16 when begun at 10.
Transaction call(std::size_t from, std::size_t to) {
  return {AccessLinkId(from), SystemId(to), 100, 2.0, 100};
}

class Outage : public testing::TestWithParam<std::string> {
 protected:
  static std::unique_ptr<Backbone> make(const Platform& platform) {
    if (GetParam() == "ideal") return std::make_unique<IdealBackbone>(platform);
#ifdef PISHKHAN_WITH_SIMGRID
    if (GetParam() == "simgrid") return make_simgrid_backbone(platform);
#endif
    return std::make_unique<SharedBackbone>(platform);
  }
  static void expect_ends(const Played& played, const Completions& expected) {
    ASSERT_EQ(played.ends.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(played.ends[i].id, expected[i].id) << i;
      EXPECT_EQ(played.ends[i].failed, expected[i].failed) << i;
      EXPECT_NEAR(played.ends[i].time_s, expected[i].time_s, 1e-9 * expected[i].time_s) << i;
    }
    EXPECT_TRUE(played.counts.balanced());
    EXPECT_EQ(played.counts.in_flight, 0u);
  }
};

TEST_P(Outage, AtTheInstantOfACompletionComesAfterIt) {
  const auto backbone = make(two_ways());
  const Played played =
      play(*backbone, {{10, Start{1, call(0, 0)}}, {16, SetAccess{0, false}}, {17, Start{2, call(0, 0)}}});
  expect_ends(played, {{16, 1, false}});
  EXPECT_EQ(played.counts.failed, 0u);
  EXPECT_EQ(played.refused, std::vector<std::uint64_t>{2});
}

TEST_P(Outage, AtTheInstantOfAStartActsInTheOrderOfTheCalls) {
  const auto backbone = make(two_ways());
  const Played played = play(*backbone, {{10, Start{1, call(0, 0)}},
                                         {10, SetSystem{0, false}},
                                         {10, Start{2, call(0, 0)}},
                                         {10, Start{3, call(0, 1)}}});
  expect_ends(played, {{10, 1, true}, {16, 3, false}});
  EXPECT_EQ(played.refused, std::vector<std::uint64_t>{2});
}

TEST_P(Outage, FailsAtOnceInEveryPhase) {
  const auto backbone = make(two_ways());
  const std::vector<std::pair<Action, Action>> outages = {{SetAccess{0, false}, SetAccess{0, true}},
                                                          {SetCounty{0, false}, SetCounty{0, true}},
                                                          {SetProvince{false}, SetProvince{true}},
                                                          {SetSystem{0, false}, SetSystem{0, true}}};
  std::uint64_t failed = 0;
  // In the latencies, in the transfers, at work, and at each border between two of them.
  for (const double at_s : {10.0, 10.5, 11.0, 11.5, 12.0, 13.0, 14.0, 14.5, 15.0, 15.5}) {
    for (const auto& [down, up] : outages) {
      const Played played = play(*backbone, {{10, Start{7, call(0, 0)}}, {at_s, down}, {20, up}});
      expect_ends(played, {{at_s, 7, true}});
      EXPECT_EQ(played.counts.failed, ++failed);
      backbone->restart(100);
    }
  }
  expect_ends(play(*backbone, {{10, Start{8, call(0, 0)}}}), {{16, 8, false}});
}

TEST_P(Outage, TwoAtOnceNeedTwoRepairs) {
  const auto backbone = make(two_ways());
  const Played played = play(*backbone, {{10, Start{1, call(0, 1)}},
                                         {11, SetAccess{0, false}},
                                         {11, SetCounty{0, false}},
                                         {11, SetCounty{0, false}},
                                         {12, SetCounty{0, true}},
                                         {12, Start{2, call(0, 1)}},
                                         {13, SetSystem{1, false}},
                                         {13, SetAccess{0, true}},
                                         {14, Start{3, call(0, 1)}},
                                         {15, SetSystem{1, true}},
                                         {15, SetSystem{1, true}},
                                         {15, Start{4, call(0, 1)}}});
  expect_ends(played, {{11, 1, true}, {21, 4, false}});
  EXPECT_EQ(played.refused, (std::vector<std::uint64_t>{2, 3}));
  const auto& tallies = backbone->observe(30);
  EXPECT_DOUBLE_EQ(tallies.systems[1].down_s, 2);
  EXPECT_DOUBLE_EQ(tallies.systems[1].core_s, 4 * 28);
  EXPECT_DOUBLE_EQ(tallies.link_kinds[0].down_s, 2);
  EXPECT_EQ(tallies.systems[1].refused, 2u);
}

TEST_P(Outage, RepairedAtTheSameInstantLetsTheNextThrough) {
  const auto backbone = make(two_ways());
  const Played played = play(*backbone, {{10, Start{1, call(0, 0)}},
                                         {13, SetAccess{0, false}},
                                         {13, SetAccess{0, true}},
                                         {13, Start{2, call(0, 0)}},
                                         {14, SetSystem{0, false}},
                                         {14, SetSystem{0, true}},
                                         {14, Start{3, call(0, 0)}}});
  expect_ends(played, {{13, 1, true}, {14, 2, true}, {20, 3, false}});
}

TEST_P(Outage, HitsItsOwnAndInTheOrderOfIds) {
  const auto backbone = make(two_ways());
  const Played played = play(*backbone, {{10, Start{9, call(0, 1)}},
                                         {10, Start{3, call(1, 1)}},
                                         {10.5, Start{5, call(0, 0)}},
                                         {13, Start{7, call(0, 1)}},
                                         {13.5, SetCounty{0, false}}});
  expect_ends(played, {{13.5, 5, true}, {13.5, 7, true}, {13.5, 9, true}, {16, 3, false}});
}

TEST_P(Outage, ACancelledTransactionIsNotHeardOfAgain) {
  const auto backbone = make(two_ways());
  std::uint64_t cancelled = 0;
  for (const double at_s : {10.0, 10.5, 11.0, 11.5, 12.0, 13.0, 14.0, 14.5, 15.0, 15.5}) {
    const Played played = play(*backbone, {{10, Start{1, call(0, 0)}},
                                           {at_s, Cancel{1}},
                                           {at_s, Cancel{1}},
                                           {19, SetAccess{0, false}},
                                           {19.5, SetAccess{0, true}},
                                           {30, Start{2, call(0, 0)}}});
    EXPECT_EQ(played.cancelled, std::vector<std::uint64_t>{1});
    expect_ends(played, {{36, 2, false}});
    EXPECT_EQ(played.counts.cancelled, ++cancelled);
    backbone->restart(100);
  }
  // Due at this instant is too late to cancel.
  const Played late = play(*backbone, {{10, Start{1, call(0, 0)}}, {16, Cancel{1}}});
  EXPECT_TRUE(late.cancelled.empty());
  expect_ends(late, {{16, 1, false}});
}

/// Nothing is shared in ideal.
class Sharing : public Outage {};

TEST_P(Sharing, WhatLeavesMakesRoom) {
  const auto backbone = make(two_ways());
  // Two on one core from 12 on; at 13 each has 1.5 core-seconds left, and one of them goes.
  expect_ends(play(*backbone, {{10, Start{1, call(0, 0)}}, {10, Start{2, call(1, 0)}}, {13, Cancel{1}}}),
              {{16.5, 2, false}});
  backbone->restart(100);
  // The same on a line: 200 bytes over it from 11 on, one goes at 12 with 50 bytes left each.
  expect_ends(play(*backbone, {{10, Start{1, call(0, 1)}}, {10, Start{2, call(0, 1)}}, {12, Cancel{2}}}),
              {{16.5, 1, false}});
}

TEST_P(Sharing, OnADedicatedLinkEachHasALineOfItsOwn) {
  Platform platform = two_ways();
  platform.access_links[0].dedicated = true;
  const auto backbone = make(platform);
  const Script script{{10, Start{1, call(0, 1)}}, {10, Start{2, call(0, 1)}}, {11.5, Start{3, call(0, 1)}}};
  expect_ends(play(*backbone, script), {{16, 1, false}, {16, 2, false}, {17.5, 3, false}});
}

TEST_P(Sharing, FewerCoresSlowThoseAtWork) {
  Platform platform = two_ways();
  platform.access_links.resize(4, platform.access_links[0]);
  const auto backbone = make(platform);
  Script script;
  for (std::size_t i = 0; i < 4; ++i) script.push_back({10, Start{i, call(i, 1)}});
  script.push_back({13, SetCores{1, 2}});  // one core-second left each, half a core each
  script.push_back({14, SetCores{1, 1}});  // a half left, a quarter each
  script.push_back({15, SetCores{1, 6}});  // a quarter left, a core each: nobody has more
  script.push_back({30, Start{9, call(0, 1)}});
  expect_ends(play(*backbone, script),
              {{17.25, 0, false}, {17.25, 1, false}, {17.25, 2, false}, {17.25, 3, false}, {36, 9, false}});
  const auto& tallies = backbone->observe(40);
  EXPECT_NEAR(tallies.systems[1].busy_core_s, 4 + 2 + 1 + 1 + 2, 1e-8);
  EXPECT_DOUBLE_EQ(tallies.systems[1].core_s, 13 * 4 + 2 + 1 + 25 * 6);
}

template <class T>
void append(std::string& bytes, const T& value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof raw);
  bytes.append(raw, sizeof raw);
}

/// Everything delivered, bit for bit.
std::string bytes_of(const Played& played) {
  std::string bytes;
  for (const Completion& end : played.ends)
    append(bytes, end.time_s), append(bytes, end.id), append(bytes, end.failed);
  for (const auto id : played.refused) append(bytes, id);
  for (const auto id : played.cancelled) append(bytes, id);
  return bytes;
}

TEST_P(Outage, RandomTroubleLosesNothingAndRepeatsToTheBit) {
  std::mt19937_64 generator(858);
  const Platform platform = random_platform(generator, 12, 4, 5);
  Script script = random_starts(generator, platform, 1500, 4.0, 1.5);
  add_trouble(generator, platform, 200, script);
  const std::size_t starts = 1500;
  // In workers: two backbones of one kind are two processes for SimGrid.
  ForkedOptions options;
  options.workers = 2;
  const auto outcomes = run_forked(
      3,
      [&](std::size_t job) -> std::string {
        const auto backbone = make(platform);
        const Played played = play(*backbone, script);
        const TransactionCounts& counts = played.counts;
        if (!counts.balanced() || counts.in_flight != 0) throw std::runtime_error("a transaction was lost");
        if (counts.started + counts.refused != starts) throw std::runtime_error("a start was lost");
        if (counts.completed + counts.failed != played.ends.size())
          throw std::runtime_error("an end was lost");
        if (counts.failed < 50 || counts.cancelled < 10)
          throw std::runtime_error("too little trouble to tell");
        for (std::size_t i = 1; i < played.ends.size(); ++i) {
          if (played.ends[i].time_s < played.ends[i - 1].time_s)
            throw std::runtime_error("ends out of order");
        }
        if (job == 2) std::abort();
        return bytes_of(played);
      },
      options);
  EXPECT_EQ(outcomes[0].failure, "");
  EXPECT_EQ(outcomes[1].failure, "");
  EXPECT_FALSE(outcomes[0].bytes.empty());
  EXPECT_EQ(outcomes[0].bytes, outcomes[1].bytes);
  EXPECT_EQ(outcomes[2].failure, "killed by signal SIGABRT (Aborted)");  // and the others finished
}

#ifdef PISHKHAN_WITH_SIMGRID
const auto kAll = testing::Values("ideal", "shared", "simgrid");
const auto kThatShare = testing::Values("shared", "simgrid");
#else
const auto kAll = testing::Values("ideal", "shared");
const auto kThatShare = testing::Values("shared");
#endif
const auto by_name = [](const auto& each) { return each.param; };
INSTANTIATE_TEST_SUITE_P(Backbones, Outage, kAll, by_name);
INSTANTIATE_TEST_SUITE_P(Backbones, Sharing, kThatShare, by_name);

}  // namespace
}  // namespace pishkhan::outage_test
