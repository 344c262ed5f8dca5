#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

// Whether the share of good visits reaches a goal, at one station or at thousands.

/// Visits of a station on a day of one replication, or in an unbroken run.
struct GoodCount {
  std::uint32_t counted = 0;  ///< visits that the share is taken of
  std::uint32_t good = 0;     ///< of them, those as they should be

  GoodCount& operator+=(const GoodCount& other) {
    counted += other.counted;
    good += other.good;
    return *this;
  }
};

/// Whether `good` of `counted` is less than a goal, which is a share written in decimals. 14 of 25 reach 56%,
/// although 0.56 * 25 is above 14 in floating point: what rounding may add to the product is taken off.
inline bool is_below_goal(double good, double counted, double goal) {
  constexpr double kRounding = 4 * std::numeric_limits<double>::epsilon();
  return good < goal * counted * (1 - kRounding);
}

/// What the days of a replication have to do with each other.
enum class DaysAre : std::uint8_t {
  independent,  ///< queues do not carry over
  neighbours,   ///< queues do not carry over, but who was not served may come again the next working day
  one_run,      ///< queues carry over: only replications are independent
};

/// A share, and how much was seen of it.
struct ObservedShare {
  std::size_t replications = 0;
  double counted = 0;             ///< visits of all replications
  double mean = 0;                ///< good / counted; NaN where nothing was counted
  double degrees_of_freedom = 0;  ///< of its variance; 0 with fewer than two replications
  /// How many times the variance is that of independent visits, at least 1; NaN where it cannot be estimated
  /// because nothing varies.
  double design_effect = 0;
  double days = 0;  ///< with visits, of all replications; replications, where DaysAre::one_run
};

/// The share over all days. `counts`: [day * replications + replication].
///
/// Every day of every replication has the residual good - mean * counted. Days differ, and so the variance
/// of their sum is estimated date by date, across replications, and added up; where neighbouring days
/// influence each other, with twice their covariances. The degrees of freedom are Satterthwaite's (1946).
ObservedShare observe_share(std::span<const GoodCount> counts, std::size_t replications, DaysAre days);

enum class Verdict : std::uint8_t { met, missed, at_target, undecided };

/// A share, or another value, against its goal.
struct Judgement {
  Verdict verdict = Verdict::undecided;
  Estimate value{};  ///< of a share with the interval of Korn and Graubard, as estimate_proportion
  double p_missed = 1, p_met = 1;  ///< adjusted by Benjamini and Hochberg; NaN where nothing can be tested
  /// Where undecided: replications that would decide if the share stays as it is; without a value, more than
  /// kMostReplicationsNeeded.
  std::optional<int> replications_needed;
};
inline constexpr int kMostReplicationsNeeded = 1000;
inline constexpr double kFalseDiscoveryRate = 0.05;

/// Judges shares, of one definition, against a goal. Two families of one-sided tests, one of "the goal is
/// met" and one of "the goal is missed", each by Benjamini and Hochberg at kFalseDiscoveryRate: of those
/// called missed at most 5% meet the goal, in expectation, and the reverse. A test is that of a binomial
/// share of the effective number of visits, as many independent ones as would give the same variance,
/// corrected for the degrees of freedom (Korn and Graubard 1998). Where a share does not vary, the upper
/// quartile of the others' design effects stands in; below ten degrees of freedom it is the least taken.
///
/// `at_target`: neither met nor missed, and the whole 95% interval of the share is within `margin` of the
/// goal.
std::vector<Judgement> judge_shares(std::span<const ObservedShare> shares, double goal, double margin);

/// A value with the p-values of its tests, not adjusted; NaN where nothing can be tested.
struct Tested {
  Estimate value;
  double p_missed, p_met;
  bool is_missed;  ///< the value itself is on the side of its goal where that is missed
};
/// The judgements of values of one definition, as described at judge_shares.
std::vector<Judgement> judge_tested(std::span<const Tested> tested, double goal, double margin);

}  // namespace pishkhan
