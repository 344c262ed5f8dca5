#include "sim/statistics/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <utility>
#include <vector>

namespace pishkhan::verdict_test {
namespace {

TEST(IsBelowGoal, IsExactForDecimalGoals) {
  EXPECT_GT(0.56 * 25, 14) << "what a plain comparison would take";
  for (int percent = 1; percent <= 100; ++percent) {
    for (int counted = 1; counted <= 2000; ++counted) {
      const double goal = percent / 100.0;
      const int least = (percent * counted + 99) / 100;
      EXPECT_FALSE(is_below_goal(least, counted, goal)) << percent << "% of " << counted;
      EXPECT_TRUE(is_below_goal(least - 1, counted, goal)) << percent << "% of " << counted;
    }
  }
  EXPECT_TRUE(is_below_goal(4e9 * 0.999 - 1, 4e9, 0.999)) << "one visit less, of as many as can be counted";
}

TEST(JudgeShares, AShareWithinTheMarginOfWhichOneEndIsBeyondIsUndecided) {
  ObservedShare share;
  share.replications = 10;
  share.counted = 100;
  share.mean = 0.79;
  share.degrees_of_freedom = 9;
  share.design_effect = 1;
  EXPECT_EQ(judge_shares(std::span(&share, 1), 0.8, 0.01)[0].verdict, Verdict::undecided);
  share.mean = 0.8;
  EXPECT_EQ(judge_shares(std::span(&share, 1), 0.8, 0.01)[0].verdict, Verdict::undecided);
}

constexpr double kManyDegrees = 1e6;

// Two days of two replications, [day * 2 + replication]: residuals 2 and -4, then 2 and 0.
const std::vector<GoodCount> kTwoDays{{10, 10}, {10, 4}, {10, 10}, {10, 8}};

ObservedShare observed(double counted, double mean, double design_effect, std::size_t replications = 10) {
  return {replications, counted, mean, kManyDegrees, design_effect};
}

TEST(ObserveShare, OfIndependentDaysByHand) {
  const ObservedShare share = observe_share(kTwoDays, 2, DaysAre::independent);
  EXPECT_DOUBLE_EQ(share.mean, 0.8);
  EXPECT_DOUBLE_EQ(share.counted, 40);
  // 2 * (9 + 9) + 2 * (1 + 1) = 40 against 40 * 0.8 * 0.2.
  EXPECT_NEAR(share.design_effect, 40 / 6.4, 1e-12);
  EXPECT_NEAR(share.degrees_of_freedom, 40.0 * 40 / (36 * 36 + 4 * 4), 1e-12);
}

TEST(ObserveShare, NeighbouringDaysAddTheirCovariance) {
  const ObservedShare share = observe_share(kTwoDays, 2, DaysAre::neighbours);
  EXPECT_NEAR(share.design_effect, (40 + 2 * 2 * (3 * 1 + 3 * 1)) / 6.4, 1e-12);
  // A day that balances the day before does not make the share surer than independent days would.
  const std::vector<GoodCount> balanced{{10, 10}, {10, 4}, {10, 8}, {10, 10}};
  EXPECT_DOUBLE_EQ(observe_share(balanced, 2, DaysAre::neighbours).design_effect,
                   observe_share(balanced, 2, DaysAre::independent).design_effect);
}

TEST(ObserveShare, OfOneRunFromReplicationsAlone) {
  const ObservedShare share = observe_share(kTwoDays, 2, DaysAre::one_run);
  EXPECT_NEAR(share.design_effect, 2 * (4.0 * 4 + 4 * 4) / 6.4, 1e-12);
  EXPECT_DOUBLE_EQ(share.degrees_of_freedom, 1);
}

TEST(ObserveShare, WithoutReplicationsVisitsOrVariance) {
  EXPECT_EQ(observe_share(kTwoDays, 1, DaysAre::independent).degrees_of_freedom, 0);
  const std::vector<GoodCount> nobody(4), all{{5, 5}, {7, 7}};
  EXPECT_TRUE(std::isnan(observe_share(nobody, 2, DaysAre::independent).mean));
  EXPECT_EQ(observe_share(nobody, 2, DaysAre::independent).degrees_of_freedom, 0);
  const ObservedShare perfect = observe_share(all, 2, DaysAre::independent);
  EXPECT_EQ(perfect.mean, 1);
  EXPECT_TRUE(std::isnan(perfect.design_effect));
}

TEST(ObserveShare, BinomialDaysAreWorthTheirVisits) {
  std::mt19937_64 bits(1);
  std::binomial_distribution<std::uint32_t> good(20, 0.7);
  constexpr std::size_t replications = 4, days = 1000;
  std::vector<GoodCount> counts(replications * days);
  for (GoodCount& count : counts) count = {20, good(bits)};
  const ObservedShare share = observe_share(counts, replications, DaysAre::independent);
  EXPECT_NEAR(share.mean, 0.7, 0.01);
  EXPECT_NEAR(share.design_effect, 1, 0.06);
  // 3 degrees of a day, fewer by the noise of its variance: E(v^2) / E(v)^2 = 5 / 3.
  EXPECT_NEAR(share.degrees_of_freedom, 3 * 1000 * 3 / 5.0, 150);
}

TEST(JudgeShares, ABinomialByTheTables) {
  const std::vector<ObservedShare> one{observed(20, 0.6, 1)};
  const Judgement judgement = judge_shares(one, 0.8, 0.01).front();
  EXPECT_NEAR(judgement.p_missed, 0.0321427, 1e-6) << "P(X <= 12)";
  EXPECT_NEAR(judgement.p_met, 0.9900182, 1e-6) << "P(X >= 12)";
  EXPECT_NEAR(judgement.value.low, 0.360543, 1e-5);
  EXPECT_NEAR(judgement.value.high, 0.808810, 1e-5);
  EXPECT_EQ(judgement.verdict, Verdict::missed);
  EXPECT_EQ(judge_shares(one, 0.3, 0.01).front().verdict, Verdict::met);
}

TEST(JudgeShares, AHundredSharesNeedMoreThanOne) {
  std::vector<ObservedShare> many(100, observed(1000, 0.8, 1));
  many.front() = observed(20, 0.6, 1);
  EXPECT_EQ(judge_shares(many, 0.8, 0.01).front().verdict, Verdict::undecided);
  many.front() = observed(200, 0.6, 1);
  EXPECT_EQ(judge_shares(many, 0.8, 0.01).front().verdict, Verdict::missed);
}

TEST(JudgeShares, AtTheTargetIfTheWholeIntervalIsWithinTheMargin) {
  const std::vector<ObservedShare> one{observed(40'000, 0.799, 1)};  // 0.795 to 0.803
  EXPECT_EQ(judge_shares(one, 0.8, 0.01).front().verdict, Verdict::at_target);
  EXPECT_EQ(judge_shares(one, 0.8, 0.004).front().verdict, Verdict::undecided);
  // The share alone says nothing.
  const std::vector<ObservedShare> few{observed(400, 0.8, 1)};
  const Judgement judgement = judge_shares(few, 0.8, 0.01).front();
  EXPECT_EQ(judgement.verdict, Verdict::undecided);
  EXPECT_GT(judgement.value.high, 0.83);
  // Its lower side is the longer, some four margins.
  const double side = judgement.value.mean - judgement.value.low;
  EXPECT_GT(side, judgement.value.high - judgement.value.mean);
  EXPECT_EQ(judgement.replications_needed, static_cast<int>(std::ceil(10 * side * side / 1e-4)));
  const std::vector<ObservedShare> sure{observed(400'000, 0.792, 1)};
  EXPECT_EQ(judge_shares(sure, 0.8, 0.01).front().verdict, Verdict::missed);
}

TEST(JudgeShares, SaysHowManyReplicationsWouldDecide) {
  // P(X <= 75 of 100) = 0.13135, a score of -1.1203, where -1.6449 decides: 10 * 2.156.
  const std::vector<ObservedShare> one{observed(100, 0.75, 1)};
  EXPECT_EQ(judge_shares(one, 0.8, 0.01).front().replications_needed, 22);
  const std::vector<ObservedShare> close{observed(100, 0.79, 1)};
  EXPECT_FALSE(judge_shares(close, 0.8, 0.001).front().replications_needed.has_value());
}

TEST(JudgeShares, WithoutVarianceAsTheOthersVary) {
  std::vector<ObservedShare> shares(9, observed(400, 0.5, 4));
  shares.push_back(observed(30, 1, std::nan("")));
  // 30 visits are worth 7.5, and 0.8^7.5 is not below 5%; by themselves they would be.
  EXPECT_EQ(judge_shares(shares, 0.8, 0.01).back().verdict, Verdict::undecided);
  EXPECT_NEAR(judge_shares(shares, 0.8, 0.01).back().value.low, std::pow(0.025, 1 / 7.5), 1e-9);
  const std::vector<ObservedShare> alone{shares.back()};
  EXPECT_EQ(judge_shares(alone, 0.8, 0.01).front().verdict, Verdict::met);
}

TEST(JudgeShares, NothingToTestIsUndecided) {
  const std::vector<ObservedShare> none{{1, 50, 0.2, 0, std::nan("")}, {5, 0, std::nan(""), 0, std::nan("")}};
  for (const Judgement& judgement : judge_shares(none, 0.8, 0.01)) {
    EXPECT_EQ(judgement.verdict, Verdict::undecided);
    EXPECT_TRUE(std::isnan(judgement.p_missed));
    EXPECT_TRUE(std::isnan(judgement.value.mean));
  }
}

/// A station of the study: a day is busy with probability 0.3, and then has twice the visits and a share of
/// good ones that makes `share` the share of all.
std::vector<GoodCount> simulate_station(double share, std::size_t days, std::size_t replications,
                                        std::mt19937_64& bits) {
  constexpr double quiet_visits = 20, busy_visits = 40, busy = 0.3, quiet_share = 0.9;
  const double all = (1 - busy) * quiet_visits + busy * busy_visits;
  const double busy_share = (share * all - (1 - busy) * quiet_visits * quiet_share) / (busy * busy_visits);
  std::vector<GoodCount> counts;
  for (std::size_t i = 0; i < days * replications; ++i) {
    const bool is_busy = std::bernoulli_distribution(busy)(bits);
    std::poisson_distribution<std::uint32_t> visits(is_busy ? busy_visits : quiet_visits);
    const std::uint32_t counted = visits(bits);
    std::binomial_distribution<std::uint32_t> good(counted, is_busy ? busy_share : quiet_share);
    counts.push_back({counted, good(bits)});
  }
  return counts;
}

/// Shares of wrong ones among those called missed and among those called met, on average over runs of 100
/// stations: half meet the goal exactly, which is the hardest case, the others are 3 to 5 points off.
struct Study {
  double wrongly_missed = 0, wrongly_met = 0, noise = 0, found = 0;
};

Study study(std::size_t days, std::size_t replications) {
  constexpr double goal = 0.8;
  constexpr std::size_t stations = 100, runs = 100;
  std::mt19937_64 bits(7);
  Study study;
  double squares = 0;
  for (std::size_t run = 0; run < runs; ++run) {
    std::vector<ObservedShare> shares;
    std::vector<double> truth;
    for (std::size_t i = 0; i < stations; ++i) {
      constexpr double apart[] = {0, -0.05, 0, 0.03};
      truth.push_back(goal + apart[i % 4]);
      shares.push_back(observe_share(simulate_station(truth.back(), days, replications, bits), replications,
                                     DaysAre::independent));
    }
    double missed = 0, missed_wrong = 0, met = 0, met_wrong = 0;
    const std::vector<Judgement> judgements = judge_shares(shares, goal, 0.01);
    for (std::size_t i = 0; i < stations; ++i) {
      missed += judgements[i].verdict == Verdict::missed;
      missed_wrong += judgements[i].verdict == Verdict::missed && truth[i] >= goal;
      met += judgements[i].verdict == Verdict::met;
      met_wrong += judgements[i].verdict == Verdict::met && truth[i] <= goal;
    }
    const double of_missed = missed_wrong / std::max(1.0, missed), of_met = met_wrong / std::max(1.0, met);
    study.wrongly_missed += of_missed / runs;
    study.wrongly_met += of_met / runs;
    squares += std::max(of_missed * of_missed, of_met * of_met) / runs;
    study.found += (missed + met) / runs;
  }
  study.noise = 2 * std::sqrt(squares / runs);
  return study;
}

// Also with few days and replications, which often see no busy day at all.
TEST(JudgeShares, OfThoseCalledMissedAtMostFivePercentMeet) {
  for (const auto& [days, replications] :
       {std::pair(12, 5), std::pair(60, 2), std::pair(12, 3), std::pair(4, 10), std::pair(5, 4),
        std::pair(3, 3), std::pair(3, 2)}) {
    const Study seen = study(static_cast<std::size_t>(days), static_cast<std::size_t>(replications));
    EXPECT_LE(seen.wrongly_missed, kFalseDiscoveryRate + seen.noise) << days << " x " << replications;
    EXPECT_LE(seen.wrongly_met, kFalseDiscoveryRate + seen.noise) << days << " x " << replications;
    if (days * replications >= 60) EXPECT_GT(seen.found, 10) << "a test that never decides is no test";
  }
}

}  // namespace
}  // namespace pishkhan::verdict_test
