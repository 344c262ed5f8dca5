#include "sim/backbone/shared.hpp"

#include <gtest/gtest.h>

#include "sim/backbone/ideal.hpp"
#include "sim/base/contract.hpp"
#include "tests/backbone/script.hpp"
#include "tests/backbone/shadow.hpp"

namespace pishkhan::shared_test {
namespace {

using namespace backbone_test;

constexpr double kSecondsOfTheTest = 10000;

void expect_same(const Played& a, const Played& b, double tolerance) {
  EXPECT_EQ(a.refused, b.refused);
  EXPECT_EQ(a.cancelled, b.cancelled);
  ASSERT_EQ(a.ends.size(), b.ends.size());
  std::map<std::uint64_t, Completion> by_id;
  for (const Completion& end : b.ends) by_id[end.id] = end;
  for (const Completion& end : a.ends) {
    const Completion& other = by_id.at(end.id);
    ASSERT_EQ(end.failed, other.failed) << end.id;
    ASSERT_NEAR(end.time_s, other.time_s, tolerance * end.time_s) << end.id;
  }
}

TEST(SharedBackbone, AloneATransactionTakesItsUnloadedTime) {
  std::mt19937_64 generator(1);
  const Platform platform = random_platform(generator, 20, 3, 4);
  SharedBackbone shared(platform);
  IdealBackbone ideal(platform);
  for (std::size_t i = 0; i < 20; ++i) {
    const Transaction what{AccessLinkId(i), SystemId(i % 4), 1000 + 10 * i, 0.3, 20000};
    Completions from_shared, from_ideal;
    const double start_s = 1000.0 * static_cast<double>(i);
    shared.start(start_s, i, what);
    ideal.start(start_s, i, what);
    shared.advance(Backbone::kNever, from_shared);
    ideal.advance(Backbone::kNever, from_ideal);
    ASSERT_EQ(from_shared.size(), 1u);
    ASSERT_EQ(from_ideal.size(), 1u);
    EXPECT_EQ(from_ideal[0].time_s, start_s + unloaded(platform, what).total_s());
    EXPECT_NEAR(from_shared[0].time_s, from_ideal[0].time_s, 1e-12 * from_ideal[0].time_s);
  }
}

TEST(SharedBackbone, ANarrowDataCentreCapsTheLine) {
  Platform platform;
  AccessLink line;
  line.up_bytes_s = line.down_bytes_s = 1e6;
  line.county = CountyLinkId(0u);
  platform.access_links = {line};
  platform.county_links = {{1e9, 1e9, 0}};
  platform.province_link = {1e9, 1e9, 0};
  platform.systems = {{1, 1, {2000, 1000, 0.25}}, {1, 1, {2000, 1000, 0.25}}};
  SharedBackbone backbone(platform);
  const Transaction what{AccessLinkId(0u), SystemId(1u), 4000, 1, 3000};
  Completions ends;
  backbone.start(0, 1, what);
  backbone.advance(Backbone::kNever, ends);
  ASSERT_EQ(ends.size(), 1u);
  EXPECT_DOUBLE_EQ(ends[0].time_s, (0.25 + 2) + 1 + (0.25 + 3));
  EXPECT_DOUBLE_EQ(ends[0].time_s, unloaded(platform, what).total_s());
}

TEST(SharedBackbone, FourShareTwoCores) {
  Platform platform;
  platform.county_links = {{1e9, 1e9, 0}};
  platform.province_link = {1e9, 1e9, 0};
  for (int i = 0; i < 4; ++i) {
    AccessLink link;
    link.up_bytes_s = link.down_bytes_s = 1;
    platform.access_links.push_back(link);
  }
  platform.systems = {{2, 3.0, {1e9, 1e9, 0}}};
  SharedBackbone backbone(platform);
  for (std::uint64_t i = 0; i < 4; ++i) backbone.start(10, i, {AccessLinkId(i), SystemId(0u), 1, 6, 1});
  Completions ends;
  backbone.advance(Backbone::kNever, ends);
  // A second up, four times six core-seconds over 2 x 3 a second, a second down; ties by id.
  EXPECT_EQ(ends,
            (Completions{
                {16, 0, false, false}, {16, 1, false, false}, {16, 2, false, false}, {16, 3, false, false}}));
  const auto& tallies = backbone.observe(20);
  EXPECT_TRUE(tallies.counts.balanced());
  EXPECT_EQ(tallies.systems[0].concurrency_max, 4u);
  EXPECT_DOUBLE_EQ(tallies.systems[0].concurrency_area_s, 16);
  EXPECT_DOUBLE_EQ(tallies.systems[0].busy_core_s, 8);
  EXPECT_DOUBLE_EQ(tallies.systems[0].core_s, 40);
  EXPECT_DOUBLE_EQ(tallies.systems[0].response.sum_s, 16);
  EXPECT_DOUBLE_EQ(tallies.systems[0].transaction.sum_s, 24);
  EXPECT_DOUBLE_EQ(tallies.link_kinds[0].busy_s, 8);
  EXPECT_EQ(tallies.link_kinds[0].bytes, 8u);
}

// Loads from light to overloaded, links of unequal latency sharing by 1 / latency, k cores.
TEST(SharedBackbone, AgreesWithTheShadow) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    std::mt19937_64 generator(seed);
    Platform platform = random_platform(generator, 6, 2, 3);
    platform.systems[1].data_centre.latency_s = 0.2;
    const Script script = random_starts(generator, platform, 600, 0.5 * seed, 2.0);
    SharedBackbone backbone(platform);
    expect_same(play(backbone, script), play_shadow(platform, script), 1e-12);
    EXPECT_TRUE(backbone.counts().balanced());
  }
}

TEST(SharedBackbone, AgreesWithTheShadowInTrouble) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    std::mt19937_64 generator(seed + 100);
    const Platform platform = random_platform(generator, 8, 3, 3);
    Script script = random_starts(generator, platform, 500, 2.0, 2.0);
    add_trouble(generator, platform, 60, script);
    SharedBackbone backbone(platform);
    const Played played = play(backbone, script);
    expect_same(played, play_shadow(platform, script), 1e-12);
    EXPECT_TRUE(played.counts.balanced());
    EXPECT_EQ(played.counts.in_flight, 0u);
    EXPECT_GT(played.counts.failed, 0u);
    EXPECT_GT(played.counts.refused, 0u);
    EXPECT_EQ(played.counts.started + played.counts.refused, 500u);
    SharedBackbone again(platform);
    EXPECT_EQ(play(again, script), played);
  }
}

TEST(SharedBackbone, RefusesTheImpossible) {
  std::mt19937_64 generator(6);
  SharedBackbone backbone(random_platform(generator, 2, 1, 1));
  const Transaction fine{AccessLinkId(0u), SystemId(0u), 1, 1.0, 1};
  const auto refused = [&](auto change) {
    Transaction what = fine;
    change(what);
    EXPECT_THROW(backbone.start(1, 1, what), ContractViolation);
  };
  refused([](Transaction& t) { t.from = AccessLinkId(2u); });
  refused([](Transaction& t) { t.to = SystemId(1u); });
  refused([](Transaction& t) { t.request_bytes = 0; });
  refused([](Transaction& t) { t.work_s = 0; });
  refused([](Transaction& t) { t.response_bytes = 0; });
  Completions ends;
  EXPECT_THROW(backbone.set_cores(1, SystemId(0u), 0, ends), ContractViolation);
  EXPECT_THROW(backbone.set_access_link(1, AccessLinkId(2u), false, ends), ContractViolation);
  backbone.advance(Backbone::kNever, ends);  // nothing in flight, nothing happens
  EXPECT_TRUE(ends.empty());
  ASSERT_TRUE(backbone.start(1, 1, fine));
  EXPECT_THROW(backbone.start(1e6, 2, fine), ContractViolation);  // past what is due before
  EXPECT_THROW(backbone.restart(1e6), ContractViolation);         // with a transaction in flight
  EXPECT_FALSE(backbone.cancel(1, TransactionHandle{0, 77}));
  EXPECT_FALSE(backbone.cancel(1, TransactionHandle{5, 0}));
  EXPECT_TRUE(backbone.counts().balanced());
}

TEST(SharedBackbone, DaysFollowOneAnother) {
  std::mt19937_64 generator(5);
  const Platform platform = random_platform(generator, 5, 1, 2);
  const Script script = random_starts(generator, platform, 200, 1.0, 1.0);
  SharedBackbone backbone(platform);
  const Played first = play(backbone, script);
  const double concurrency_s = backbone.observe(kSecondsOfTheTest).systems[0].concurrency_area_s;
  backbone.restart(kSecondsOfTheTest);
  const Played second = play(backbone, script);
  EXPECT_EQ(second.ends, first.ends);
  const auto& tallies = backbone.observe(kSecondsOfTheTest);
  EXPECT_NEAR(tallies.systems[0].concurrency_area_s, 2 * concurrency_s, 1e-9);
  EXPECT_NEAR(tallies.systems[0].core_s, 2 * kSecondsOfTheTest * platform.systems[0].cores, 1e-9);
  EXPECT_EQ(tallies.counts.completed, 400u);
}

// Kleinrock 1976: the mean sojourn of M/G/1-PS is mean / (1 - load), whatever the law of the work.
TEST(SharedBackbone, OneCoreIsMG1ProcessorSharing) {
  Platform platform;
  platform.county_links = {{1e12, 1e12, 0}};
  platform.province_link = {1e12, 1e12, 0};
  AccessLink link;
  link.up_bytes_s = link.down_bytes_s = 1e12;
  platform.access_links = {link};
  platform.systems = {{1, 1.0, {1e12, 1e12, 0}}};
  const double mean_s = 4, load = 0.8, cv = 1.5;
  const double sigma = std::sqrt(std::log(1 + cv * cv)), mu = std::log(mean_s) - sigma * sigma / 2;
  std::vector<double> means;
  for (unsigned replication = 0; replication < 40; ++replication) {
    std::mt19937_64 generator(replication + 1);
    std::exponential_distribution<double> gap(load / mean_s);
    std::lognormal_distribution<double> work(mu, sigma);
    SharedBackbone backbone(platform);
    Completions ends;
    double now_s = 0;
    DurationSums warm;
    for (std::uint64_t i = 0; i < 50000; ++i) {
      now_s += gap(generator);
      while (backbone.next_s() <= now_s) backbone.advance(now_s, ends);
      if (i == 5000) warm = backbone.observe(now_s).systems[0].response;
      backbone.start(now_s, i, {AccessLinkId(0u), SystemId(0u), 1, work(generator), 1});
    }
    while (backbone.next_s() < Backbone::kNever) backbone.advance(Backbone::kNever, ends);
    const DurationSums& all = backbone.observe(ends.back().time_s).systems[0].response;
    means.push_back((all.sum_s - warm.sum_s) / static_cast<double>(all.count - warm.count));
  }
  double sum = 0, squares = 0;
  for (double each : means) sum += each, squares += each * each;
  const auto n = static_cast<double>(means.size());
  const double mean = sum / n, error = std::sqrt((squares - sum * mean) / (n - 1) / n);
  EXPECT_LE(std::fabs(mean - mean_s / (1 - load)) / error, 3) << mean << " +- " << error;
  EXPECT_LT(error, 0.015 * mean);
}

}  // namespace
}  // namespace pishkhan::shared_test
