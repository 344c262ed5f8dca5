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
      TargetCounts counts{kDays, target.in == TargetPeriod::hour ? std::size_t{24} : 1, {}};
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
  const Estimate plain = judge_targets({scenario, trials})[2].judgement.share;
  scenario.retry.at_most = 1;
  const Estimate retried = judge_targets({scenario, trials})[2].judgement.share;
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
  EXPECT_NEAR(number(table, 6, "in_time_mean"), 0.502, 1e-9);
  EXPECT_LT(number(table, 6, "in_time_low"), 0.502);
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
  EXPECT_EQ(tests::cell(table, 0, "in_time_mean"), Cell());
  EXPECT_TRUE(count_verdicts({scenario, trials}, judge_targets({scenario, trials})).empty());
}

}  // namespace
}  // namespace pishkhan::targets_test
