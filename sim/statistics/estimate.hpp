#pragma once
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace pishkhan {

/// What stands where there is no number.
inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// A mean over replications, or another number in its place, with its 95% interval. No interval, no number:
/// with fewer than two replications, or where nothing was observed, all are NaN. A NaN among the values is a
/// replication that observed nothing (no served citizen has no wait); it is left out, and `replications`
/// counts those that remain.
struct Estimate {
  double mean;
  double half_width;  ///< half the length of the interval
  std::size_t replications = 0;
  double low = mean - half_width, high = mean + half_width;  ///< of a quantile not as far from it
};

/// The estimate of 1 - value, of that of a share.
inline Estimate complement(const Estimate& share) {
  Estimate rest = share;
  rest.mean = 1 - share.mean;
  rest.low = 1 - share.high;
  rest.high = 1 - share.low;
  return rest;
}

/// Where a mean can be. Intervals are cut to it.
struct PossibleRange {
  double from = 0, to = std::numeric_limits<double>::infinity();
};

/// 97.5% quantile of Student's t distribution, what a standard error is multiplied by to give a
/// 95% half-width. degrees_of_freedom >= 1.
double student_t_975(std::size_t degrees_of_freedom);

/// What Student's t exceeds with the probability, above 0 and below 1. degrees_of_freedom >= 1.
double student_t_above(std::size_t degrees_of_freedom, double probability);

/// What the variance of so few replications is multiplied by where a normal interval follows.
double correction_for_few(std::size_t replications);

/// Student t over independent replications.
Estimate estimate_mean(std::span<const double> values);

/// Ratio of sums by the jackknife over replications (Efron 1982): numerators[i] / denominators[i]
/// belong to replication i. The mean is the ratio of the sums itself, so that it agrees with the
/// totals beside it; the half-width is Student's t times the jackknife's standard error. NaN where
/// every denominator, or every one but one, is 0.
Estimate estimate_ratio(std::span<const double> numerators, std::span<const double> denominators);

/// Of a proportion: numerators[i] of denominators[i] (counts) in replication i. As estimate_ratio, but with
/// the interval of Korn and Graubard (1998): Clopper and Pearson's for the number of independent observations
/// that would give the same standard error, corrected for the degrees of freedom that replications leave. It
/// stays within 0 and 1 and has a length where nothing was seen.
///
/// That number is at most the number of observations, after the correction. Where all replications saw none
/// or all, the design effect (how many times the variance is that of independent observations) cannot be
/// estimated, and `usual_design_effect` stands in; 0: none can be seen, and where none was the interval has
/// no length.
Estimate estimate_proportion(std::span<const double> numerators, std::span<const double> denominators,
                             double usual_design_effect = 1);
/// The design effect of a proportion, at least 1; NaN where it cannot be estimated.
double estimate_design_effect(std::span<const double> numerators, std::span<const double> denominators);

/// What stands in where a design effect, a dispersion or a variance cannot be estimated: the upper quartile
/// of those of quantities that are alike, 1 if there are none.
double usual_design_effect(std::vector<double> effects);

/// Mean of values whose distribution is skewed to the right, such as waits and overtime, with the interval of
/// Willink (2005), which corrects Student's t by the third moment (skewed_arms), cut to the range. A NaN is
/// left out as in estimate_mean; with fewer than three replications it is Student's.
///
/// Where no two replications differ, the variance of one cannot be estimated; then the interval is Student's
/// for `usual_variance`; NaN: nothing stands in, and where all are 0 there is no
/// number.
Estimate estimate_skewed_mean(std::span<const double> values, double usual_variance = 0,
                              const PossibleRange& range = {});
/// The variance of one replication; NaN where no two differ.
double estimate_variance(std::span<const double> values);

/// The same of a ratio of sums: of the deviations that the jackknife finds for each replication.
/// `usual_variance` is that of one unit of the denominator.
Estimate estimate_skewed_ratio(std::span<const double> numerators, std::span<const double> denominators,
                               double usual_variance = 0, const PossibleRange& range = {});
/// Both without a correction for skewness: Student's interval cut to the range, for what is hardly skewed.
Estimate estimate_bounded_mean(std::span<const double> values, double usual_variance = 0,
                               const PossibleRange& range = {});
Estimate estimate_bounded_ratio(std::span<const double> numerators, std::span<const double> denominators,
                                double usual_variance = 0, const PossibleRange& range = {});

/// The variance of a ratio times the sum of its denominators; NaN where no two replications differ.
double estimate_variance_of_ratio(std::span<const double> numerators, std::span<const double> denominators);

/// Mean number of events that may be rare, with the interval of Fay and Feuer (1997): Garwood's (1936) for
/// the number of independent events that would give the same standard error, corrected for the degrees of
/// freedom that replications leave as estimate_proportion is. It is not below 0 and has a length where no
/// event was seen. A NaN is left out as in estimate_mean.
///
/// That number is at most the number of events, after the correction. Where no event was seen, the dispersion
/// (the variance of a replication's count / its mean) cannot be estimated, and `usual_dispersion` stands in;
/// 0: such events cannot be, and where none was seen the interval has no length.
Estimate estimate_count(std::span<const double> counts, double usual_dispersion = 1);
/// The dispersion of counts, at least 1; NaN where it cannot be estimated.
double estimate_dispersion(std::span<const double> counts);

/// What is known of a difference beside its replications.
struct DifferenceRules {
  PossibleRange range{-std::numeric_limits<double>::infinity()};
  bool is_planned = false;  ///< what all replications say alike is no chance
};

/// Mean of paired differences b - a under common random numbers (estimate_jackknifed_difference). Where no
/// pair differs, nothing bounds what a rare difference would be, and there is no number. And the correlation
/// measured (NaN where one of the two does not vary).
struct PairedEstimate {
  Estimate difference;
  double correlation;
};
PairedEstimate estimate_difference(std::span<const double> a, std::span<const double> b);
/// The difference b - a of two estimates, whose arms are joined by their squares, as if they were not paired
/// (Zou and Donner 2008). Where they are, and alike, the interval is longer than it need be.
Estimate estimate_unpaired_difference(const Estimate& a, const Estimate& b);

/// Sums over which a ratio is formed, by replication.
struct RatioSums {
  std::span<const double> numerators, denominators;
};
/// Correlation of the replications' own ratios; NaN where one of the two does not vary.
double estimate_ratio_correlation(const RatioSums& a, const RatioSums& b);
/// Paired difference of two ratios of sums, b - a, by the jackknife as in estimate_skewed_ratio
/// (estimate_jackknifed_difference); the correlation is that of the replications' own ratios. A replication
/// without one of the denominators is left out.
PairedEstimate estimate_ratio_difference(const RatioSums& a, const RatioSums& b);

}  // namespace pishkhan
