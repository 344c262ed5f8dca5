#include "sim/statistics/pooled_quantile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace pishkhan::pooled_quantile_test {
namespace {

WaitHistogram histogram_of(const std::vector<double>& waits) {
  WaitHistogram histogram;
  for (const double wait : waits) histogram.add(wait);
  return histogram;
}

/// Days of very different length of queue: a day's waits are exponential with a mean of the day's own.
std::vector<WaitHistogram> uneven_days(std::size_t days, std::mt19937_64& random) {
  std::vector<WaitHistogram> histograms(days);
  for (WaitHistogram& day : histograms) {
    const double mean_s = 60 * std::exp(std::normal_distribution(0.0, 1.0)(random));
    std::exponential_distribution wait(1 / mean_s);
    for (int i = 0; i < 50; ++i) day.add(wait(random));
  }
  return histograms;
}

TEST(PooledQuantile, IsTheQuantileOfAllTogether) {
  std::mt19937_64 random(1);
  const std::vector<WaitHistogram> days = uneven_days(20, random);
  WaitHistogram all;
  for (const WaitHistogram& day : days) all += day;
  for (const double p : {0.05, 0.5, 0.9, 0.95}) {
    const Estimate estimate = pooled_quantile(days, p);
    EXPECT_NEAR(estimate.mean, all.quantile(p), 1e-9 * estimate.mean);
    EXPECT_EQ(estimate.replications, 20U);
    EXPECT_LT(estimate.low, estimate.mean);
    EXPECT_GT(estimate.high, estimate.mean);
  }
}

TEST(PooledQuantile, DoesNotDependOnHowLongReplicationsAre) {
  // One replication with a wait of 10 s for nine in ten, one with 1,000 s for the single citizen it saw.
  const std::vector<WaitHistogram> uneven{histogram_of(std::vector<double>(999, 10.0)), histogram_of({1000})};
  EXPECT_NEAR(pooled_quantile(uneven, 0.9).mean, 10, 10.0 / 32) << "the mean of both 90% quantiles is 505";
}

/// Whether the interval of a share, of which the smaller of it and the rest is estimated, excludes p.
bool excludes(const std::vector<double>& below, const std::vector<double>& total, double p) {
  double of_below = 0, of_all = 0;
  std::vector<double> above;
  for (std::size_t i = 0; i < below.size(); ++i) {
    of_below += below[i];
    of_all += total[i];
    above.push_back(total[i] - below[i]);
  }
  const bool is_smaller = 2 * of_below <= of_all;
  const std::vector<double>& smaller = is_smaller ? below : above;
  const Estimate share = estimate_skewed_ratio(smaller, total);
  const double farthest = share.mean + 3 * estimate_ratio(smaller, total).half_width;
  const double low = share.low, high = std::min(share.high, farthest);
  return is_smaller ? high <= p || low >= p : 1 - low <= p || 1 - high >= p;
}

// In four replications the error of the share below may grow faster than the share does: values farther out
// may be included although one nearer is not. The interval reaches to the farthest.
TEST(PooledQuantile, TheIntervalReachesToTheFarthestValueThatIsNotExcluded) {
  std::mt19937_64 random(4);
  int with_gaps = 0;
  for (int experiment = 0; experiment < 200; ++experiment) {
    const std::vector<WaitHistogram> days = uneven_days(4, random);
    std::size_t bins = 0;
    for (const WaitHistogram& day : days) bins = std::max(bins, day.counts().size());
    std::vector<double> below(4, 0.0), total;
    for (const WaitHistogram& day : days) total.push_back(static_cast<double>(day.count()));
    std::vector<bool> included;  // by bin: the value at its upper edge
    for (std::size_t bin = 0; bin + 1 < bins; ++bin) {
      for (std::size_t i = 0; i < days.size(); ++i)
        below[i] += bin < days[i].counts().size() ? days[i].counts()[bin] : 0;
      included.push_back(!excludes(below, total, 0.9));
    }
    const auto first = std::find(included.begin(), included.end(), true);
    const auto last = std::find(included.rbegin(), included.rend(), true);
    if (first == included.end()) continue;
    const Estimate estimate = pooled_quantile(days, 0.9);
    const auto low = static_cast<std::size_t>(first - included.begin());
    const auto high = static_cast<std::size_t>(included.rend() - last);  // the bin after it
    EXPECT_DOUBLE_EQ(estimate.low, WaitHistogram::lower_edge(low)) << experiment;
    EXPECT_DOUBLE_EQ(estimate.high, WaitHistogram::upper_edge(high)) << experiment;
    with_gaps += std::count(first, last.base(), false) > 0;
  }
  EXPECT_GT(with_gaps, 0) << "none of the experiments shows it";
}

TEST(PooledQuantile, TheIntervalHoldsWhatTheShareBelowDoesNotExclude) {
  std::mt19937_64 random(2);
  const std::vector<WaitHistogram> days = uneven_days(12, random);
  const Estimate estimate = pooled_quantile(days, 0.8);
  // The share below a value, by hand, at the two ends and just beyond them.
  const auto excluded = [&](double value_s) {
    std::vector<double> below, total;
    for (const WaitHistogram& day : days) {
      double sum = 0;
      for (std::size_t bin = 0; bin < day.counts().size(); ++bin)
        if (WaitHistogram::upper_edge(bin) <= value_s) sum += day.counts()[bin];
      below.push_back(sum);
      total.push_back(static_cast<double>(day.count()));
    }
    return excludes(below, total, 0.8);
  };
  EXPECT_TRUE(excluded(estimate.low));
  EXPECT_FALSE(excluded(estimate.low * (1 + 1.001 / 32)));
  EXPECT_TRUE(excluded(estimate.high));
  EXPECT_FALSE(excluded(estimate.high / (1 + 1.001 / 32)));
}

TEST(PooledQuantile, WhereAlmostNobodyWaitsItIsZero) {
  std::vector<WaitHistogram> days(5, histogram_of(std::vector<double>(100, 0.0)));
  days[2].add(30);
  const Estimate estimate = pooled_quantile(days, 0.5);
  EXPECT_EQ(estimate.mean, 0);
  EXPECT_EQ(estimate.low, 0);
  EXPECT_EQ(estimate.high, 0);
}

TEST(PooledQuantile, NeedsTwoReplicationsThatSawSomething) {
  const std::vector<WaitHistogram> one{histogram_of({1, 2, 3}), WaitHistogram(), WaitHistogram()};
  EXPECT_TRUE(std::isnan(pooled_quantile(one, 0.5).mean));
  EXPECT_TRUE(std::isnan(pooled_quantile(one, 0.5).low));
  EXPECT_EQ(pooled_quantile(one, 0.5).replications, 1U);
  EXPECT_TRUE(std::isnan(pooled_quantile(std::vector<LevelHistogram>(3), 0.5).mean));
}

TEST(PooledQuantile, OfALevelIsWeightedByTime) {
  std::vector<LevelHistogram> days(2);
  days[0].add(0, 90);
  days[0].add(7, 10);
  days[1].add(0, 900);
  days[1].add(3, 60);
  days[1].add(9, 40);
  // Of 1,100 s 990 have nobody, 60 have 3, 10 have 7, 40 have 9.
  EXPECT_EQ(pooled_quantile(days, 0.89).mean, 0);
  EXPECT_EQ(pooled_quantile(days, 0.92).mean, 3);
  EXPECT_EQ(pooled_quantile(days, 0.96).mean, 7);
  EXPECT_EQ(pooled_quantile(days, 0.97).mean, 9);
  EXPECT_EQ(pooled_quantile(days, 0.97).high, 9) << "no level above the highest";
}

/// Interval of the 90% quantile from ten sections' own quantiles (Asmussen and Glynn 2007, III.4a).
Estimate by_sections(const std::vector<WaitHistogram>& days) {
  constexpr std::size_t kSections = 10;
  std::vector<WaitHistogram> sections(kSections);
  for (std::size_t i = 0; i < days.size(); ++i) sections[i % kSections] += days[i];
  std::vector<double> quantiles;
  for (const WaitHistogram& section : sections) quantiles.push_back(section.quantile(0.9));
  return estimate_mean(quantiles);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// 2,000 experiments of 100 replications: both intervals should hold the true quantile in 95% of them, and be
// of like length. The standard error of a coverage is 0.5%.
TEST(PooledQuantile, CoversAndAgreesWithSections) {
  std::mt19937_64 random(3);
  WaitHistogram many;
  for (int i = 0; i < 200; ++i)
    for (const WaitHistogram& day : uneven_days(1000, random)) many += day;
  const double truth_s = many.quantile(0.9);
  constexpr int kExperiments = 2000;
  int covered = 0;
  std::vector<double> lengths_s, section_lengths_s;
  for (int i = 0; i < kExperiments; ++i) {
    const std::vector<WaitHistogram> days = uneven_days(100, random);
    const Estimate estimate = pooled_quantile(days, 0.9), sections = by_sections(days);
    covered += estimate.low <= truth_s && truth_s <= estimate.high;
    lengths_s.push_back(estimate.half_width);
    section_lengths_s.push_back(sections.half_width);
  }
  EXPECT_GT(covered, kExperiments * 0.935);
  EXPECT_LT(covered, kExperiments * 0.975);
  EXPECT_NEAR(median(lengths_s) / median(section_lengths_s), 1, 0.1);
  const auto sum = [](const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  EXPECT_NEAR(sum(lengths_s) / sum(section_lengths_s), 1, 0.2) << "a few are long";
}

// Where replications are few. The standard error of a coverage is 0.5% to 0.8%.
TEST(PooledQuantile, CoversInFewReplications) {
  const std::pair<std::size_t, double> least[] = {{4, 0.85}, {10, 0.935}, {30, 0.95}};
  std::mt19937_64 random(5);
  WaitHistogram many;
  for (const WaitHistogram& day : uneven_days(20'000, random)) many += day;
  const double truth_s = many.quantile(0.9);
  constexpr int kExperiments = 2000;
  for (const auto& [replications, at_least] : least) {
    int covered = 0;
    for (int i = 0; i < kExperiments; ++i) {
      const Estimate estimate = pooled_quantile(uneven_days(replications, random), 0.9);
      covered += estimate.low <= truth_s && truth_s <= estimate.high;
    }
    EXPECT_GT(covered, kExperiments * at_least) << replications;
  }
}

}  // namespace
}  // namespace pishkhan::pooled_quantile_test
