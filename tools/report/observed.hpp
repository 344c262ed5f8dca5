#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/statistics/prediction.hpp"
#include "tools/report/tables.hpp"

// What was counted at stations beside what is simulated of them.
namespace pishkhan {

enum class ObservedQuantity : std::uint8_t { arrived, wait, abandoned, clerks };
inline constexpr std::size_t kObservedQuantities = 4;

/// `arrived`, `wait_s`, `abandoned`, `clerks`, as other tables name them.
std::string_view to_string(ObservedQuantity quantity);
std::string_view unit_of(ObservedQuantity quantity);
PredictedKind kind_of(ObservedQuantity quantity);

/// The number that was counted; nothing where it was not.
std::optional<double> counted_of(const Observation& observation, ObservedQuantity quantity);
/// What a replication has in its place; NaN where it observed nothing: nobody served, or never open.
double simulated_of(const ObservedTally& tally, const Observation& observation, ObservedQuantity quantity);

/// Whether a counted number can be compared, and how it lies.
enum class ObservedState : std::uint8_t {
  inside,  ///< of the prediction interval
  below,
  above,
  not_run,      ///< the run does not count all of its days
  not_open,     ///< the scenario's station is open on none of its days in any replication
  no_interval,  ///< fewer than two replications observed it
};
/// `inside`, `below`, `above`, `not in the run`, `not open`, `no interval`.
std::string_view to_string(ObservedState state);
inline bool is_compared(ObservedState state) { return state <= ObservedState::above; }

/// A counted number beside the simulated ones.
struct ObservedRow {
  std::size_t observation = 0;  ///< index in Scenario::observations
  ObservedQuantity quantity = ObservedQuantity::arrived;
  double counted = 0;
  std::vector<double> simulated;  ///< by replication; empty where they do not count its days
  double mean = 0;                ///< of those that observed something; NaN without any
  PredictionInterval interval;    ///< of is_compared alone
  bool is_known = false;          ///< the interval is of the scenario's own probabilities, of no replications
  ObservedState state = ObservedState::no_interval;
};

/// Every counted number of the scenario, by station, day and quantity.
std::vector<ObservedRow> compare_observed(const Scenario& scenario, const std::vector<TrialResult>& trials);

/// How many counted numbers lie outside their intervals, and how many of as many would by chance, if the
/// scenario were right.
struct OutsideCount {
  std::size_t compared = 0, outside = 0;
  /// The mean over replications, of which each in turn stands for what was counted and the others predict it.
  /// Nothing with fewer than three.
  std::optional<double> by_chance;
  /// More than so many lie outside by chance with 2.5% at most. The greater of two numbers, and not more than
  /// are compared: where one more replication's number lies by those of the replications (numbers of one day
  /// rise and fall together); and what follows from 5% of each, if all numbers of a station and day lie
  /// outside together and those of different ones independently, which few replications cannot show.
  std::optional<double> at_most;

  /// Whether so many can be outside that it is no chance.
  [[nodiscard]] bool can_tell() const { return at_most && *at_most < static_cast<double>(compared); }
};
OutsideCount count_outside(const std::vector<ObservedRow>& rows);

/// The stations with most numbers outside, most first, then by their order.
struct OutsideOfStation {
  std::uint32_t station = 0;
  std::size_t compared = 0, outside = 0;
};
std::vector<OutsideOfStation> outside_by_station(const Scenario& scenario,
                                                 const std::vector<ObservedRow>& rows);

/// Notices of rows that cannot be compared, with the first of them.
std::vector<Notice> notices_of_observed(const Scenario& scenario, const std::vector<TrialResult>& trials);

}  // namespace pishkhan
