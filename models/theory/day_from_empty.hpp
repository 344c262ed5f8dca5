#pragma once
#include <vector>

namespace pishkhan::theory {

/// M/M/c over a day that starts empty: Poisson arrivals while the doors are open, then the queue is
/// served out. Never stationary, so nothing of the long run is assumed and any load is allowed. The
/// state probabilities come from Kolmogorov's forward equations by uniformization (Jensen 1953;
/// Grassmann 1977, Computers and Operations Research 4:47-53), exact to about 1e-12. Ratios are of
/// expectations over the day, which is what a ratio of sums over many days estimates.
class DayFromEmpty {
 public:
  DayFromEmpty(int servers, double arrival_rate, double mean_service, double doors_open);

  /// Mean wait of a day's customers, those served after closing included.
  [[nodiscard]] double mean_wait() const;
  /// Share of them whose wait does not exceed the target.
  [[nodiscard]] double service_level(double target) const;
  /// Time average of busy / all servers while the doors are open.
  [[nodiscard]] double utilization() const;
  /// Time average of the number waiting while the doors are open.
  [[nodiscard]] double mean_queue() const;
  /// Mean time from the start of the day until the last customer has left, at least doors_open.
  [[nodiscard]] double last_leaves() const;

 private:
  int servers_;
  double mean_service_;
  double doors_open_;
  std::vector<double> average_;  // probability of n inside, averaged over the open day
  std::vector<double> closing_;  // the same at closing
};

}  // namespace pishkhan::theory
