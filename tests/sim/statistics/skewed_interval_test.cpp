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
  const Arms arms = skewed_arms(deviations, SkewedTo::above);
  EXPECT_GT(arms.below, student);
  EXPECT_NEAR(arms.below, 1.5 * student, 0.01 * student);
  EXPECT_LT(arms.above, student);
  EXPECT_GT(skewed_arms(deviations, SkewedTo::either).below, 2 * student);
  const std::vector<double> waits{200, 200, 200, 140};
  EXPECT_GT(estimate_skewed_mean(waits).low, 100);
}

TEST(SkewedInterval, APositiveOneIsTakenAsItIs) {
  const std::vector<double> deviations{-15, -15, -15, 45};
  const Arms above = skewed_arms(deviations, SkewedTo::above),
             either = skewed_arms(deviations, SkewedTo::either);
  EXPECT_EQ(above.below, either.below);
  EXPECT_EQ(above.above, either.above);
}

// The bound of ten replications is no other share of Student's arm.
TEST(SkewedInterval, TheBoundIsOneAndAHalfOfStudentsArm) {
  for (const std::size_t n : {3, 4, 5, 10, 30}) {
    std::vector<double> deviations(n, 1.0);
    deviations[0] = 1 - static_cast<double>(n);
    const double squares = static_cast<double>(n - 1) * static_cast<double>(n);
    const double error = std::sqrt(squares / static_cast<double>((n - 1) * n));
    EXPECT_NEAR(skewed_arms(deviations, SkewedTo::above).below / (student_t_975(n - 1) * error), 1.51, 0.03)
        << n;
  }
}

// Of waits, as exponential and as gamma variables, and few replications: what the bound cuts off below is
// less than what it adds above.
TEST(SkewedInterval, TheBoundLosesNoCoverageOfWhatIsSkewedToTheRight) {
  std::mt19937_64 random(7);
  for (const double shape : {1.0, 4.0}) {
    for (const std::size_t n : {4, 10}) {
      std::gamma_distribution<double> wait(shape);
      constexpr int kExperiments = 20000;
      int bounded = 0, unbounded = 0;
      std::vector<double> deviations(n);
      for (int i = 0; i < kExperiments; ++i) {
        double mean = 0;
        for (double& value : deviations) mean += (value = wait(random)) / static_cast<double>(n);
        for (double& value : deviations) value -= mean;
        const auto holds = [&](SkewedTo skewed_to) {
          const Arms arms = skewed_arms(deviations, skewed_to);
          return mean - arms.below <= shape && shape <= mean + arms.above;
        };
        bounded += holds(SkewedTo::above);
        unbounded += holds(SkewedTo::either);
      }
      EXPECT_GE(bounded, unbounded) << shape << ' ' << n;
    }
  }
}

}  // namespace
}  // namespace pishkhan::skewed_interval_test
