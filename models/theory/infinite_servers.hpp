#pragma once
#include <utility>
#include <vector>

namespace pishkhan::theory {

/// M(t)/M/infinity: the number inside at any time is Poisson with the mean m that solves
/// m' = rate(t) - m / mean_service (Eick, Massey and Whitt 1993, Operations Research 41:731-742).
/// The rate is a step function, so each step is solved exactly by an exponential.
class InfiniteServers {
 public:
  /// rate: (from, arrivals per unit of time), ascending, first at 0; the last one holds for ever.
  /// initial: m at time 0.
  InfiniteServers(std::vector<std::pair<double, double>> rate, double mean_service, double initial = 0);

  /// m(t), t >= 0.
  [[nodiscard]] double mean_inside(double t) const;
  /// Integral of m from `from` to `to` over its length; 0 <= from < to.
  [[nodiscard]] double average_inside(double from, double to) const;

 private:
  struct Step {
    double from, rate, inside, area;  // inside and the integral of m so far, both at `from`
  };
  [[nodiscard]] const Step& step_at(double t) const;
  [[nodiscard]] double area(double t) const;

  std::vector<Step> steps_;
  double mean_service_;
};

}  // namespace pishkhan::theory
