#pragma once
#include <cstdint>
#include <string>
#include <vector>

// How often intervals hold a truth that is known exactly: of a station whose days start empty, by the forward
// equations (models/theory/day_from_empty.hpp).
namespace pishkhan::interval_coverage {

/// An interval in all experiments.
struct KnownAnswer {
  std::string quantity;  ///< as in the tables of a run; `difference of` it between two and three clerks
  std::string ended;     ///< `10 replications`, or the precision that ended an experiment
  double truth = 0;
  std::uint32_t experiments = 0, held = 0;
  std::uint32_t precise = 0;  ///< whose mean is as near the truth as the precision asked
  double replications = 0;    ///< mean
  double width = 0;           ///< mean, of the interval
  bool is_discrete = false;   ///< a count or a share, whose exact intervals hold more than their level

  [[nodiscard]] double held_share() const { return static_cast<double>(held) / experiments; }
  /// Below 95% by more than the binomial noise, and above.
  [[nodiscard]] bool is_below() const;
  [[nodiscard]] bool is_above() const;
};

/// Mean, ratio, quantile, count and paired difference of 4, 10 and 30 replications of a day, and the mean
/// wait, the queue and the difference where a precision ends the replications: of 20%, in the long form also
/// of 5%, and absolute ones.
std::vector<KnownAnswer> study_known_answers(std::uint32_t experiments, int threads, bool is_long = true);

}  // namespace pishkhan::interval_coverage
