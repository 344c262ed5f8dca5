#include "sim/statistics/skewed_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan::skewed_interval_test {
namespace {

// Three replications of 200 s and one of 140 s say nothing of waits near 0: Student's ends at 137.
TEST(SkewedInterval, ANegativeSkewnessOfFewReplicationsIsBounded) {
  const std::vector<double> deviations{15, 15, 15, -45};
  const double error = 15, student = student_t_975(3) * error;
  const Arms arms = skewed_arms(deviations);
  EXPECT_GT(arms.below, student);
  EXPECT_NEAR(arms.below, 1.5 * student, 0.01 * student);
  EXPECT_LT(arms.above, student);
  const std::vector<double> waits{200, 200, 200, 140};
  EXPECT_GT(estimate_skewed_mean(waits).low, 100);
}

TEST(SkewedInterval, APositiveOneIsTakenAsItIs) {
  const Arms arms = skewed_arms(std::vector<double>{-15, -15, -15, 45});
  EXPECT_GT(arms.above, 2 * student_t_975(3) * 15);
  EXPECT_LT(arms.below, student_t_975(3) * 15);
}

TEST(SkewedInterval, TheQuantileOfAnArmIsThatWhichMakesIt) {
  const std::vector<double> samples[] = {
      {-15, -15, -15, 45}, {15, 15, 15, -45}, {-1, 1, -2, 2}, {1, 0.5, -1, -0.5, 2, -2.1, 0.1}, {-3, 3}};
  for (const std::vector<double>& deviations : samples) {
    const double t = student_t_975(deviations.size() - 1);
    EXPECT_NEAR(quantile_of_arm_below(deviations, skewed_arms(deviations).below), t, 1e-9);
  }
}

// The bound of ten replications is no other share of Student's arm.
TEST(SkewedInterval, TheBoundIsOneAndAHalfOfStudentsArm) {
  for (const std::size_t n : {3, 4, 5, 10, 30}) {
    std::vector<double> deviations(n, 1.0);
    deviations[0] = 1 - static_cast<double>(n);
    const double squares = static_cast<double>(n - 1) * static_cast<double>(n);
    const double error = std::sqrt(squares / static_cast<double>((n - 1) * n));
    EXPECT_NEAR(skewed_arms(deviations).below / (student_t_975(n - 1) * error), 1.51, 0.03) << n;
  }
}

// Of waits, as exponential and as gamma variables, and few replications.
TEST(SkewedInterval, HoldsTheTruthOfWhatIsSkewedMoreOftenThanStudents) {
  std::mt19937_64 random(7);
  for (const double shape : {1.0, 4.0}) {
    for (const std::size_t n : {4, 10}) {
      std::gamma_distribution<double> wait(shape);
      constexpr int kExperiments = 20000;
      int skewed = 0, student = 0;
      std::vector<double> deviations(n);
      for (int i = 0; i < kExperiments; ++i) {
        for (double& value : deviations) value = wait(random);
        const Estimate plain = estimate_mean(deviations);
        for (double& value : deviations) value -= plain.mean;
        const Arms arms = skewed_arms(deviations);
        skewed += plain.mean - arms.below <= shape && shape <= plain.mean + arms.above;
        student += plain.low <= shape && shape <= plain.high;
      }
      EXPECT_GT(skewed, student) << shape << ' ' << n;
    }
  }
}

}  // namespace
}  // namespace pishkhan::skewed_interval_test
