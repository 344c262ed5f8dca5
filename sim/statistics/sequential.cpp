#include "sim/statistics/sequential.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();

/// A fifth more, at least one.
int next_size(int size, int at_most) {
  return static_cast<int>(std::min<std::int64_t>((static_cast<std::int64_t>(size) * 6 + 4) / 5, at_most));
}

double larger_arm(const Estimate& estimate) {
  return std::max(estimate.high - estimate.mean, estimate.mean - estimate.low);
}

/// The g at which an arm is g / (1 + g) of the mean. What is 0 in all replications, with an interval without
/// length, is known exactly.
double relative_precision(double arm, double mean) {
  if (arm == 0) return 0;
  const double share = arm / std::abs(mean);
  return share < 1 ? share / (1 - share) : share + kEndless;
}

}  // namespace

double shared_level_factor(std::size_t estimates, std::size_t replications) {
  if (estimates < 2 || replications < 2) return 1;
  const boost::math::students_t t(static_cast<double>(replications - 1));
  return boost::math::quantile(t, 1 - 0.025 / static_cast<double>(estimates)) /
         boost::math::quantile(t, 0.975);
}

PrecisionLook SequentialRule::look(std::span<const Estimate> estimates) {
  const bool relative = goal_.share > 0;
  const double goal = relative ? goal_.share : goal_.amount;
  PrecisionLook look{false, true, size_, {}};
  bool is_precise = true;
  double needed = 0;  // replications, by Stein
  for (const Estimate& estimate : estimates) {
    const double factor = shared_level_factor(estimates.size(), estimate.replications);
    const double arm = larger_arm(estimate) * factor;
    look.precision.push_back(relative ? relative_precision(arm, estimate.mean) : arm);
    is_precise = is_precise && look.precision.back() <= goal;
    const double of_goal = arm / goal;
    needed = std::max(needed, std::isnan(of_goal) ? kEndless : std::ceil(size_ * of_goal * of_goal));
  }
  const bool is_last = size_ == goal_.at_most, has_needed = second_stage_ && !cut_;
  look.reached = is_precise && (!relative || was_precise_ || is_last);
  was_precise_ = is_precise;
  if (has_needed) {
    for (double& one : look.precision) one = std::min(one, goal);
    look.reached = std::ranges::none_of(look.precision, [](double one) { return std::isnan(one); });
  }
  look.ended = look.reached || is_last;
  if (look.ended) return look;
  if (relative) {
    size_ = next_size(size_, goal_.at_most);
  } else {
    second_stage_ = true;
    cut_ = needed > goal_.at_most;
    size_ = static_cast<int>(std::min<double>(needed, goal_.at_most));
  }
  return look;
}

PrecisionLook look_until_precise(const PrecisionGoal& goal,
                                 const std::function<std::vector<Estimate>(int)>& estimates_after) {
  SequentialRule rule(goal);
  for (;;) {
    PrecisionLook look = rule.look(estimates_after(rule.size()));
    if (look.ended) return look;
  }
}

}  // namespace pishkhan
