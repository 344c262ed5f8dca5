#include "sim/statistics/estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "sim/base/contract.hpp"

namespace pishkhan::estimate_test {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(StudentT, MatchesPrintedTables) {
  EXPECT_NEAR(student_t_975(1), 12.706, 5e-4);
  EXPECT_NEAR(student_t_975(9), 2.262, 5e-4);
  EXPECT_NEAR(student_t_975(30), 2.042, 5e-4);
  EXPECT_NEAR(student_t_975(63), 1.998, 5e-4);
  EXPECT_NEAR(student_t_975(64), 1.998, 5e-4);
  EXPECT_NEAR(student_t_975(120), 1.980, 5e-4);
}

// Law, Simulation Modeling and Analysis, example 4.26: mean 1.34, sample variance 0.17.
TEST(EstimateMean, LawsTenObservations) {
  const std::vector<double> values{1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09};
  const Estimate estimate = estimate_mean(values);
  EXPECT_NEAR(estimate.mean, 1.343, 1e-12);
  EXPECT_NEAR(estimate.half_width, 2.262157 * std::sqrt(0.16751222 / 10), 1e-6);
  EXPECT_EQ(estimate.replications, 10u);
}

TEST(EstimateMean, NoIntervalNoNumber) {
  EXPECT_TRUE(std::isnan(estimate_mean({}).mean));
  const std::vector<double> one{3.0};
  EXPECT_TRUE(std::isnan(estimate_mean(one).mean));
  EXPECT_TRUE(std::isnan(estimate_mean(one).half_width));
  EXPECT_EQ(estimate_mean(one).replications, 1u);
}

TEST(EstimateMean, LeavesOutReplicationsThatObservedNothing) {
  const std::vector<double> values{1, kNan, 3};
  const Estimate estimate = estimate_mean(values);
  EXPECT_DOUBLE_EQ(estimate.mean, 2);
  EXPECT_EQ(estimate.replications, 2u);
  EXPECT_NEAR(estimate.half_width, 12.7062, 1e-4);  // standard error 1, one degree of freedom
}

// Efron and Tibshirani, An Introduction to the Bootstrap, table 10.1 (the patch data):
// ratio -0.0713, standard error by the jackknife 0.106.
TEST(EstimateRatio, PatchData) {
  const std::vector<double> y{-1200, 2601, -2705, 1982, -1290, 351, -638, -2719};
  const std::vector<double> z{8406, 2342, 8187, 8459, 4795, 3516, 4796, 10238};
  const Estimate estimate = estimate_ratio(y, z);
  EXPECT_NEAR(estimate.mean, -0.0713, 5e-5);
  EXPECT_NEAR(estimate.half_width / student_t_975(7), 0.106, 1e-3);
}

// By hand: ratio 5/3; without the first 4/2, without the second 1/1; their mean 1.5;
// variance (1/2) * (0.25 + 0.25) = 0.25.
TEST(EstimateRatio, TwoReplicationsByHand) {
  const std::vector<double> numerators{1, 4};
  const std::vector<double> denominators{1, 2};
  const Estimate estimate = estimate_ratio(numerators, denominators);
  EXPECT_DOUBLE_EQ(estimate.mean, 5.0 / 3.0);
  EXPECT_NEAR(estimate.half_width, 12.7062 * 0.5, 1e-4);
}

TEST(EstimateRatio, EqualDenominatorsGiveTheMean) {
  const std::vector<double> values{2, 3, 7, 4};
  const std::vector<double> ones{5, 5, 5, 5};
  const Estimate ratio = estimate_ratio(values, ones);
  const Estimate mean = estimate_mean(values);
  EXPECT_NEAR(ratio.mean, mean.mean / 5, 1e-14);
  EXPECT_NEAR(ratio.half_width, mean.half_width / 5, 1e-14);
}

TEST(EstimateRatio, NothingObserved) {
  const std::vector<double> zeros{0, 0, 0};
  EXPECT_TRUE(std::isnan(estimate_ratio(zeros, zeros).mean));
  const std::vector<double> once{0, 4, 0};
  EXPECT_TRUE(std::isnan(estimate_ratio(once, once).half_width));
  const std::vector<double> two{1, 2};
  EXPECT_THROW((void)estimate_ratio(zeros, two), ContractViolation);
}

// Student's sleep data (Biometrika 6, 1908): difference 1.58, 95% interval by t 0.7001142 to 2.4598858,
// correlation 0.7951702 (R Core Team, datasets::sleep and t.test). One patient gained far more than the
// others.
TEST(EstimateDifference, StudentsSleepData) {
  const std::vector<double> a{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const std::vector<double> b{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  const PairedEstimate paired = estimate_difference(a, b);
  EXPECT_NEAR(paired.difference.mean, 1.58, 1e-12);
  std::vector<double> gains;
  for (std::size_t i = 0; i < a.size(); ++i) gains.push_back(b[i] - a[i]);
  EXPECT_NEAR(estimate_mean(gains).half_width, 2.4598858 - 1.58, 1e-6);
  EXPECT_NEAR(paired.difference.low, estimate_skewed_mean(gains).low, 1e-12);
  EXPECT_NEAR(paired.difference.high, estimate_skewed_mean(gains).high, 1e-12);
  EXPECT_GT(paired.difference.high, 2.4598858) << "skewed to the right";
  EXPECT_NEAR(paired.correlation, 0.7951702, 1e-6);
}

// What cannot be negative can fall: a difference's interval does not end at 0.
TEST(EstimateDifference, ReachesBelowNothing) {
  const std::vector<double> zeros(4, 0.0), tens(4, 10.0), some{1, -2, 3, 0};
  const Estimate plain = estimate_difference(zeros, some).difference;
  EXPECT_LT(plain.low, -1);
  EXPECT_DOUBLE_EQ(plain.half_width, (plain.high - plain.low) / 2);
  EXPECT_NEAR(estimate_ratio_difference({zeros, tens}, {some, tens}).difference.low, plain.low / 10, 1e-12);
}

// If a difference is rare, ten pairs that are alike say nothing of its size.
TEST(EstimateDifference, NoPairDiffersNoNumber) {
  const std::vector<double> some{3, 0, 7, 7}, other{3, 0, 7, 7.5};
  const PairedEstimate paired = estimate_difference(some, some);
  EXPECT_TRUE(std::isnan(paired.difference.mean) && std::isnan(paired.difference.low));
  EXPECT_EQ(paired.difference.replications, 4U);
  EXPECT_DOUBLE_EQ(paired.correlation, 1);
  EXPECT_DOUBLE_EQ(estimate_difference(some, other).difference.mean, 0.125);
}

TEST(EstimateDifference, CorrelationIsNotBeyondOne) {
  for (int k = 1; k < 2000; ++k) {
    const double x = 0.1 * k, y = 0.7 * k + 0.3;
    const std::vector<double> first{x, y, x + y / 3}, second{-3 * x, -3 * y, -3 * (x + y / 3)};
    const double correlation = estimate_difference(first, second).correlation;
    EXPECT_GE(correlation, -1) << k;
    EXPECT_LT(correlation, -0.999999) << k;
  }
}

TEST(EstimateDifference, ConstantSideHasNoCorrelation) {
  const std::vector<double> a{1, 1, 1};
  const std::vector<double> b{1, 2, 3};
  EXPECT_TRUE(std::isnan(estimate_difference(a, b).correlation));
  EXPECT_DOUBLE_EQ(estimate_difference(a, b).difference.mean, 1);
}

TEST(EstimateRatioDifference, EqualDenominatorsGiveThePairedDifference) {
  const std::vector<double> a{10, 30, 20, 50}, b{14, 33, 29, 51}, tens(4, 10.0);
  const PairedEstimate ratios = estimate_ratio_difference({a, tens}, {b, tens});
  const PairedEstimate plain = estimate_difference(a, b);
  EXPECT_NEAR(ratios.difference.mean, plain.difference.mean / 10, 1e-12);
  EXPECT_NEAR(ratios.difference.half_width, plain.difference.half_width / 10, 1e-12);
  EXPECT_NEAR(ratios.correlation, plain.correlation, 1e-12);
}

TEST(EstimateRatioDifference, IsTheDifferenceOfTheRatios) {
  const std::vector<double> a{10, 30, 20}, of_a{2, 5, 4}, b{14, 33, 29}, of_b{3, 5, 6};
  const PairedEstimate paired = estimate_ratio_difference({a, of_a}, {b, of_b});
  EXPECT_NEAR(paired.difference.mean, 76.0 / 14 - 60.0 / 11, 1e-12);
  EXPECT_EQ(paired.difference.replications, 3U);
  EXPECT_GT(paired.difference.half_width, 0);
  const PairedEstimate same = estimate_ratio_difference({a, of_a}, {a, of_a});
  EXPECT_TRUE(std::isnan(same.difference.mean)) << "no pair differs";
  EXPECT_NEAR(same.correlation, 1, 1e-12);
}

TEST(EstimateRatioDifference, NothingObserved) {
  const std::vector<double> a{10, 30}, of_a{2, 0}, b{14, 33}, of_b{3, 5};
  const PairedEstimate paired = estimate_ratio_difference({a, of_a}, {b, of_b});
  EXPECT_TRUE(std::isnan(paired.difference.mean));
  EXPECT_EQ(paired.difference.replications, 1U);
  EXPECT_TRUE(std::isnan(paired.correlation));
}

/// Share of the beta distribution with parameters a and b below x, by Simpson's rule in u = sqrt(x).
double beta_share(double a, double b, double x) {
  const double scale = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b));
  const auto density = [&](double u) {
    return u <= 0 ? 0.0 : 2 * scale * std::pow(u, 2 * a - 1) * std::pow(1 - u * u, b - 1);
  };
  constexpr int kSteps = 20000;
  const double h = std::sqrt(x) / kSteps;
  double sum = density(0) + density(std::sqrt(x));
  for (int i = 1; i < kSteps; ++i) sum += density(i * h) * (i % 2 == 1 ? 4 : 2);
  return sum * h / 3;
}

// 10 and 30 of 100 by turns: Clopper and Pearson's interval for 1000 observations less what the design effect
// and nine degrees of freedom cost.
TEST(EstimateProportion, IsClopperAndPearsonOnTheEffectiveNumber) {
  const std::vector<double> seen{10, 30, 10, 30, 10, 30, 10, 30, 10, 30}, of(10, 100.0);
  const Estimate estimate = estimate_proportion(seen, of);
  EXPECT_DOUBLE_EQ(estimate.mean, 0.2);
  const double effect = 0.01 * 10 / 9 / (0.2 * 0.8 / 100);  // variance of a share / that of 100 observations
  EXPECT_NEAR(estimate_design_effect(seen, of), effect, 1e-9);
  const double effective = 1000 / effect * std::pow(student_t_975(999) / student_t_975(9), 2);
  const double x = 0.2 * effective;
  EXPECT_NEAR(beta_share(x, effective - x + 1, estimate.low), 0.025, 1e-6);
  EXPECT_NEAR(beta_share(x + 1, effective - x, estimate.high), 0.975, 1e-6);
  EXPECT_GT(estimate.high - estimate.mean, estimate.mean - estimate.low) << "nearer to 0 than to 1";
}

// One of ten in each of ten replications: they vary less than independent observations, and no more than the
// 100 observations are counted.
TEST(EstimateProportion, CountsNoMoreThanWasObserved) {
  const Estimate estimate = estimate_proportion(std::vector(10, 1.0), std::vector(10, 10.0));
  EXPECT_NEAR(beta_share(10, 91, estimate.low), 0.025, 1e-6);
  EXPECT_NEAR(beta_share(11, 90, estimate.high), 0.975, 1e-6);
}

TEST(EstimateProportion, RepeatedObservationsAreNotMoreOfThem) {
  // Replications that saw none or all: ten clusters tell no more than ten observations.
  const std::vector<double> seen{50, 0, 0, 50, 0, 0, 0, 50, 0, 0}, of(10, 50.0);
  EXPECT_NEAR(estimate_design_effect(seen, of), 50 * 10.0 / 9, 1e-9);
  const Estimate clusters = estimate_proportion(seen, of);
  EXPECT_LT(clusters.low, 0.08);
  EXPECT_GT(clusters.high, 0.64);
}

TEST(EstimateProportion, NothingSeenStillHasAnUpperEnd) {
  const std::vector<double> none(10, 0.0), of(10, 30.0), all(10, 30.0);
  const Estimate estimate = estimate_proportion(none, of, 2);
  const double effective = 150 * std::pow(student_t_975(299) / student_t_975(9), 2);
  EXPECT_EQ(estimate.mean, 0);
  EXPECT_EQ(estimate.low, 0);
  EXPECT_NEAR(estimate.high, 1 - std::pow(0.025, 1 / effective), 1e-9);
  const Estimate opposite = estimate_proportion(all, of, 2);
  EXPECT_NEAR(opposite.low, 1 - estimate.high, 1e-9);
  EXPECT_EQ(opposite.high, 1);
  EXPECT_TRUE(std::isnan(estimate_design_effect(none, of)));
  EXPECT_TRUE(std::isnan(estimate_proportion(std::vector{1.0}, std::vector{2.0}).low));
}

// Willink's interval is Hall's cubic transformation (1992) of the t statistic, solved for the mean: put into
// it, the ends give Student's quantile back.
TEST(EstimateSkewedMean, EndsAreStudentsInHallsTransformation) {
  const std::vector<double> values{0, 0, 0, 0, 3, 0, 1, 0, 0, 12, 0, 2};
  const Estimate estimate = estimate_skewed_mean(values);
  const double n = 12, mean = 1.5;
  double squares = 0, cubes = 0;
  for (const double value : values) {
    squares += std::pow(value - mean, 2);
    cubes += std::pow(value - mean, 3);
  }
  const double s = std::sqrt(squares / (n - 1));
  const double skewness = cubes * n / ((n - 1) * (n - 2)) / (s * s * s);
  const auto hall = [&](double end) {
    const double g = (mean - end) / (s / std::sqrt(n));
    return g + skewness * g * g / (3 * std::sqrt(n)) + skewness * skewness * g * g * g / (27 * n) +
           skewness / (6 * std::sqrt(n));
  };
  EXPECT_DOUBLE_EQ(estimate.mean, mean);
  EXPECT_NEAR(hall(estimate.low), student_t_975(11), 1e-9);
  EXPECT_NEAR(hall(estimate.high), -student_t_975(11), 1e-9);
  EXPECT_GT(estimate.high - mean, mean - estimate.low);
}

TEST(EstimateSkewedMean, EndsAtNothing) {
  for (const std::vector<double>& values :
       {std::vector<double>{0, 5, 6, 4, 5}, std::vector<double>{0, 9}, std::vector<double>{0, 0, 0, 0, 8}}) {
    const Estimate estimate = estimate_skewed_mean(values);
    EXPECT_GE(estimate.low, 0);
    EXPECT_GT(estimate.high, estimate.mean);
    EXPECT_DOUBLE_EQ(estimate.half_width, (estimate.high - estimate.low) / 2);
  }
}

TEST(EstimateSkewedMean, OfSymmetricValuesIsStudents) {
  const std::vector<double> values{1, 2, 3, 4, 5, kNan};
  const Estimate student = estimate_mean(values), skewed = estimate_skewed_mean(values);
  EXPECT_DOUBLE_EQ(skewed.low, student.low);
  EXPECT_DOUBLE_EQ(skewed.high, student.high);
  EXPECT_EQ(skewed.replications, 5U);
  EXPECT_DOUBLE_EQ(estimate_skewed_mean(std::vector<double>(4, 7.0)).high, 7) << "nothing varies";
}

// Nobody waited in ten replications; elsewhere one replication's variance is 4.
TEST(EstimateSkewedMean, WhereNothingVariesTheUsualVarianceStandsIn) {
  const std::vector<double> none(10, 0.0), tens(10, 10.0);
  const Estimate estimate = estimate_skewed_mean(none, 4);
  EXPECT_EQ(estimate.mean, 0);
  EXPECT_EQ(estimate.low, 0);
  EXPECT_NEAR(estimate.high, student_t_975(9) * std::sqrt(4.0 / 10), 1e-12);
  const Estimate ratio = estimate_skewed_ratio(tens, tens, 4);
  EXPECT_NEAR(ratio.low, 1 - student_t_975(9) * std::sqrt(4.0 / 100), 1e-12);
  EXPECT_NEAR(ratio.high, 1 + student_t_975(9) * std::sqrt(4.0 / 100), 1e-12);
  const std::vector<double> some{0, 0, 1, 0, 12, 2};
  EXPECT_EQ(estimate_skewed_mean(some, 4).high, estimate_skewed_mean(some).high) << "they tell it themselves";
}

TEST(EstimateSkewedMean, TheVarianceOfOneReplicationAndOfOneUnit) {
  const std::vector<double> values{1, 2, 3, 4, 5}, tens(5, 10.0);
  EXPECT_NEAR(estimate_variance(values), 2.5, 1e-12);
  EXPECT_NEAR(estimate_variance_of_ratio(values, tens), 2.5 / 5 / 100 * 50, 1e-12);
  EXPECT_TRUE(std::isnan(estimate_variance(tens)));
  EXPECT_TRUE(std::isnan(estimate_variance_of_ratio(tens, tens)));
}

// Replications of equal length: a ratio is a mean.
TEST(EstimateSkewedRatio, OfEqualDenominatorsIsTheSkewedMean) {
  const std::vector<double> values{0, 0, 1, 0, 12, 2}, fives(6, 5.0);
  const Estimate ratio = estimate_skewed_ratio(values, fives), mean = estimate_skewed_mean(values);
  EXPECT_NEAR(ratio.mean, mean.mean / 5, 1e-14);
  EXPECT_NEAR(ratio.low, mean.low / 5, 1e-12);
  EXPECT_NEAR(ratio.high, mean.high / 5, 1e-12);
  EXPECT_EQ(ratio.replications, 6U);
  EXPECT_TRUE(std::isnan(estimate_skewed_ratio(values, std::vector{0.0, 0.0, 1.0, 0.0, 0.0, 0.0}).low));
}

TEST(EstimateSkewedRatio, EndsAtNothing) {
  const std::vector<double> values{0, 0, 0, 0, 9}, fives(5, 5.0);
  const Estimate estimate = estimate_skewed_ratio(values, fives);
  EXPECT_EQ(estimate.low, 0);
  EXPECT_GT(estimate.high, estimate.mean);
  EXPECT_DOUBLE_EQ(estimate.half_width, estimate.high / 2);
}

TEST(EstimateSkewedRatio, ReplicationsWithoutDenominatorSawNothing) {
  const std::vector<double> some{4, 0, 9, 2}, of_some{2, 0, 3, 2}, three{4, 9, 2}, of_three{2, 3, 2};
  const Estimate with = estimate_skewed_ratio(some, of_some),
                 without = estimate_skewed_ratio(three, of_three);
  EXPECT_DOUBLE_EQ(with.low, without.low);
  EXPECT_EQ(with.replications, 3U);
}

// Garwood (1936): of 10 events 4.7954 to 18.3904, of none 0 to 3.6889.
TEST(EstimateCount, IsGarwoodsWhereEventsAreIndependent) {
  const Estimate estimate = estimate_count(std::vector(10, 1.0));
  EXPECT_DOUBLE_EQ(estimate.mean, 1);
  EXPECT_NEAR(estimate.low, 0.47954, 1e-5);
  EXPECT_NEAR(estimate.high, 1.83904, 1e-5);
}

TEST(EstimateCount, NothingSeenStillHasAnUpperEnd) {
  const Estimate estimate = estimate_count(std::vector(10, 0.0), 2);
  const double t_ratio = student_t_975(9) / 1.959963984540054;
  EXPECT_EQ(estimate.mean, 0);
  EXPECT_EQ(estimate.low, 0);
  EXPECT_NEAR(estimate.high, 0.36889 * 2 * t_ratio * t_ratio, 1e-5);
  EXPECT_TRUE(std::isnan(estimate_dispersion(std::vector(10, 0.0))));
  EXPECT_TRUE(std::isnan(estimate_count(std::vector{1.0}).low));
}

// Events in batches of 20: one tells no more than one event.
TEST(EstimateCount, BatchesAreNotMoreEvents) {
  const std::vector<double> counts{0, 0, 20, 0, 0, 0, 0, 0, 0, 0};
  EXPECT_NEAR(estimate_dispersion(counts), 40 / 2.0, 1e-9);
  const Estimate estimate = estimate_count(counts);
  EXPECT_LT(estimate.low, 0.1);
  EXPECT_GT(estimate.high, 10);
}

// So many events that the gamma distribution is nearly normal: Student's interval.
TEST(EstimateCount, OfManyIsStudents) {
  const std::vector<double> counts{10100, 9700, 10300, 9800, 10600, 9500, 10000, 10200, 9900, 9900};
  const Estimate count = estimate_count(counts), student = estimate_mean(counts);
  EXPECT_NEAR(count.low, student.low, 0.02 * student.half_width);
  EXPECT_NEAR(count.high, student.high, 0.02 * student.half_width);
}

TEST(EstimateSkewedMean, WhereNothingStandsInThereIsNoNumber) {
  const std::vector<double> none(4, 0.0), some{0, 0, 1, 0};
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(estimate_skewed_mean(none, unknown).mean));
  EXPECT_TRUE(std::isnan(estimate_skewed_ratio(none, std::vector(4, 2.0), unknown).mean));
  EXPECT_EQ(estimate_skewed_mean(some, unknown).high, estimate_skewed_mean(some).high);
}

// Student's, cut to what is possible; where all are alike, of the usual variance.
TEST(EstimateBoundedMean, IsStudentsWithinTheRange) {
  const std::vector<double> shares{0.2, 0.99, 0.9, 0.95}, ones(4, 1.0), tens(4, 10.0), alike(4, 7.0);
  const Estimate share = estimate_bounded_mean(shares, 0, {0, 1}), student = estimate_mean(shares);
  EXPECT_EQ(share.high, 1);
  EXPECT_DOUBLE_EQ(share.low, student.low);
  EXPECT_DOUBLE_EQ(share.half_width, (share.high - share.low) / 2);
  EXPECT_DOUBLE_EQ(estimate_bounded_ratio(shares, ones).low, estimate_ratio(shares, ones).low);
  EXPECT_NEAR(estimate_bounded_ratio(alike, tens, 4).high, 0.7 + student_t_975(3) * std::sqrt(4.0 / 40),
              1e-12);
}

// Two runs of which no replication differs: as if they were not paired.
TEST(EstimateUnpairedDifference, JoinsTheArmsByTheirSquares) {
  const Estimate a{10, 2, 4, 9, 13}, b{12, 4, 5, 8, 16};
  const Estimate difference = estimate_unpaired_difference(a, b);
  EXPECT_DOUBLE_EQ(difference.mean, 2);
  EXPECT_DOUBLE_EQ(difference.low, 2 - 5);
  EXPECT_DOUBLE_EQ(difference.high, 2 + std::hypot(4, 1));
  EXPECT_EQ(difference.replications, 4U);
}

// What cannot be is not unlikely: its 0 is exact.
TEST(EstimateCount, OfWhatCannotBeHasNoLength) {
  const std::vector<double> none(4, 0.0), of(4, 100.0), some{0, 0, 1, 0};
  EXPECT_EQ(estimate_count(none, 0).high, 0);
  EXPECT_GT(estimate_count(none, 1).high, 0);
  EXPECT_EQ(estimate_proportion(none, of, 0).high, 0);
  EXPECT_GT(estimate_proportion(none, of, 1).high, 0);
  EXPECT_EQ(estimate_count(some, 0).high, estimate_count(some, 1).high) << "it was seen all the same";
}

// Student's would be 0.7 to 1.3.
TEST(EstimateSkewedMean, IsCutToTheRange) {
  const std::vector<double> shares{0.95, 1, 1, 1}, trips{1.5, 1, 1, 1};
  EXPECT_EQ(estimate_skewed_mean(shares, 0, {0, 1}).high, 1);
  EXPECT_EQ(estimate_skewed_mean(trips, 0, {1}).low, 1);
  EXPECT_GT(estimate_skewed_mean(shares).high, 1);
  EXPECT_LT(estimate_skewed_mean(trips).low, 1);
}

}  // namespace
}  // namespace pishkhan::estimate_test
