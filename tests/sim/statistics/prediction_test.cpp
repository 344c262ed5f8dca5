// Prediction intervals: known answers, and how often they hold one more value.
#include "sim/statistics/prediction.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan::prediction_test {
namespace {

TEST(Prediction, OfNumbersItIsTheTextbooks) {
  // Mean 10.5, standard deviation 1.1180; t(3) = 3.1824.
  const std::vector<double> values{9.25, 10.25, 10.5, 12};
  const auto interval = predict(values, PredictedKind::number);
  ASSERT_TRUE(interval);
  const double s = std::sqrt((1.25 * 1.25 + 0.25 * 0.25 + 0 + 1.5 * 1.5) / 3);
  const double arm = 3.182446 * s * std::sqrt(1.25);
  EXPECT_NEAR(interval->low, 10.5 - arm, 1e-4);
  EXPECT_NEAR(interval->high, 10.5 + arm, 1e-4);
}

TEST(Prediction, NeedsTwoValues) {
  EXPECT_FALSE(predict(std::vector<double>{3}, PredictedKind::count));
  EXPECT_FALSE(predict(std::vector<double>{3, kNan}, PredictedKind::count));
  EXPECT_TRUE(predict(std::vector<double>{3, kNan, 4}, PredictedKind::count));
}

/// 1.96 / 2 sqrt(1 + 1/10) = 1.0279 round sqrt(100.375) = 10.0187.
TEST(Prediction, ACountHasTheSpreadOfIndependentEventsAtLeast) {
  const auto interval = predict(std::vector<double>(10, 100), PredictedKind::count);
  ASSERT_TRUE(interval);
  EXPECT_EQ(interval->low, 80);    // 8.9908^2 - 0.375 = 80.46
  EXPECT_EQ(interval->high, 122);  // 11.0466^2 - 0.375 = 121.65
  const auto none = predict(std::vector<double>(10, 0), PredictedKind::count);
  EXPECT_EQ(none->low, 0);
  EXPECT_EQ(none->high, 3);  // (0.6124 + 1.0279)^2 - 0.375 = 2.32
}

TEST(Prediction, OfManyReplicationsItIsTheirOwnQuantiles) {
  std::vector<double> values;
  for (int i = 1; i <= 39; ++i) values.push_back(i);
  EXPECT_EQ(predict(values, PredictedKind::time)->low, 1);
  EXPECT_EQ(predict(values, PredictedKind::time)->high, 39);
  for (int i = 40; i <= 119; ++i) values.push_back(i);
  EXPECT_EQ(predict(values, PredictedKind::time)->low, 3);
  EXPECT_EQ(predict(values, PredictedKind::time)->high, 117);
}

TEST(Prediction, HoldsEveryReplicationOfFew) {
  const std::vector<double> values{0, 0, 0, 0, 0, 0, 0, 0, 0, 900};
  const auto interval = predict(values, PredictedKind::time);
  EXPECT_EQ(interval->low, 0);
  EXPECT_GE(interval->high, 900);
}

/// Of four with 0.89 each: 4 with 62.7%, 3 with 31.0%, 2 with 5.7%, 1 with 0.5%.
TEST(Prediction, OfAKnownDistributionItIsExact) {
  const std::vector<Chances> four{{4, 0.89}};
  const std::vector<double> distribution = distribution_of(four);
  ASSERT_EQ(distribution.size(), 5U);
  EXPECT_NEAR(distribution[4], 0.62742241, 1e-8);
  EXPECT_NEAR(distribution[3], 0.31018636, 1e-8);
  EXPECT_EQ(predict_known(distribution).low, 2);
  EXPECT_EQ(predict_known(distribution).high, 4);
  const std::vector<Chances> of_two_kinds{{2, 1}, {1, 0.5}};
  EXPECT_EQ(distribution_of(of_two_kinds), (std::vector<double>{0, 0, 0.5, 0.5}));
  EXPECT_EQ(predict_known(distribution_of(of_two_kinds)).low, 2);
  const std::vector<Chances> certain{{3, 1}};
  EXPECT_EQ(predict_known(distribution_of(certain)).low, 3);
  EXPECT_EQ(predict_known(distribution_of({})).high, 0);
}

using Random = std::mt19937_64;

/// The share of `experiments` in which the interval of so many values holds the next one.
double held(PredictedKind kind, std::size_t values, const std::function<double(Random&)>& draw) {
  constexpr int kExperiments = 6000;
  Random random(20);
  int held = 0;
  std::vector<double> before(values);
  for (int i = 0; i < kExperiments; ++i) {
    for (double& value : before) value = draw(random);
    held += predict(before, kind)->holds(draw(random)) ? 1 : 0;
  }
  return static_cast<double>(held) / kExperiments;
}

/// Below it a share of 6000 experiments lies by chance with a probability of 0.1% where 95% is true.
constexpr double kBand = 0.95 - 3.09 * 0.00281;

TEST(Prediction, HoldsCountsAsOftenAsItSays) {
  for (const std::size_t n : {3U, 10U, 30U, 60U}) {
    for (const double mean : {0.3, 3.0, 40.0}) {
      EXPECT_GE(held(PredictedKind::count, n,
                     [mean](Random& random) {
                       return static_cast<double>(std::poisson_distribution<int>(mean)(random));
                     }),
                kBand)
          << n << " of mean " << mean;
      // Days that are busier and quieter than others.
      EXPECT_GE(held(PredictedKind::count, n,
                     [mean](Random& random) {
                       const double busy = std::gamma_distribution<double>(11, 1.0 / 11)(random);
                       return static_cast<double>(std::poisson_distribution<int>(mean * busy)(random));
                     }),
                kBand)
          << n << " of busy days, mean " << mean;
    }
  }
}

TEST(Prediction, HoldsTimesAsOftenAsItSays) {
  for (const std::size_t n : {3U, 10U, 30U, 60U}) {
    for (const double shape : {0.5, 1.0, 4.0}) {
      EXPECT_GE(held(PredictedKind::time, n,
                     [shape](Random& random) { return std::gamma_distribution<double>(shape, 300)(random); }),
                kBand)
          << n << " of shape " << shape;
    }
    EXPECT_GE(held(PredictedKind::time, n,
                   [](Random& random) { return std::lognormal_distribution<double>(5, 0.5)(random); }),
              kBand)
        << n << " lognormal";
  }
}

/// A test of the test: Student's interval of the mean holds far fewer single values.
TEST(Prediction, AnIntervalOfTheMeanWouldNot) {
  Random random(7);
  int held = 0;
  for (int i = 0; i < 2000; ++i) {
    std::vector<double> values(10);
    std::normal_distribution<double> normal(100, 10);
    for (double& value : values) value = normal(random);
    const Estimate mean = estimate_mean(values);
    const double next = normal(random);
    held += next >= mean.low && next <= mean.high ? 1 : 0;
  }
  EXPECT_LT(held, 1400);
}

}  // namespace
}  // namespace pishkhan::prediction_test
