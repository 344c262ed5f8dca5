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

/// What is 0 in all replications, with an interval without length, is known exactly.
double precision_of(const Estimate& estimate, double arm, bool relative) {
  if (!relative || arm == 0) return arm;
  return arm / std::abs(estimate.mean);
}

}  // namespace

double shared_level_factor(std::size_t estimates, std::size_t replications) {
  if (estimates < 2) return 1;
  const boost::math::students_t t(static_cast<double>(replications - 1));
  return boost::math::quantile(t, 1 - 0.025 / static_cast<double>(estimates)) /
         boost::math::quantile(t, 0.975);
}

PrecisionLook SequentialRule::look(std::span<const Estimate> estimates) {
  const bool relative = goal_.share > 0;
  const double limit = relative ? goal_.share / (1 + goal_.share) : goal_.amount;
  const double factor = shared_level_factor(estimates.size(), static_cast<std::size_t>(size_));
  PrecisionLook look{false, true, size_, {}};
  double worst = 0;  // of the goal; infinite where nothing was observed
  for (const Estimate& estimate : estimates) {
    const double precision = precision_of(estimate, larger_arm(estimate) * factor, relative);
    look.precision.push_back(precision);
    worst = std::max(worst, std::isnan(precision) ? kEndless : precision / limit);
  }
  look.reached = worst <= 1 || second_stage_;
  if (cut_) look.reached = false;
  look.ended = look.reached || size_ == goal_.at_most;
  if (look.ended) return look;
  if (relative) {
    size_ = next_size(size_, goal_.at_most);
  } else {
    const double needed = std::ceil(size_ * worst * worst);
    second_stage_ = true;
    cut_ = needed > goal_.at_most;
    size_ = static_cast<int>(std::min<double>(needed, goal_.at_most));
  }
  return look;
}

}  // namespace pishkhan
