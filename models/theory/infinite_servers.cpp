#include "models/theory/infinite_servers.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"

namespace pishkhan::theory {

InfiniteServers::InfiniteServers(std::vector<std::pair<double, double>> rate, double mean_service,
                                 double initial)
    : mean_service_(mean_service) {
  PISHKHAN_EXPECT(!rate.empty() && rate.front().first == 0 && mean_service > 0 && initial >= 0);
  steps_.push_back({0, rate.front().second, initial, 0});
  for (std::size_t i = 1; i < rate.size(); ++i) {
    const double from = rate[i].first;
    PISHKHAN_EXPECT(from > rate[i - 1].first);
    steps_.push_back({from, rate[i].second, mean_inside(from), area(from)});
  }
}

const InfiniteServers::Step& InfiniteServers::step_at(double t) const {
  PISHKHAN_EXPECT(t >= 0);
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), t,
                                      [](double time, const Step& step) { return time < step.from; });
  return *(after - 1);
}

double InfiniteServers::mean_inside(double t) const {
  const Step& step = step_at(t);
  const double limit = step.rate * mean_service_;
  return limit + (step.inside - limit) * std::exp(-(t - step.from) / mean_service_);
}

double InfiniteServers::area(double t) const {
  const Step& step = step_at(t);
  const double limit = step.rate * mean_service_;
  const double length = t - step.from;
  return step.area + limit * length -
         (step.inside - limit) * mean_service_ * std::expm1(-length / mean_service_);
}

double InfiniteServers::average_inside(double from, double to) const {
  PISHKHAN_EXPECT(to > from);
  return (area(to) - area(from)) / (to - from);
}

}  // namespace pishkhan::theory
