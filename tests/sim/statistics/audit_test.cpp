#include "sim/statistics/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pishkhan::audit_test {
namespace {

using testing::HasSubstr;

constexpr double kInf = std::numeric_limits<double>::infinity();
const double kNan = std::numeric_limits<double>::quiet_NaN();

AuditVisit served(double arrival_s, double start_s, double leave_s, std::uint32_t clerk) {
  return {.arrival_s = arrival_s, .start_s = start_s, .leave_s = leave_s, .clerk = clerk};
}

AuditVisit left(Outcome outcome, double arrival_s, double leave_s, double gives_up_s = kInf) {
  return {.arrival_s = arrival_s, .gives_up_s = gives_up_s, .leave_s = leave_s, .outcome = outcome};
}

/// Two clerks from 0 to 100, doors from 0 to 100, a little of everything, all of it in order.
AuditDay good_day() {
  AuditDay day;
  day.doors = {{0, 100}};
  day.clerks = {{{{0, 100}}, {}}, {{{0, 100}}, {}}};
  day.visits = {
      served(1, 1, 11, 0),  // both idle since 0: the lower number
      served(2, 2, 6, 1),
      served(3, 6, 20, 1),                // the first to become free
      left(Outcome::abandoned, 4, 9, 9),  // patience 5
      served(5, 11, 30, 0),
      served(40, 40, 50, 1),  // idle since 20; clerk 0 since 30
      served(60, 60, 130, 0),
      served(61, 61, 90, 1),
      served(95, 95, 120, 1),
      served(96, 120, 125, 1),  // served out after closing
  };
  return day;
}

std::string failures(const AuditDay& day) {
  std::string all;
  for (const std::string& failure : audit_station_day(day).failures) all += failure + "\n";
  return all;
}

TEST(Audit, AcceptsAGoodDay) {
  const AuditFindings findings = audit_station_day(good_day());
  EXPECT_TRUE(findings.passed()) << failures(good_day());
  EXPECT_GT(findings.checks, 50u);
}

TEST(Audit, AcceptsAnEmptyDay) {
  EXPECT_TRUE(audit_station_day({}).passed());
  AuditDay day = good_day();
  day.visits.clear();
  EXPECT_TRUE(audit_station_day(day).passed());
}

// Each test below breaks one thing in a good day and must hear of it.

TEST(Audit, StartBeforeArrival) {
  AuditDay day = good_day();
  day.visits[5].start_s = 39;
  EXPECT_THAT(failures(day), HasSubstr("visit 5 starts before it arrives"));
}

TEST(Audit, ArrivalAtClosedDoors) {
  AuditDay day = good_day();
  day.visits[9] = served(100, 120, 125, 1);
  EXPECT_THAT(failures(day), HasSubstr("visit 9 arrives at 100 while the doors are closed"));
}

TEST(Audit, ServedWithoutAStart) {
  AuditDay day = good_day();
  day.visits[5].start_s = kNan;
  EXPECT_THAT(failures(day), HasSubstr("visit 5 counts as served and never started"));
}

TEST(Audit, ClerkWithoutAStart) {
  AuditDay day = good_day();
  day.visits[3].clerk = 0;
  EXPECT_THAT(failures(day), HasSubstr("visit 3 has a clerk and no start"));
}

TEST(Audit, UnknownClerk) {
  AuditDay day = good_day();
  day.visits[5].clerk = 2;
  EXPECT_THAT(failures(day), HasSubstr("visit 5 has clerk 2, who does not exist"));
}

TEST(Audit, EndBeforeStart) {
  AuditDay day = good_day();
  day.visits[4].leave_s = 10;
  EXPECT_THAT(failures(day), HasSubstr("visit 4 ends before it starts"));
}

TEST(Audit, AbandonedAtTheWrongMoment) {
  AuditDay day = good_day();
  day.visits[3].leave_s = 8;
  EXPECT_THAT(failures(day), HasSubstr("visit 3 abandons at 8, patience ends at 9"));
}

TEST(Audit, AbandonedAndYetServed) {
  AuditDay day = good_day();
  day.visits[2].outcome = Outcome::abandoned;
  EXPECT_THAT(failures(day), HasSubstr("visit 2 abandoned and yet started"));
}

TEST(Audit, StartAfterPatienceEnded) {
  AuditDay day = good_day();
  day.visits[4].gives_up_s = 11;  // abandonment comes before the start of the same instant
  EXPECT_THAT(failures(day), HasSubstr("visit 4 starts at 11 though patience ends at 11"));
  day.visits[4].gives_up_s = 11.5;
  EXPECT_TRUE(audit_station_day(day).passed());
}

TEST(Audit, NoPatienceAtAll) {
  AuditDay day = good_day();
  day.visits[0].gives_up_s = 1;  // served at once
  EXPECT_TRUE(audit_station_day(day).passed());
  day.visits[3] = left(Outcome::abandoned, 4, 4, 4);  // left at once
  EXPECT_TRUE(audit_station_day(day).passed());
}

TEST(Audit, ListedOutOfOrder) {
  AuditDay day = good_day();
  std::swap(day.visits[5], day.visits[6]);
  EXPECT_THAT(failures(day), HasSubstr("visit 6 is listed after a later arrival"));
}

TEST(Audit, ServingTwoAtOnce) {
  AuditDay day = good_day();
  day.visits[2].start_s = 5;
  EXPECT_THAT(failures(day), HasSubstr("visit 2 starts at 5 with clerk 1, who is serving visit 1"));
}

TEST(Audit, IdleWhileACitizenWaits) {
  AuditDay day = good_day();
  day.visits[4].start_s = 12;
  EXPECT_THAT(failures(day), HasSubstr("clerk 0 is idle at 11 while visit 4 waits"));
}

TEST(Audit, OutOfOrder) {
  AuditDay day = good_day();
  day.visits[3] = served(4, 11, 30, 0);
  day.visits[4] = served(5, 20, 29, 1);
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  std::swap(day.visits[3].start_s, day.visits[4].start_s);
  std::swap(day.visits[3].leave_s, day.visits[4].leave_s);
  std::swap(day.visits[3].clerk, day.visits[4].clerk);
  EXPECT_THAT(failures(day), HasSubstr("visit 4 starts at 11 with clerk 0 before visit 3"));
}

TEST(Audit, PriorityGoesFirst) {
  AuditDay day = good_day();
  day.visits[4].priority = 1;
  EXPECT_THAT(failures(day), HasSubstr("visit 2 starts at 6 with clerk 1 before visit 4"));
  std::swap(day.visits[2].start_s, day.visits[4].start_s);
  std::swap(day.visits[2].leave_s, day.visits[4].leave_s);
  std::swap(day.visits[2].clerk, day.visits[4].clerk);
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
}

TEST(Audit, SimultaneousArrivalsGoByKey) {
  AuditDay day;
  day.doors = {{0, 100}};
  day.clerks = {{{{0, 100}}, {}}};
  day.visits = {served(5, 5, 10, 0), served(5, 10, 15, 0)};
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  std::swap(day.visits[0], day.visits[1]);
  EXPECT_THAT(failures(day), HasSubstr("visit 1 starts at 5 with clerk 0 before visit 0"));
}

TEST(Audit, TheLongestIdleClerkIsTaken) {
  AuditDay day = good_day();
  day.visits[5].clerk = 0;
  EXPECT_THAT(failures(day), HasSubstr("visit 5 arrives at 40 and takes clerk 0 before clerk 1"));
}

TEST(Audit, TheLeastSkilledClerkIsTaken) {
  AuditDay day;
  day.doors = {{0, 100}};
  day.clerks = {{{{0, 100}}, {}}, {{{0, 100}}, {true, false}}};
  day.visits = {served(5, 5, 10, 1)};
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[0].clerk = 0;
  EXPECT_THAT(failures(day), HasSubstr("takes clerk 0 before clerk 1"));
}

TEST(Audit, SkillsDecideWhoMayServe) {
  AuditDay day;
  day.doors = {{0, 100}};
  day.clerks = {{{{0, 100}}, {true, false}}, {{{0, 100}}, {true, true}}};
  day.visits = {served(1, 1, 50, 0), served(2, 2, 30, 1), served(3, 30, 40, 1), served(4, 50, 60, 0)};
  day.visits[2].service = 1;
  // Visit 3 needs service 0: clerk 1, free at 40, must take it.
  EXPECT_THAT(failures(day), HasSubstr("clerk 1 is idle at 40 while visit 3 waits"));
  day.visits[3] = served(4, 40, 50, 1);
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[0].service = 1;
  EXPECT_THAT(failures(day), HasSubstr("clerk 0 lacks the skill for service 1"));
}

TEST(Audit, ShiftsAndBreaks) {
  AuditDay day;
  day.doors = {{0, 100}};
  day.clerks = {{{{10, 50}, {60, 100}}, {}}};
  // Waits for the shift to begin; the break is put off until the citizen at the desk is done.
  day.visits = {served(5, 10, 20, 0), served(45, 45, 55, 0), served(52, 60, 70, 0)};
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[0].start_s = 9;
  EXPECT_THAT(failures(day), HasSubstr("visit 0 starts at 9 with clerk 0, who is off duty"));
  day.visits[0].start_s = 10;
  day.visits[2].start_s = 55;
  EXPECT_THAT(failures(day), HasSubstr("visit 2 starts at 55 with clerk 0, who is off duty"));
  day.visits[2].start_s = 61;
  EXPECT_THAT(failures(day), HasSubstr("clerk 0 is idle at 60 while visit 2 waits"));
}

TEST(Audit, ServingOut) {
  AuditDay day = good_day();
  day.visits[9] = left(Outcome::sent_away, 96, 100);
  EXPECT_THAT(failures(day), HasSubstr("visit 9 is sent away though clerk 0 serves out"));
  // Nobody on shift at closing: whoever waits must go home.
  day.clerks[0].shifts = {{0, 70}};
  day.clerks[1].shifts = {{0, 99}};
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[9] = served(96, 120, 125, 1);
  EXPECT_THAT(failures(day), HasSubstr("visit 9 starts at 120 with clerk 1, who is off duty"));
}

TEST(Audit, SendingAway) {
  AuditDay day = good_day();
  day.closing = AuditClosing::send_away;
  EXPECT_THAT(failures(day), HasSubstr("visit 9 starts at 120 after the closing that ends its wait"));
  day.visits[9] = left(Outcome::sent_away, 96, 100);
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[9].leave_s = 98;
  EXPECT_THAT(failures(day), HasSubstr("visit 9 is sent away at 98 instead of 100"));
}

TEST(Audit, DoorsThatCloseAtNoon) {
  AuditDay day;
  day.doors = {{0, 50}, {60, 100}};
  day.clerks = {{{{0, 50}, {60, 100}}, {}}};
  day.visits = {served(48, 48, 52, 0), served(49, 52, 58, 0), served(60, 60, 65, 0)};
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[1].start_s = 53;
  EXPECT_THAT(failures(day), HasSubstr("clerk 0 is idle at 52 while visit 1 waits"));
}

TEST(Audit, RoomAndBalking) {
  AuditDay day = good_day();
  day.room = 3;
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.room = 2;
  EXPECT_THAT(failures(day), HasSubstr("3 are in a room for 2 at 5"));
  day.visits[4] = left(Outcome::balked, 5, 5);
  for (std::size_t i = 5; i < 10; ++i)
    day.visits[i].clerk = 1 - day.visits[i].clerk;  // clerk 0 is idle longer now
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.room = 3;
  EXPECT_THAT(failures(day), HasSubstr("visit 4 balks though there is room"));
  day.may_balk = true;
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[4].leave_s = 6;
  EXPECT_THAT(failures(day), HasSubstr("visit 4 balked and yet stayed"));
}

TEST(Audit, HandlingOfNoLength) {
  AuditDay day;
  day.doors = {{0, 100}};
  day.clerks = {{{{0, 100}}, {}}};
  day.visits = {served(5, 5, 5, 0), served(5, 5, 5, 0), served(6, 6, 9, 0), served(7, 9, 9, 0)};
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
}

TEST(Audit, InsideWhenTheRunEnds) {
  AuditDay day;
  day.doors = {{0, 100}};
  day.closing = AuditClosing::stop;
  day.clerks = {{{{0, 100}}, {}}};
  day.visits = {served(90, 90, 104, 0), left(Outcome::inside, 95, 100)};
  day.visits[0].outcome = Outcome::inside;
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[0].outcome = Outcome::served;
  EXPECT_THAT(failures(day), HasSubstr("visit 0 leaves at 104 and counts wrongly as inside or not inside"));
  day.visits[0].leave_s = 97;
  EXPECT_THAT(failures(day), HasSubstr("clerk 0 is idle at 97 while visit 1 waits"));
  day.visits[1].leave_s = 99;
  EXPECT_THAT(failures(day), HasSubstr("visit 1 leaves at 99 and counts wrongly as inside or not inside"));
}

// A clerk who serves out the morning's queue has nothing to do with those who come in the afternoon,
// even of a higher priority.
TEST(Audit, ServingOutIsForThoseWhoCameInBefore) {
  AuditDay day;
  day.doors = {{0, 50}, {60, 100}};
  day.clerks = {{{{0, 50}}, {}}, {{{60, 100}}, {}}};
  day.visits = {served(10, 10, 70, 0), served(11, 60, 68, 1), served(12, 68, 80, 1), served(13, 70, 75, 0),
                served(66, 80, 90, 1)};
  EXPECT_TRUE(audit_station_day(day).passed()) << failures(day);
  day.visits[4] = served(66, 75, 90, 0);
  EXPECT_THAT(failures(day), HasSubstr("visit 4 starts at 75 with clerk 0, who is off duty"));
  day.visits[4] = left(Outcome::sent_away, 66, 100);
  EXPECT_THAT(failures(day), HasSubstr("visit 4 is sent away though clerk 1 serves out"));
}

TEST(Audit, SentAwayWhenTheLastOfTheAbleHasGone) {
  AuditDay day;
  day.doors = {{0, 50}, {60, 100}};
  day.clerks = {{{{0, 40}, {60, 70}}, {true, false}}, {{{0, 100}}, {false, true}}};
  day.visits = {served(39, 39, 75, 0), left(Outcome::sent_away, 45, 70)};
  // The doors of the morning close while clerk 0 is away, and the shift of the afternoon is over at 70.
  day.visits[0].leave_s = 75;
  EXPECT_THAT(failures(day), testing::IsEmpty());
  day.visits[1].leave_s = 50;
  EXPECT_THAT(failures(day), HasSubstr("visit 1 is sent away at 50 instead of 70"));
}

TEST(Audit, BalkingWithAFreeClerk) {
  AuditDay day = good_day();
  day.may_balk = true;
  day.visits[5] = left(Outcome::balked, 40, 40);
  EXPECT_THAT(failures(day), HasSubstr("visit 5 balks though clerk 0 is free"));
}

TEST(Audit, KeepsTheFirstTwentyFailuresAndCountsAll) {
  AuditDay day;
  day.doors = {{0, 1}};
  for (int i = 0; i < 50; ++i) day.visits.push_back(left(Outcome::abandoned, 2, 3, 3));
  const AuditFindings findings = audit_station_day(day);
  EXPECT_EQ(findings.failed, 50u);
  EXPECT_EQ(findings.failures.size(), 20u);
  EXPECT_FALSE(findings.passed());
}

}  // namespace
}  // namespace pishkhan::audit_test
