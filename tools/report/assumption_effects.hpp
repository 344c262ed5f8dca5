#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/table.hpp"

// What each assumed number does by itself, at the ends of its range, to waits and to the order of stations.
namespace pishkhan {

/// A number at an end of its range, and what that does to the stations of a channel.
struct AssumptionEffect {
  const AssumedRange* range = nullptr;
  double factor = 1;
  Channel channel = Channel::office;
  Estimate wait_s{kNan, kNan};        ///< mean wait of the served
  Estimate difference_s{kNan, kNan};  ///< to the scenario's own numbers, with the same citizens
  /// Spearman's, of the stations by their mean wait, with the scenario's own numbers and with this one.
  double rank_correlation = kNan;
};

struct AssumptionEffects {
  /// The scenario's own numbers by channel, and its rank correlation with other citizens: what chance does to
  /// the order. Index as Channel: traditional, office.
  std::vector<Estimate> own_wait_s;
  std::vector<double> own_rank_correlation;
  /// Of each range its low end before its high one, each by channel; the ranges whose greater difference of
  /// the offices' waits is greatest come first.
  std::vector<AssumptionEffect> effects;
};

/// Simulates the replications of a scenario.
using SimulateScenario = std::function<std::vector<TrialResult>(const Scenario& scenario)>;

/// One number after the other; ends that are 1 are left out. Throws UserError where there is no range.
AssumptionEffects find_assumption_effects(const Scenario& scenario, const SimulateScenario& simulate);

/// Spearman's rank correlation, ties with their mean rank; pairs with a NaN are left out. NaN with fewer than
/// two pairs, or where all are alike.
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b);

Table make_assumption_effects_table(const Scenario& scenario, const AssumptionEffects& effects);

}  // namespace pishkhan
