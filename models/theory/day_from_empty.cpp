#include "models/theory/day_from_empty.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>

#include "models/theory/birth_death.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan::theory {
namespace {

constexpr double kNegligibleTail = 1e-18;

}  // namespace

DayFromEmpty::DayFromEmpty(int servers, double arrival_rate, double mean_service, double doors_open)
    : servers_(servers), mean_service_(mean_service), doors_open_(doors_open) {
  PISHKHAN_EXPECT(servers >= 1 && arrival_rate > 0 && mean_service > 0 && doors_open > 0);
  const double tick_rate = arrival_rate + servers / mean_service;
  const double up = arrival_rate / tick_rate;
  // About one tick a step keeps the Poisson weights from underflowing.
  const int steps = static_cast<int>(std::ceil(tick_rate * doors_open));
  const double ticks = tick_rate * doors_open / steps;

  std::vector<double> state{1};
  for (int step = 0; step < steps; ++step) {
    std::vector<double> walk = state;  // the state after k ticks
    double weight = std::exp(-ticks);  // probability of k ticks
    double beyond = 1 - weight;        // probability of more than k ticks
    std::vector<double> next(walk.size());
    for (int k = 0; beyond > kNegligibleTail || k == 0; ++k) {
      next.resize(walk.size());
      average_.resize(std::max(average_.size(), walk.size()));
      for (std::size_t n = 0; n < walk.size(); ++n) {
        next[n] += weight * walk[n];
        average_[n] += beyond / ticks / steps * walk[n];
      }
      std::vector<double> moved(walk.size() + (walk.back() > kNegligibleTail ? 1 : 0));
      for (std::size_t n = 0; n < walk.size(); ++n) {
        const double down = std::min<double>(static_cast<double>(n), servers) / mean_service / tick_rate;
        moved[std::min(n + 1, moved.size() - 1)] += up * walk[n];
        if (n > 0) moved[n - 1] += down * walk[n];
        moved[n] += (1 - up - down) * walk[n];
      }
      walk = std::move(moved);
      weight *= ticks / (k + 1);
      beyond = std::max(0.0, beyond - weight);
    }
    state = std::move(next);
  }
  closing_ = std::move(state);
}

double DayFromEmpty::mean_wait() const {
  return (mean_waiting(average_, servers_ - 1)) * mean_service_ / servers_;
}

double DayFromEmpty::service_level(double target) const {
  PISHKHAN_EXPECT(target >= 0);
  double level = 0;
  for (std::size_t n = 0; n < average_.size(); ++n) {
    // With n inside, n - c + 1 servers' worth of exponential stages lie ahead.
    const double stages = static_cast<double>(n) - servers_ + 1;
    const double in_time = stages <= 0 ? 1 : boost::math::gamma_p(stages, target * servers_ / mean_service_);
    level += average_[n] * in_time;
  }
  return level;
}

double DayFromEmpty::utilization() const { return (mean_of(average_) - mean_queue()) / servers_; }
double DayFromEmpty::mean_queue() const { return mean_waiting(average_, servers_); }

double DayFromEmpty::last_leaves() const {
  double mean = doors_open_;
  double to_empty = 0;
  for (std::size_t n = 1; n < closing_.size(); ++n) {
    to_empty += mean_service_ / std::min<double>(static_cast<double>(n), servers_);
    mean += closing_[n] * to_empty;
  }
  return mean;
}

}  // namespace pishkhan::theory
