#include "sim/statistics/ratio_verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace pishkhan::ratio_verdict_test {
namespace {

constexpr RatioRules kBounded{false, 10}, kSkewed{true, 1e4};

std::vector<RatioParts> parts_of(std::initializer_list<double> values) {
  std::vector<RatioParts> parts;
  for (const double value : values) parts.push_back({value, 1});
  return parts;
}

TEST(TestRatio, IsStudentsOfWhatIsHardlySkewed) {
  // The mean of 1, 2, 3 has the standard error 1 / sqrt(3); with two degrees of freedom P(T > t) is
  // 1/2 - t / (2 sqrt(2 + t^2)), and t is sqrt(3) for a goal of 3.
  const RatioTests tests = test_ratio(parts_of({1, 2, 3}), 3, kBounded);
  const double p = 0.5 - std::sqrt(3.0) / (2 * std::sqrt(5.0));
  EXPECT_NEAR(tests.p_met, p, 1e-12);
  EXPECT_NEAR(tests.p_missed, 1 - p, 1e-12);
  EXPECT_DOUBLE_EQ(tests.value.mean, 2);
  EXPECT_NEAR(tests.value.high, 2 + 4.302653 / std::sqrt(3.0), 1e-5);
  EXPECT_NEAR(test_ratio(parts_of({1, 2, 3}), 1, kBounded).p_missed, p, 1e-12);
}

TEST(TestRatio, WeighsReplicationsByTheirDenominators) {
  const std::vector<RatioParts> uneven{{10, 10}, {60, 20}, {0, 0}, {30, 10}};
  const RatioTests tests = test_ratio(uneven, 3, kBounded);
  EXPECT_DOUBLE_EQ(tests.value.mean, 2.5);
  EXPECT_EQ(tests.value.replications, 3U) << "one saw nothing";
}

TEST(TestRatio, OfWhatIsSkewedIsNeverSurerThanStudents) {
  const auto parts = parts_of({1, 1, 2, 1, 9, 1, 2, 1});
  for (const double goal : {2.5, 3.0, 4.0, 8.0})
    EXPECT_GT(test_ratio(parts, goal, kSkewed).p_met, test_ratio(parts, goal, {false, 1e4}).p_met) << goal;
  EXPECT_GE(test_ratio(parts, 1, kSkewed).p_missed, test_ratio(parts, 1, {false, 1e4}).p_missed);
}

TEST(TestRatio, OfReplicationsThatDoNotDifferIsThatOfTheRarestExcess) {
  // A share (goal - value) / (largest - value) of replications at the largest has the mean of the goal.
  const RatioTests nothing = test_ratio(parts_of({0, 0, 0, 0}), 2.5, kBounded);
  EXPECT_NEAR(nothing.p_met, std::pow(0.75, 4), 1e-12);
  EXPECT_EQ(nothing.p_missed, 1);
  EXPECT_EQ(nothing.value.low, 0);
  EXPECT_NEAR(nothing.value.high, 10 * (1 - std::pow(0.025, 0.25)), 1e-9);
  EXPECT_NEAR(test_ratio(parts_of({4, 4, 4}), 2, kBounded).p_missed, 0.125, 1e-12);
  const RatioTests with_others = test_ratio(parts_of({0, 0, 0, 0}), 2.5, kBounded, 4);
  EXPECT_NEAR(with_others.value.high, 3.182446 * std::sqrt(4.0 / 4), 1e-5) << "the usual variance stands in";
  EXPECT_LT(with_others.p_met, nothing.p_met);
}

TEST(TestRatio, OneReplicationShowsNothing) {
  const RatioTests tests = test_ratio(parts_of({1}), 5, kBounded);
  EXPECT_EQ(tests.p_met, 1);
  EXPECT_EQ(tests.p_missed, 1);
  EXPECT_TRUE(std::isnan(tests.value.mean));
}

using Draw = std::function<double(std::mt19937_64&)>;

/// How often either is called proven at the level, in experiments whose truth is the goal.
struct Errors {
  double met = 0, missed = 0;
};
Errors errors_at_the_goal(const Draw& draw, std::size_t replications, double level, int experiments) {
  std::mt19937_64 bits(11);
  Errors errors;
  std::vector<RatioParts> parts(replications);
  for (int k = 0; k < experiments; ++k) {
    for (RatioParts& one : parts) one = {draw(bits), 1};
    const RatioTests tests = test_ratio(parts, 1, kSkewed);
    errors.met += (tests.p_met <= level) / double(experiments);
    errors.missed += (tests.p_missed <= level) / double(experiments);
  }
  return errors;
}

double exponential(std::mt19937_64& bits) { return std::exponential_distribution<double>(1)(bits); }
double half_lognormal(std::mt19937_64& bits) {
  return std::lognormal_distribution<double>(-0.125, 0.5)(bits);
}

// Two standard errors of 4,000 experiments are .007.
TEST(TestRatio, IsWrongAtMostAsOftenAsItsLevelOfSkewedReplications) {
  for (const std::size_t replications : {10, 34}) {
    for (const Draw& draw : {Draw(exponential), Draw(half_lognormal)}) {
      const Errors errors = errors_at_the_goal(draw, replications, 0.05, 4000);
      EXPECT_LE(errors.met, 0.057) << replications;
      EXPECT_LE(errors.missed, 0.057) << replications;
    }
  }
}

TEST(TestRatio, FindsWhatIsAThirdBelowTheGoal) {
  const Draw draw = [](std::mt19937_64& bits) { return 2 * half_lognormal(bits) / 3; };
  EXPECT_GT(errors_at_the_goal(draw, 34, 0.05, 1000).met, 0.9);
}

TEST(JudgeRatios, CallsWhatIsFarAwayAndLeavesTheRest) {
  std::vector<std::vector<RatioParts>> rows;
  for (const double center : {5.0, 9.0, 10.0, 20.0}) {
    std::vector<RatioParts>& row = rows.emplace_back();
    for (int r = 0; r < 10; ++r) row.push_back({100 * (center + 0.1 * (r % 5 - 2)), 100});
  }
  rows.push_back(std::vector<RatioParts>(10, RatioParts{0, 100}));
  const std::vector<Judgement> judged = judge_ratios(rows, 10, 0.2, {true, 86400});
  ASSERT_EQ(judged.size(), 5U);
  EXPECT_EQ(judged[0].verdict, Verdict::met);
  EXPECT_EQ(judged[1].verdict, Verdict::met);
  EXPECT_EQ(judged[2].verdict, Verdict::at_target) << "its interval is within 0.2 of 10";
  EXPECT_EQ(judged[3].verdict, Verdict::missed);
  EXPECT_EQ(judged[4].verdict, Verdict::met) << "what varies at the others stands in";
  EXPECT_GT(judged[4].value.high, 0);
  EXPECT_EQ(judge_ratios(rows, 10, 0.01, {true, 86400})[2].verdict, Verdict::undecided);
}

}  // namespace
}  // namespace pishkhan::ratio_verdict_test
