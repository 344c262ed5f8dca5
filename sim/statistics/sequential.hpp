#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// When replications are enough for a precision.
struct PrecisionGoal {
  int first = 10;     ///< replications of the first look, >= 2
  int at_most = 0;    ///< replications, >= first
  double share = 0;   ///< > 0: relative, longer arm / |mean|
  double amount = 0;  ///< else absolute: longer arm in the unit of the estimates
};

/// What a look at the replications so far has found.
struct PrecisionLook {
  bool ended = false;
  bool reached = false;  ///< the precision, not the limit, ended it
  int replications = 0;  ///< looked at
  /// Of each estimate, as it is asked for: the g at which the larger arm is g / (1 + g) of the mean (infinite
  /// where the interval reaches 0), or the larger arm, which after Stein's second stage is at most the
  /// amount.
  std::vector<double> precision;
};

/// Of estimates that share the level of 95% by Bonferroni: what the arms of a 95% interval over so many
/// replications are multiplied by.
double shared_level_factor(std::size_t estimates, std::size_t replications);

/// Decides how many replications are enough.
///
/// Relative: it looks after 10 replications and then at sizes that grow by a fifth, until at two looks in a
/// row every arm is at most g / (1 + g) of its mean, which bounds the error by g of the unknown truth (Law
/// 2015, 9.4.1). The second look is there because a variance that happens to be small would end it too early.
/// At the limit one look is enough. Absolute: two stages (Stein 1945): the variance among the first
/// replications says how many are needed, and they are made without another look, so that the interval mean
/// +- amount has its level whatever the variance is, where replications are normal. Where the limit is less,
/// the interval at the limit decides. The longer arm counts; several estimates share the level of 95%.
class SequentialRule {
 public:
  explicit SequentialRule(const PrecisionGoal& goal) : goal_(goal), size_(goal.first) {}

  /// Replications to look at next, in all.
  [[nodiscard]] int size() const { return size_; }
  /// What the estimates after size() replications say.
  PrecisionLook look(std::span<const Estimate> estimates);

 private:
  PrecisionGoal goal_;
  int size_;
  bool was_precise_ = false;                 ///< at the last look
  bool second_stage_ = false, cut_ = false;  ///< of Stein's two
};

/// Replications as many as a goal takes: estimates_after(n) makes them n and returns their estimates.
PrecisionLook look_until_precise(const PrecisionGoal& goal,
                                 const std::function<std::vector<Estimate>(int)>& estimates_after);

}  // namespace pishkhan
