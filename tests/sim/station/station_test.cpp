// The kernel's methods agree bit for bit on random stations where more than one applies, and the
// independent auditor agrees with all of them.
#include <gtest/gtest.h>

#include "sim/station/by_arrival_order.hpp"
#include "sim/station/by_events.hpp"
#include "sim/station/common_shift.hpp"
#include "tests/sim/station/case_maker.hpp"

namespace pishkhan::station_test {
namespace {

constexpr unsigned kCases = 4000;

TEST(Kernel, PlainEqualsInOrder) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Case c;
    CaseMaker(seed).make({.plain = true, .ends = true}, c);
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
    CaseMaker(seed).make({.plain = true, .balking = seed % 2 == 1, .priorities = seed % 3 != 0, .ends = true},
                         c);
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
    CaseMaker(seed).make({.balking = seed % 2 == 1, .ends = true}, c);
    Visits other = c.visits;
    simulate_by_arrival_order(c.station, c.visits);
    simulate_by_events(c.station, other);
    expect_same(c.visits, other, seed);
  }
}

TEST(Kernel, ManyClerksInOrderEqualThoseByEvents) {
  std::size_t most = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    Case c;
    CaseMaker(seed).make({.balking = seed % 2 == 1, .many = true}, c);
    most = std::max(most, c.clerks.size());
    Visits other = c.visits;
    simulate_by_arrival_order(c.station, c.visits);
    simulate_by_events(c.station, other);
    expect_same(c.visits, other, seed);
  }
  EXPECT_GT(most, 600u);
}

/// A million clerks cost no more than a few for each visit.
TEST(Kernel, AsManyClerksAsAnyoneWantsAreNoWork) {
  const Intervals doors{{0, 30'000}};
  std::vector<Clerk> clerks;
  for (std::uint32_t k = 0; k < 1'000'000; ++k) clerks.push_back({k, 1, doors, 0});
  StationDay day;
  day.clerks = clerks;
  day.doors = doors;
  for (const bool priorities : {false, true}) {
    day.priorities = priorities;
    Visits visits;
    visits.resize(30'000);
    for (std::size_t i = 0; i < visits.size(); ++i) {
      visits.arrival_s[i] = static_cast<double>(i);
      visits.human_s[i] = 600;
      visits.patience_s[i] = kForever;
      visits.priority[i] = static_cast<std::int16_t>(i % 2);
    }
    simulate_station(day, visits);
    EXPECT_EQ(visits.leave_s, visits.arrival_s);
    EXPECT_EQ(visits.clerk[20'000], 20'000u);  // the lowest number of those who have been idle for ever
  }
}

/// Of a run, in which shifts change while the doors stay open.
TEST(Kernel, ClerksFinishWhomTheyServeWhenTheirShiftEnds) {
  const Intervals doors{{0, 1000}}, broken{{0, 100}, {500, 2000}}, once{{50, 200}};
  const std::vector<Clerk> clerks{{0, 1, broken, 0}, {1, 1, once, 1}};
  StationDay run;
  run.clerks = clerks;
  run.doors = doors;
  run.at_closing = AtClosing::stop;
  run.ends_s = 1000;
  for (const bool priorities : {false, true}) {
    run.priorities = priorities;
    Visits visits;
    visits.resize(4);
    visits.arrival_s = {90, 95, 110, 700};
    visits.human_s = {30, 120, 20, 400};
    visits.patience_s.assign(4, kForever);
    simulate_station(run, visits);
    EXPECT_EQ(visits.leave_s, (std::vector<double>{90, 95, 500, 700}));
    EXPECT_EQ(visits.end_s, (std::vector<double>{120, 215, 520, 1100}));
    EXPECT_EQ(visits.clerk, (std::vector<std::uint32_t>{0, 1, 0, 0}));
    EXPECT_EQ(visits.outcome,
              (std::vector<Outcome>{Outcome::served, Outcome::served, Outcome::served, Outcome::inside}));
    const AuditFindings findings = audit_station_day(audit_day(run, visits, clerks.size()));
    EXPECT_TRUE(findings.passed());
  }
}

TEST(Kernel, NobodyWaitsForUnlimitedClerks) {
  Case c;
  CaseMaker(3).make({.many = true}, c);
  c.station.unlimited = true;
  c.station.clerks = {};
  c.station.at_closing = AtClosing::stop;
  simulate_station(c.station, c.visits);
  EXPECT_EQ(c.visits.leave_s, c.visits.arrival_s);
  std::size_t inside = 0;
  for (std::size_t i = 0; i < c.visits.size(); ++i) {
    EXPECT_EQ(c.visits.end_s[i], c.visits.arrival_s[i] + c.visits.human_s[i] + c.visits.system_s[i]);
    inside += c.visits.outcome[i] == Outcome::inside;
  }
  EXPECT_GT(inside, 0u);
}

TEST(Kernel, StopsInTheMiddleOfADay) {
  const Intervals doors{{0, 1e6}};
  const std::vector<Clerk> clerks(20, Clerk{0, 1, doors, 0});
  StationDay day;
  day.doors = doors;
  Visits visits;
  visits.resize(100'000);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    visits.arrival_s[i] = static_cast<double>(i);
    visits.human_s[i] = 100;  // ever more wait
    visits.patience_s[i] = kForever;
    visits.priority[i] = static_cast<std::int16_t>(i % 2);
  }
  for (const std::size_t count : {1, 20}) {
    for (const bool priorities : {false, true}) {
      if (count == 1 && !priorities) continue;  // some milliseconds
      day.clerks = std::span(clerks).first(count);
      day.priorities = priorities;
      int asked = 0;
      const std::function<bool()> stop = [&] { return ++asked == 3; };
      EXPECT_THROW(simulate_station(day, visits, StopCheck(&stop)), Interrupted) << count << priorities;
      EXPECT_EQ(asked, 3);
    }
  }
}

TEST(Kernel, TheAuditorAgreesAboutManyClerks) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    Case c;
    CaseMaker(seed).make(
        {.balking = seed % 2 == 1, .skills = true, .priorities = seed % 3 != 0, .many = true}, c);
    simulate_station(c.station, c.visits);
    const AuditFindings findings = audit_station_day(audit_day(c));
    ASSERT_TRUE(findings.passed()) << "seed " << seed << ": " << findings.failures.front();
  }
}

TEST(Kernel, TheAuditorAgrees) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Case c;
    CaseMaker(seed).make({.plain = seed % 5 == 0,
                          .balking = seed % 2 == 1,
                          .skills = seed % 3 == 1,
                          .priorities = seed % 3 != 0,
                          .ends = true},
                         c);
    simulate_station(c.station, c.visits);
    const AuditFindings findings = audit_station_day(audit_day(c));
    ASSERT_TRUE(findings.passed()) << "seed " << seed << ": " << findings.failures.front();
  }
}

/// Who still waits some time after closing is sent away, unless the doors open again before; the auditor
/// counts anew.
TEST(Kernel, TheQueueMayBeServedOutForSomeTime) {
  int different = 0, sent_away = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const Wish wish{.balking = seed % 4 == 1,
                    .skills = seed % 3 == 0,
                    .priorities = seed % 5 == 0,
                    .at_most = true,
                    .ends = seed % 7 == 0};
    Case limited;
    CaseMaker(seed).make(wish, limited);
    if (limited.station.at_closing != AtClosing::serve_out) continue;
    Case unlimited;
    CaseMaker(seed).make(wish, unlimited);
    unlimited.station.serve_out_at_most_s = kForever;
    if (!wish.skills && !wish.priorities) {
      Visits other = limited.visits;
      simulate_by_arrival_order(limited.station, limited.visits);
      simulate_by_events(limited.station, other);
      expect_same(limited.visits, other, seed);
    }
    simulate_station(limited.station, limited.visits);
    simulate_station(unlimited.station, unlimited.visits);
    const AuditFindings findings = audit_station_day(audit_day(limited));
    ASSERT_TRUE(findings.passed()) << "seed " << seed << ": " << findings.failures.front();
    sent_away += static_cast<int>(std::ranges::count(limited.visits.outcome, Outcome::sent_away));
    if (limited.visits.leave_s == unlimited.visits.leave_s) continue;
    ++different;
    // The auditor knows one rule from the other.
    limited.station.serve_out_at_most_s = kForever;
    EXPECT_FALSE(audit_station_day(audit_day(limited)).passed()) << "seed " << seed;
  }
  EXPECT_GT(different, 100);
  EXPECT_GT(sent_away, 500);
}

/// As many serve at any start as are on duty, whoever they are; the auditor counts anew.
TEST(Kernel, WhoFinishesAfterTheShiftMayCountAmongThoseOnDuty) {
  int different = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const Wish wish{.balking = seed % 4 == 1, .skills = seed % 3 == 0, .priorities = seed % 5 == 0};
    Case in_addition, counted;
    CaseMaker(seed).make(wish, in_addition);
    CaseMaker(seed).make(wish, counted);
    counted.station.finishing_counts = true;
    simulate_station(in_addition.station, in_addition.visits);
    simulate_station(counted.station, counted.visits);
    const AuditFindings findings = audit_station_day(audit_day(counted));
    ASSERT_TRUE(findings.passed()) << "seed " << seed << ": " << findings.failures.front();
    if (in_addition.visits.leave_s == counted.visits.leave_s) continue;
    ++different;
    // The auditor knows one rule from the other.
    counted.station.finishing_counts = false;
    EXPECT_FALSE(audit_station_day(audit_day(counted)).passed()) << "seed " << seed;
  }
  EXPECT_GT(different, 100);
}

}  // namespace
}  // namespace pishkhan::station_test
