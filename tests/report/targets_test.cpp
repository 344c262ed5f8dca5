#include "tools/report/targets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/report/read_table.hpp"
#include "tests/report/sample_results.hpp"

namespace pishkhan::targets_test {
namespace {

using ::testing::ElementsAre;
using tests::named;
using tests::number;
using tests::sample_province;
using tests::sample_trials;
using tests::text;

constexpr std::size_t kReplications = 6, kDays = 2;

/// Of 500 visits a day the first office has half in time, the second nine of ten; the third has 60% in every
/// other replication, else all; nobody comes to the counter.
std::vector<TrialResult> trials_of(const Scenario& scenario) {
  std::vector<TrialResult> trials = sample_trials(kReplications);
  for (std::size_t r = 0; r < kReplications; ++r) {
    for (const Target& target : scenario.targets) {
      TargetCounts counts{kDays, target.in == TargetPeriod::hour ? std::size_t{24} : 1, {}, {}};
      counts.counts.resize(4 * counts.days * counts.slots);
      for (std::size_t day = 0; day < kDays; ++day) {
        const auto shake = static_cast<std::uint32_t>((r + day) % 3);
        const std::size_t slot = counts.slots > 1 ? 9 : 0;
        counts.at(0, day, slot) = {500, 250 + shake};
        counts.at(1, day, slot) = {500, 450 + shake};
        counts.at(2, day, slot) = {500, r % 2 == 0 ? 500U : 300U};
      }
      trials[r].targets.push_back(std::move(counts));
    }
  }
  return trials;
}

Target target(const char* id, TargetPeriod in) {
  Target made;
  made.id = id;
  made.in = in;
  return made;
}

TEST(Targets, EveryStationGetsAVerdict) {
  Scenario scenario = sample_province();
  scenario.targets = {target("service_level", TargetPeriod::whole)};
  const auto trials = trials_of(scenario);
  const auto judged = judge_targets({scenario, trials});
  ASSERT_EQ(judged.size(), 3U) << "where nobody comes there is nothing to judge";
  EXPECT_EQ(judged[0].judgement.verdict, Verdict::missed);
  EXPECT_EQ(judged[1].judgement.verdict, Verdict::met);
  EXPECT_EQ(judged[2].judgement.verdict, Verdict::undecided) << "80% on average, and nobody knows";
  EXPECT_EQ(judged[0].counted, 1000);
  const auto counts = count_verdicts({scenario, trials}, judged);
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].stations, "offices");
  EXPECT_EQ(counts[0].counts[Verdict::missed], 1U);
  EXPECT_EQ(counts[0].counts[Verdict::undecided], 1U);
  EXPECT_EQ(counts[0].counts.all(), 3U);
  EXPECT_DOUBLE_EQ(judged[0].missed_days.mean, 1);
  EXPECT_LT(judged[0].missed_days.low, 1);
  EXPECT_DOUBLE_EQ(judged[1].missed_days.mean, 0);
  EXPECT_DOUBLE_EQ(judged[2].missed_days.mean, 0.5) << "on both days of every other replication";
  EXPECT_DOUBLE_EQ(counts[0].missed_days.mean, 0.5) << "station-days";
  scenario.targets[0].margin = 0.5;
  EXPECT_EQ(judge_targets({scenario, trials})[2].judgement.verdict, Verdict::at_target);
  scenario.targets[0].margin = 0.01;
  scenario.targets[0].goal = 0.82;
  const auto undecided = judge_targets({scenario, trials});
  EXPECT_EQ(undecided[2].judgement.verdict, Verdict::undecided);
  EXPECT_EQ(count_verdicts({scenario, trials}, undecided)[0].counts.replications_needed,
            undecided[2].judgement.replications_needed);
}

TEST(Targets, DaysOfAProvinceAreNeighboursWithoutRetriesToo) {
  Scenario scenario = sample_province();
  scenario.targets = {target("service_level", TargetPeriod::whole)};
  const auto trials = trials_of(scenario);
  const Estimate plain = judge_targets({scenario, trials})[2].judgement.value;
  scenario.retry.at_most = 1;
  const Estimate retried = judge_targets({scenario, trials})[2].judgement.value;
  EXPECT_EQ(plain.low, retried.low) << "who failed comes again the next day all the same";
  EXPECT_EQ(plain.high, retried.high);
}

TEST(Targets, ADayThatReachesItsGoalIsNotMissed) {
  Scenario scenario = sample_province();
  scenario.targets = {target("decimal", TargetPeriod::whole)};
  scenario.targets[0].goal = 0.56;
  auto trials = trials_of(scenario);
  for (TrialResult& trial : trials)
    for (GoodCount& count : trial.targets[0].counts) count = {25, 14};
  EXPECT_EQ(judge_targets({scenario, trials})[0].missed_days.mean, 0);
}

TEST(Targets, PeriodsHaveNames) {
  Scenario scenario = sample_province();
  scenario.targets = {target("days", TargetPeriod::day), target("months", TargetPeriod::month),
                      target("hours", TargetPeriod::hour)};
  scenario.targets[1].margin = 0;
  const auto trials = trials_of(scenario);
  const Table table = make_targets_table({scenario, trials});
  ASSERT_EQ(table.rows.size(), 3U * (kDays + 1 + 1)) << "hours without visits are left out";
  EXPECT_EQ(text(table, 0, "period"), "1395-01-15") << "the day after the warm-up";
  EXPECT_EQ(text(table, 1, "period"), "1395-01-16");
  EXPECT_EQ(text(table, 6, "period"), "1395-01");
  EXPECT_EQ(text(table, 9, "period"), "09");
  EXPECT_EQ(text(table, 9, "period_kind"), "hour");
  EXPECT_EQ(text(table, 0, "station"), "sari-u-001");
  EXPECT_EQ(text(table, 0, "verdict"), "undecided") << "one day has the design effect of the unsteady office";
  EXPECT_EQ(text(table, 8, "county"), "amol");
  EXPECT_EQ(text(table, 6, "target_kind"), "share");
  EXPECT_EQ(text(table, 6, "unit"), "share");
  EXPECT_NEAR(number(table, 6, "value_mean"), 0.502, 1e-9);
  EXPECT_LT(number(table, 6, "value_low"), 0.502);
  EXPECT_DOUBLE_EQ(number(table, 6, "goal"), 0.8);
  EXPECT_DOUBLE_EQ(number(table, 6, "missed_days_share_mean"), 1);
}

TEST(Targets, AnUnbrokenRunMissesNoDays) {
  Scenario scenario = sample_province();
  scenario.targets = {target("service_level", TargetPeriod::whole)};
  const auto trials = trials_of(scenario);
  EXPECT_TRUE(std::isfinite(judge_targets({scenario, trials})[0].missed_days.mean));
  scenario.run.length_s = 3600;
  const auto judged = judge_targets({scenario, trials});
  EXPECT_TRUE(std::isnan(judged[0].missed_days.mean));
  EXPECT_TRUE(std::isnan(count_verdicts({scenario, trials}, judged)[0].missed_days.mean));
}

TEST(Targets, FewReplicationsDoNotTellHowManyWouldDecide) {
  Scenario scenario = sample_province();
  scenario.targets = {target("service_level", TargetPeriod::whole)};
  scenario.targets[0].goal = 0.86;
  auto trials = trials_of(scenario);
  const auto counts = [&] {
    return count_verdicts({scenario, trials}, judge_targets({scenario, trials}))[0].counts;
  };
  ASSERT_GT(counts()[Verdict::undecided], 0U);
  EXPECT_TRUE(counts().replications_needed.has_value());
  trials.resize(4);
  ASSERT_GT(counts()[Verdict::undecided], 0U);
  EXPECT_FALSE(counts().replications_needed.has_value());
}

TEST(Targets, OfOneReplicationHaveNoVerdictAndNoNumbers) {
  Scenario scenario = sample_province();
  scenario.targets = {target("service_level", TargetPeriod::whole)};
  auto trials = trials_of(scenario);
  trials.resize(1);
  const Table table = make_targets_table({scenario, trials});
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(tests::cell(table, 0, "verdict"), Cell()) << "empty replications_needed has one meaning";
  EXPECT_EQ(tests::cell(table, 0, "value_mean"), Cell());
  EXPECT_TRUE(count_verdicts({scenario, trials}, judge_targets({scenario, trials})).empty());
}

/// Of each replication and day the first office has `low` for its ratio, the second `high`, the third either
/// in every other replication.
std::vector<TrialResult> trials_of_parts(std::size_t targets, double low, double high, double denominator) {
  std::vector<TrialResult> trials = sample_trials(kReplications);
  for (std::size_t r = 0; r < kReplications; ++r) {
    for (std::size_t t = 0; t < targets; ++t) {
      TargetCounts counts{kDays, 1, {}, std::vector<RatioParts>(4 * kDays)};
      for (std::size_t day = 0; day < kDays; ++day) {
        const double shake = 1 + 0.001 * static_cast<double>((r + day) % 3);
        counts.parts[counts.cell(0, day, 0)] = {low * shake * denominator, denominator};
        counts.parts[counts.cell(1, day, 0)] = {high * shake * denominator, denominator};
        counts.parts[counts.cell(2, day, 0)] = {(r % 2 == 0 ? low : high) * denominator, denominator};
      }
      trials[r].targets.push_back(std::move(counts));
    }
  }
  return trials;
}

Target at_most(TargetKind kind, double goal) {
  Target made = target("most", TargetPeriod::whole);
  made.kind = kind;
  made.goal = goal;
  return made;
}

TEST(Targets, OfARatioAreMetBelowTheirGoal) {
  Scenario scenario = sample_province();
  scenario.targets = {at_most(TargetKind::wait, 600)};
  const auto trials = trials_of_parts(1, 500, 700, 40);
  const auto judged = judge_targets({scenario, trials});
  ASSERT_EQ(judged.size(), 3U);
  EXPECT_EQ(judged[0].judgement.verdict, Verdict::met);
  EXPECT_EQ(judged[1].judgement.verdict, Verdict::missed);
  EXPECT_EQ(judged[2].judgement.verdict, Verdict::undecided);
  EXPECT_EQ(judged[0].counted, 80);
  EXPECT_DOUBLE_EQ(judged[1].missed_days.mean, 1);
  EXPECT_DOUBLE_EQ(judged[2].missed_days.mean, 0.5);
  const Table table = make_targets_table({scenario, trials});
  EXPECT_EQ(text(table, 0, "target_kind"), "wait");
  EXPECT_EQ(text(table, 0, "unit"), "s");
  EXPECT_NEAR(number(table, 0, "value_mean"), 500.5, 0.01);
  EXPECT_EQ(number(table, 0, "goal"), 600);
  EXPECT_EQ(tests::cell(table, 0, "within_s"), Cell());
  EXPECT_LT(number(table, 0, "value_low"), 500.5);
  // A margin of times is a share of the goal.
  scenario.targets[0].goal = 500.4;
  EXPECT_EQ(judge_targets({scenario, trials})[0].judgement.verdict, Verdict::at_target);
  scenario.targets[0].margin = 0;
  EXPECT_EQ(judge_targets({scenario, trials})[0].judgement.verdict, Verdict::undecided);
}

TEST(Targets, OfUtilizationAndOvertimeCountNoVisits) {
  Scenario scenario = sample_province();
  scenario.targets = {at_most(TargetKind::utilization, 0.8), at_most(TargetKind::overtime, 0.8)};
  const auto trials = trials_of_parts(2, 0.7, 0.9, 10);
  const auto judged = judge_targets({scenario, trials});
  ASSERT_EQ(judged.size(), 6U);
  EXPECT_EQ(judged[0].judgement.verdict, Verdict::met);
  EXPECT_EQ(judged[1].judgement.verdict, Verdict::missed);
  EXPECT_EQ(judged[4].judgement.verdict, Verdict::missed);
  const Table table = make_targets_table({scenario, trials});
  EXPECT_EQ(tests::cell(table, 0, "counted"), Cell());
  EXPECT_EQ(text(table, 0, "unit"), "share");
  EXPECT_EQ(text(table, 4, "unit"), "s");
}

TEST(Targets, OfTheAbandonedPrintTheShareThatLeaves) {
  Scenario scenario = sample_province();
  Target gone = at_most(TargetKind::abandoned, 0.2);
  scenario.targets = {gone};
  const auto trials = trials_of(scenario);  // half, nine of ten, and 80% do not leave
  const auto judged = judge_targets({scenario, trials});
  EXPECT_EQ(judged[0].judgement.verdict, Verdict::missed);
  EXPECT_NEAR(judged[0].judgement.value.mean, 0.498, 1e-9);
  EXPECT_EQ(judged[1].judgement.verdict, Verdict::met);
  EXPECT_LT(judged[1].judgement.value.low, 0.098);
  EXPECT_GT(judged[1].judgement.value.high, 0.098);
  EXPECT_DOUBLE_EQ(judged[0].missed_days.mean, 1);
}

TEST(Targets, APercentileIsTheShareWithinItsTime) {
  Scenario scenario = sample_province();
  Target p90 = target("p90", TargetPeriod::whole);
  p90.kind = TargetKind::percentile;
  p90.goal = 0.8;
  scenario.targets = {target("share", TargetPeriod::whole), p90};
  const auto trials = trials_of(scenario);
  const auto judged = judge_targets({scenario, trials});
  ASSERT_EQ(judged.size(), 6U);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(judged[k].judgement.verdict, judged[k + 3].judgement.verdict);
    EXPECT_EQ(judged[k].judgement.value.low, judged[k + 3].judgement.value.low);
  }
}

}  // namespace
}  // namespace pishkhan::targets_test
