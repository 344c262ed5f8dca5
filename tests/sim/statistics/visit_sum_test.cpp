#include "sim/statistics/visit_sum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace pishkhan::visit_sum_test {
namespace {

VisitTally station_day(int k) {
  VisitTally tally;
  tally.arrived = 100 + k;
  tally.served = 90 + k;
  tally.wait_s = 1e5 / (k + 3.0);
  tally.handling_s = 1e7 / (k + 7.0);
  tally.failed_s = 1e-3 / (k + 1.0);
  return tally;
}
bool same(const VisitTally& a, const VisitTally& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

TEST(VisitSum, DoesNotDependOnTheOrder) {
  VisitSum up, down;
  for (int k = 0; k < 1000; ++k) up += station_day(k);
  for (int k = 1000; k-- > 0;) down += station_day(k);
  EXPECT_TRUE(same(up.tally(), down.tally()));
  EXPECT_EQ(up.tally().arrived, 599'500u);
}

TEST(VisitSum, APartTakenAwayLeavesNoTrace) {
  VisitSum sum, without;
  for (int k = 0; k < 1000; ++k) {
    sum += station_day(k);
    if (k != 500) without += station_day(k);
  }
  const VisitTally all = sum.tally();
  sum -= station_day(500);
  EXPECT_TRUE(same(sum.tally(), without.tally()));
  sum += station_day(500);
  EXPECT_TRUE(same(sum.tally(), all));
}

TEST(VisitSum, TimesAreRoundedToTheNearestTickOfTwoTheEvenOne) {
  const double tick_s = 0x1p-16;
  for (const double ticks : {0.25, 0.5, 0.75, 1.5, 2.5, 1e9 + 0.5, 1e9 + 1.5, 0x1p51 - 0.5, 0x1p51 - 1.5,
                             0x1p51, 0x1p51 + 0.5, 0x1p52 - 0.5, 0x1p60}) {
    for (const double sign : {-1.0, 1.0}) {
      VisitTally one;
      one.wait_s = sign * ticks * tick_s;
      VisitSum sum;
      sum += one;
      EXPECT_EQ(sum.tally().wait_s, std::nearbyint(sign * ticks) * tick_s) << sign * ticks;
    }
  }
}

TEST(VisitSum, LargeTimesFit) {
  VisitTally large;
  large.wait_s = 0x1p79;
  VisitSum sum;
  for (int k = 0; k < 366; ++k) sum += large;
  EXPECT_EQ(sum.tally().wait_s, 366 * 0x1p79);
}

}  // namespace
}  // namespace pishkhan::visit_sum_test
