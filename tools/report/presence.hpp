#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/statistics/prediction.hpp"

namespace pishkhan {

/// How many clerks of a station come to work, by the scenario's own probabilities of absence: exactly, so
/// that no replication is needed to know it.
class Presence {
 public:
  /// Of a province; with `inputs: sampled` and a range of absence the mean of what so many replications draw.
  /// The scenario must outlive it.
  Presence(const Scenario& scenario, std::size_t replications);

  /// Those who have a shift on the day, present or not. The station is open on it.
  [[nodiscard]] int on_roster(std::uint32_t station, DayNumber day) const;
  /// Where the number of those present lies with 95%.
  [[nodiscard]] PredictionInterval predict(std::uint32_t station, DayNumber day) const;

 private:
  /// The groups of the day as independent chances to be present.
  [[nodiscard]] std::vector<Chances> chances(const Scenario& world, std::uint32_t station,
                                             DayNumber day) const;

  const Scenario& scenario_;
  std::vector<Scenario> drawn_;  ///< empty: none, the scenario's own
};

}  // namespace pishkhan
