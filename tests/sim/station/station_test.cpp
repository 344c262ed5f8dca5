// The kernel's methods agree bit for bit on random stations where more than one applies, and the
// independent auditor agrees with all of them.
#include <gtest/gtest.h>

#include "sim/station/by_arrival_order.hpp"
#include "sim/station/by_events.hpp"
#include "sim/station/common_shift.hpp"
#include "tests/sim/station/case_maker.hpp"

namespace pishkhan {
namespace {

constexpr unsigned kCases = 4000;

TEST(Kernel, PlainEqualsInOrder) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Case c;
    CaseMaker(seed).make({.plain = true}, c);
    if (!is_common_shift(c.station)) continue;  // everybody absent
    Visits other = c.visits;
    simulate_common_shift(c.station, c.visits);
    simulate_by_arrival_order(c.station, other);
    expect_same(c.visits, other, seed);
  }
}

TEST(Kernel, PlainQueueEqualsByEvents) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Case c;
    CaseMaker(seed).make({.plain = true, .balking = seed % 2 == 1, .priorities = seed % 3 != 0}, c);
    if (!is_common_shift(c.station)) continue;  // everybody absent
    Visits other = c.visits;
    simulate_common_shift(c.station, c.visits);
    simulate_by_events(c.station, other);
    expect_same(c.visits, other, seed);
  }
}

TEST(Kernel, InOrderEqualsByEvents) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Case c;
    CaseMaker(seed).make({.balking = seed % 2 == 1}, c);
    Visits other = c.visits;
    simulate_by_arrival_order(c.station, c.visits);
    simulate_by_events(c.station, other);
    expect_same(c.visits, other, seed);
  }
}

TEST(Kernel, TheAuditorAgrees) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Case c;
    CaseMaker(seed).make({.plain = seed % 5 == 0,
                          .balking = seed % 2 == 1,
                          .skills = seed % 3 == 1,
                          .priorities = seed % 3 != 0},
                         c);
    simulate_station(c.station, c.visits);
    const AuditFindings findings = audit_station_day(audit_day(c));
    ASSERT_TRUE(findings.passed()) << "seed " << seed << ": " << findings.failures.front();
  }
}

}  // namespace
}  // namespace pishkhan
