#include "sim/statistics/tally.hpp"

#include <gtest/gtest.h>

namespace pishkhan::tally_test {
namespace {

// Every field gets its own value, so a forgotten or crossed one shows.
TEST(VisitTally, AddsEveryField) {
  VisitTally a{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
  a +=
      VisitTally{100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700};
  EXPECT_EQ(a.arrived, 101u);
  EXPECT_EQ(a.served, 202u);
  EXPECT_EQ(a.abandoned, 303u);
  EXPECT_EQ(a.balked, 404u);
  EXPECT_EQ(a.sent_away, 505u);
  EXPECT_EQ(a.inside, 606u);
  EXPECT_EQ(a.failed, 707u);
  EXPECT_EQ(a.reworked, 808u);
  EXPECT_EQ(a.in_target, 909u);
  EXPECT_EQ(a.waiting_in_target, 1010u);
  EXPECT_EQ(a.wait_s, 1111);
  EXPECT_EQ(a.wait_joined_s, 1212);
  EXPECT_EQ(a.sojourn_s, 1313);
  EXPECT_EQ(a.handling_s, 1414);
  EXPECT_EQ(a.system_s, 1515);
  EXPECT_EQ(a.failed_s, 1616);
  EXPECT_EQ(a.aside_s, 1717);
}

TEST(HourTally, AddsEveryField) {
  HourTally a{1, 2, 3, 4, 5, 6, 7, 8, 9};
  a += HourTally{10, 20, 30, 40, 50, 60, 70, 80, 90};
  EXPECT_EQ(a.arrived, 11u);
  EXPECT_EQ(a.joined, 22u);
  EXPECT_EQ(a.served, 33u);
  EXPECT_EQ(a.in_target, 44u);
  EXPECT_EQ(a.wait_s, 55);
  EXPECT_EQ(a.queue_area_s, 66);
  EXPECT_EQ(a.busy_s, 77);
  EXPECT_EQ(a.staffed_s, 88);
  EXPECT_EQ(a.open_s, 99);
}

}  // namespace
}  // namespace pishkhan::tally_test
