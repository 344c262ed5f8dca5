#include "models/theory/day_from_empty.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/theory/infinite_servers.hpp"
#include "models/theory/multi_server.hpp"

namespace pishkhan::theory::day_from_empty_test {
namespace {

// Case 3, ContactCenters (MMC.res): 1000 days of 480 min; 95% intervals [.900, .904] and [.097, .102].
TEST(DayFromEmpty, Case3LiesWithinThePublishedIntervals) {
  const DayFromEmpty day(12, 4.2, 2, 480);
  EXPECT_NEAR(day.service_level(20.0 / 60), 0.902, 0.002);
  EXPECT_NEAR(day.mean_wait(), 0.0995, 0.0025);
  EXPECT_NEAR(day.utilization(), 0.695, 0.003);
}

// Case 7, an independent simulation of the bank: the last customer leaves at 8.164 h. Its mean wait,
// 2.051 +- .005 min, averages each day's own mean; long waits come on days with many customers, so
// the ratio of expectations lies a little higher. tests/theory compares both, each with its own kind.
TEST(DayFromEmpty, Case7TheBank) {
  const DayFromEmpty day(5, 1, 4, 480);
  EXPECT_NEAR(day.last_leaves() / 60, 8.164, 0.0005);
  EXPECT_GT(day.mean_wait(), 2.051);
  EXPECT_NEAR(day.mean_wait(), 2.051, 0.02 * 2.051);
  EXPECT_NEAR(day.service_level(5), 0.8548, 0.003);
}

TEST(DayFromEmpty, ALongDayIsStationary) {
  const DayFromEmpty day(2, 1.2, 1, 20000);
  const MMc queue{2, 1.2, 1};
  EXPECT_NEAR(day.mean_wait(), queue.mean_wait(), 2e-3 * queue.mean_wait());
  EXPECT_NEAR(day.mean_queue(), queue.mean_queue(), 2e-3 * queue.mean_queue());
  EXPECT_NEAR(day.service_level(0.5), queue.service_level(0.5), 1e-3);
  EXPECT_NEAR(day.utilization(), 0.6, 1e-3);
}

TEST(DayFromEmpty, ManyServersFillLikeInfinitelyMany) {
  const DayFromEmpty day(60, 10, 2, 3);
  const InfiniteServers endless({{0, 10}}, 2);
  EXPECT_NEAR(day.utilization() * 60, endless.average_inside(0, 3), 1e-9);
  EXPECT_NEAR(day.mean_wait(), 0, 1e-9);
}

// In a moment far shorter than a service, only the first arrival counts: nobody waits, and the day
// lasts until that one is served.
TEST(DayFromEmpty, AMomentByHand) {
  const double length = 1e-4;
  const DayFromEmpty day(1, 1, 1, length);
  EXPECT_NEAR(day.last_leaves(), length + length, 2e-8);
  EXPECT_NEAR(day.mean_wait(), length / 2, 1e-7);
}

TEST(DayFromEmpty, OverloadGrows) {
  const DayFromEmpty day(1, 2, 1, 100);
  EXPECT_NEAR(day.mean_queue(), 50, 2);
  EXPECT_NEAR(day.last_leaves(), 201, 3);
}

}  // namespace
}  // namespace pishkhan::theory::day_from_empty_test
