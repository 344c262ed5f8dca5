#pragma once
#include <span>
#include <vector>

#include "sim/statistics/verdict.hpp"

namespace pishkhan {

// Whether a ratio of sums (a mean wait, utilization, overtime a day) is a goal at most, at one station or at
// thousands. Replications alone count as independent.

/// What a ratio is formed of.
struct RatioParts {
  double numerator = 0, denominator = 0;

  RatioParts& operator+=(const RatioParts& other) {
    numerator += other.numerator;
    denominator += other.denominator;
    return *this;
  }
};

/// Whether a ratio is more than a goal; what rounding may add is taken off.
inline bool is_above_goal(const RatioParts& parts, double goal) {
  constexpr double kRounding = 4 * std::numeric_limits<double>::epsilon();
  return parts.numerator > goal * parts.denominator * (1 + kRounding);
}

/// What is known of a ratio beside its replications.
struct RatioRules {
  bool is_skewed = true;  ///< has a long tail to the right
  double largest = 1;     ///< of a replication, above the goal
};

/// One-sided tests of one ratio against a goal, not adjusted for others.
struct RatioTests {
  double p_met = 1;     ///< of so little, if the ratio were the goal or more
  double p_missed = 1;  ///< of so much, if it were the goal or less
  Estimate value{kNan, kNan};
};

/// From the parts of each replication. The tests are Student's for the jackknife's standard error, and the
/// interval is Student's, or Willink's of what is skewed. Then p_missed is also at least that of Hall's
/// (1992) transformation, and p_met is the largest of three: Student's, that of Hall's transformation for a
/// skewness at least that of a lognormal distribution of the same variation, and Student's of the logarithm.
/// Where the truth is the goal, replications are lognormal with a variation of 0.5 or exponential, and there
/// are 10 to 34 of them, p <= 0.05 comes in 1 to 5% of experiments, and p <= 0.001 in 0 to 0.14%.
///
/// Where no two replications differ, `usual_variance` stands in, that of one unit of the denominator; NaN:
/// none does, and the test is that of a ratio which is either as seen or `largest` (or, above the goal, 0):
/// of all ratios with the mean of the goal, this one is most often seen so. Nothing is shown by fewer than
/// two replications with a denominator.
RatioTests test_ratio(std::span<const RatioParts> replications, double goal, const RatioRules& rules,
                      double usual_variance = kNan);

/// Judges ratios, of one definition, against a goal that they are to be at most, as judge_shares does: each
/// row the parts of each replication. The upper quartile of the others' variances is the usual one.
std::vector<Judgement> judge_ratios(std::span<const std::vector<RatioParts>> rows, double goal, double margin,
                                    const RatioRules& rules);

}  // namespace pishkhan
