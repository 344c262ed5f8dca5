#pragma once

namespace pishkhan::theory {

/// M/G/1, first come first served, in the long run: Pollaczek (1930) and Khinchine (1932), as in
/// Kleinrock, Queueing Systems I, 1975, section 5.6. Needs load < 1.
struct MG1 {
  double arrival_rate = 0;
  double mean_service = 0;
  double service_cv = 1;  ///< standard deviation / mean

  [[nodiscard]] double load() const { return arrival_rate * mean_service; }
  [[nodiscard]] double mean_wait() const;
  [[nodiscard]] double mean_queue() const { return arrival_rate * mean_wait(); }
};

/// M/G/1 with processor sharing: mean sojourn, whatever the shape of the work (Kleinrock, Queueing
/// Systems II, 1976, section 4.4). Needs load < 1.
struct MG1ProcessorSharing {
  double arrival_rate = 0;
  double mean_work = 0;  ///< time alone at the server

  [[nodiscard]] double load() const { return arrival_rate * mean_work; }
  [[nodiscard]] double mean_sojourn() const { return sojourn_of(mean_work); }
  /// Mean sojourn of a customer who brings that much work.
  [[nodiscard]] double sojourn_of(double work) const;
};

}  // namespace pishkhan::theory
