#pragma once
#include <span>
#include <vector>

#include "sim/statistics/verdict.hpp"

namespace pishkhan {

/// One-sided tests of one share against a goal, not adjusted for others.
struct ShareTests {
  double p_met = 1;     ///< probability of so many good ones, if the share were the goal or less
  double p_missed = 1;  ///< of so few, if it were the goal or more
  Estimate share{kNan, kNan};
};
/// As judge_shares tests it. Where the share does not vary, each day of a replication stands for one visit,
/// as what happens on one day may have one cause. Nothing is shown by fewer than two replications.
ShareTests test_share(const ObservedShare& share, double goal);

/// How many times as many replications would give a p-value of `level`, if the share stays as seen; infinite
/// for a p-value of one half and more.
double times_as_many(double p_value, double level);

/// Whether each hypothesis is rejected so that the probability of rejecting any true one is at most `level`,
/// whatever the tests have to do with each other: Holm (1979), Scand. J. Statist. 6:65-70. Every p-value, 0
/// to 1, is a test.
std::vector<bool> rejected_by_holm(std::span<const double> p_values, double level);

}  // namespace pishkhan
