// SimGrid knows one engine a process: every test here makes exactly one, and ctest runs each test in a
// process of its own (gtest_discover_tests). Run by hand, choose one with --gtest_filter.
#ifdef PISHKHAN_WITH_SIMGRID
#include "sim/backbone/simgrid.hpp"

#include <gtest/gtest.h>

#include "sim/backbone/ideal.hpp"
#include "sim/backbone/shared.hpp"
#include "sim/base/contract.hpp"
#include "sim/experiment/forked.hpp"
#include "tests/backbone/script.hpp"

namespace pishkhan::simgrid_test {
namespace {

using namespace backbone_test;

constexpr double kTolerance = 1e-9;

void expect_same_ends(Completions a, Completions b) {
  const auto by_id = [](const Completion& x, const Completion& y) { return x.id < y.id; };
  std::sort(a.begin(), a.end(), by_id);
  std::sort(b.begin(), b.end(), by_id);
  ASSERT_EQ(a.size(), b.size());
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].id, b[i].id);
    ASSERT_EQ(a[i].failed, b[i].failed) << a[i].id;
    worst = std::max(worst, std::fabs(a[i].time_s - b[i].time_s) / b[i].time_s);
  }
  EXPECT_LE(worst, kTolerance);
  testing::Test::RecordProperty("worst_relative_difference", std::to_string(worst * 1e12) + "e-12");
}

// Thousands of loads: each day has its own traffic on one platform, from idle to overloaded.
TEST(SimgridBackbone, AgreesWithSharedOnThousandsOfLoads) {
  std::mt19937_64 generator(1395);
  const Platform platform = random_platform(generator, 12, 3, 4);
  ASSERT_TRUE(narrow_links(platform).none());
  const auto simgrid = make_simgrid_backbone(platform);
  double now_s = 0;
  for (unsigned load = 0; load < 2000; ++load) {
    Script script = random_starts(generator, platform, 40, 0.5 + load % 10, 1.5);
    SharedBackbone shared(platform);
    const Played expected = play(shared, script);
    const Played played = play(*simgrid, script);
    ASSERT_NO_FATAL_FAILURE(expect_same_ends(played.ends, expected.ends)) << "load " << load;
    ASSERT_TRUE(played.counts.balanced());
    now_s = played.ends.back().time_s + 1;
    simgrid->restart(now_s);
  }
}

TEST(SimgridBackbone, AgreesWithSharedInTrouble) {
  std::mt19937_64 generator(1403);
  const Platform platform = random_platform(generator, 10, 3, 4);
  Script script = random_starts(generator, platform, 4000, 3.0, 1.5);
  add_trouble(generator, platform, 400, script);
  SharedBackbone shared(platform);
  const auto simgrid = make_simgrid_backbone(platform);
  const Played expected = play(shared, script), played = play(*simgrid, script);
  ASSERT_NO_FATAL_FAILURE(expect_same_ends(played.ends, expected.ends));
  EXPECT_EQ(played.refused, expected.refused);
  EXPECT_EQ(played.cancelled, expected.cancelled);
  EXPECT_EQ(played.counts, expected.counts);
  EXPECT_GT(played.counts.failed, 100u);
  // What is observed agrees too.
  const double end_s = played.ends.back().time_s + 100;
  const auto& a = simgrid->observe(end_s);
  const auto& b = shared.observe(end_s);
  for (std::size_t i = 0; i < a.systems.size(); ++i) {
    EXPECT_NEAR(a.systems[i].concurrency_area_s, b.systems[i].concurrency_area_s, 1e-6);
    EXPECT_NEAR(a.systems[i].busy_core_s, b.systems[i].busy_core_s, 1e-6);
    EXPECT_NEAR(a.systems[i].core_s, b.systems[i].core_s, 1e-6);
    EXPECT_EQ(a.systems[i].down_s, b.systems[i].down_s);
    EXPECT_EQ(a.systems[i].failed, b.systems[i].failed);
    EXPECT_EQ(a.systems[i].response.count, b.systems[i].response.count);
    EXPECT_NEAR(a.systems[i].response.sum_s, b.systems[i].response.sum_s, 1e-6);
    EXPECT_NEAR(a.systems[i].transaction.sum_s, b.systems[i].transaction.sum_s, 1e-6);
  }
  for (std::size_t i = 0; i < a.link_kinds.size(); ++i) {
    EXPECT_EQ(a.link_kinds[i].bytes, b.link_kinds[i].bytes);
    EXPECT_EQ(a.link_kinds[i].down_s, b.link_kinds[i].down_s);
    EXPECT_NEAR(a.link_kinds[i].concurrency_area_s, b.link_kinds[i].concurrency_area_s, 1e-6);
  }
}

// Unequal latencies on one access link share it by 1 / latency, as `shared` has it; and a data centre
// behind a longer line is reached later.
TEST(SimgridBackbone, AgreesWithSharedWhereLatenciesDiffer) {
  std::mt19937_64 generator(1404);
  Platform platform = random_platform(generator, 4, 2, 4);
  for (std::size_t i = 0; i < 4; ++i)
    platform.systems[i].data_centre.latency_s = 0.01 + 0.1 * static_cast<double>(i);
  const Script script = random_starts(generator, platform, 4000, 2.0, 0.5);
  SharedBackbone shared(platform);
  const auto simgrid = make_simgrid_backbone(platform);
  expect_same_ends(play(*simgrid, script).ends, play(shared, script).ends);
}

// No latency at all: transfers begin at once and weigh the same.
TEST(SimgridBackbone, AgreesWithSharedWithoutLatency) {
  std::mt19937_64 generator(1405);
  Platform platform = random_platform(generator, 6, 2, 2);
  platform.province_link.latency_s = 0;
  for (auto& link : platform.access_links) link.latency_s = 0;
  for (auto& link : platform.county_links) link.latency_s = 0;
  for (auto& system : platform.systems) system.data_centre.latency_s = 0;
  const Script script = random_starts(generator, platform, 3000, 2.0, 0.5);
  SharedBackbone shared(platform);
  const auto simgrid = make_simgrid_backbone(platform);
  expect_same_ends(play(*simgrid, script).ends, play(shared, script).ends);
}

// Much happens at one instant: starts in bunches, equal amounts, equal latencies, so that transfers
// join, leave and are cancelled together, and work ends together.
TEST(SimgridBackbone, AgreesWithSharedOnTies) {
  std::mt19937_64 generator(1407);
  Platform platform = random_platform(generator, 9, 3, 3);
  for (auto& link : platform.access_links) {
    link.latency_s = 0.125 * static_cast<double>(1 + generator() % 2);
    link.up_bytes_s = 1000 * static_cast<double>(1 + generator() % 3),
    link.down_bytes_s = 4 * link.up_bytes_s;
  }
  for (auto& link : platform.county_links) link.latency_s = 0.125;
  for (auto& system : platform.systems) system.speed = 1, system.data_centre.latency_s = 0.125;
  Script script;
  std::uint64_t id = 0;
  for (std::size_t bunch = 0; bunch < 600; ++bunch) {
    const double at_s = 100 + 2.0 * static_cast<double>(bunch);
    for (std::size_t i = 0; i < 1 + generator() % 8; ++i, ++id) {
      script.push_back(
          {at_s,
           Start{id,
                 {AccessLinkId(generator() % 9), SystemId(generator() % 3), 1000 * (1 + generator() % 2),
                  0.5 * static_cast<double>(1 + generator() % 4), 4000 * (1 + generator() % 2)}}});
      if (generator() % 6 == 0)
        script.push_back({at_s + 0.5 * static_cast<double>(generator() % 8), Cancel{id}});
    }
  }
  std::stable_sort(script.begin(), script.end(),
                   [](const Step& a, const Step& b) { return a.time_s < b.time_s; });
  SharedBackbone shared(platform);
  const auto simgrid = make_simgrid_backbone(platform);
  const Played expected = play(shared, script), played = play(*simgrid, script);
  expect_same_ends(played.ends, expected.ends);
  EXPECT_EQ(played.cancelled, expected.cancelled);
  EXPECT_GT(played.cancelled.size(), 100u);
}

// What only SimGrid expresses: six offices whose county's line carries what two of theirs bring.
TEST(SimgridBackbone, SharesANarrowCountyLink) {
  Platform platform;
  platform.county_links = {{200, 200, 0.25}};
  platform.province_link = {1e5, 1e5, 0.25};
  AccessLink link;
  link.up_bytes_s = link.down_bytes_s = 100, link.latency_s = 0.25;
  platform.access_links.assign(6, link);
  platform.systems = {{6, 1.0, {1e5, 1e5, 0.25}}};
  EXPECT_EQ(narrow_links(platform).counties.size(), 1u);
  const auto simgrid = make_simgrid_backbone(platform);
  Script script;
  for (std::size_t i = 0; i < 6; ++i)
    script.push_back({10, Start{i, {AccessLinkId(i), SystemId(0u), 100, 2.0, 100}}});
  const Played played = play(*simgrid, script);
  ASSERT_EQ(played.ends.size(), 6u);
  // 600 bytes at 200 a second take 3 s each way where an office alone would take 1.
  for (const Completion& end : played.ends) EXPECT_NEAR(end.time_s, 10 + (1 + 3) + 2 + (1 + 3), 1e-8);
}

TEST(SimgridBackbone, OneAProcess) {
  std::mt19937_64 generator(1);
  const Platform platform = random_platform(generator, 1, 1, 1);
  const auto first = make_simgrid_backbone(platform);
  EXPECT_THROW(make_simgrid_backbone(platform), ContractViolation);
}

// A worker may use the backbone that it inherited, and so may its parent.
TEST(SimgridBackbone, SurvivesAFork) {
  std::mt19937_64 generator(1406);
  const Platform platform = random_platform(generator, 6, 2, 3);
  const Script script = random_starts(generator, platform, 500, 3.0, 1.0);
  const auto simgrid = make_simgrid_backbone(platform);
  const auto last = [&](std::size_t) { return std::to_string(play(*simgrid, script).ends.back().time_s); };
  ForkedOptions options;
  options.workers = 2;
  const auto outcomes = run_forked(3, last, options);
  for (const auto& outcome : outcomes) EXPECT_EQ(outcome.bytes, outcomes[0].bytes) << outcome.failure;
  EXPECT_EQ(last(0), outcomes[0].bytes);
}

}  // namespace
}  // namespace pishkhan::simgrid_test
#endif
