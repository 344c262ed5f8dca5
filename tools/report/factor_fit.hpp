#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/statistics/estimate.hpp"

// Which one factor of the scenario makes it most like what was counted.
namespace pishkhan {

enum class FittedFactor : std::uint8_t { none, demand, handling };
std::string_view to_string(FittedFactor factor);

/// The scenario with all visits, or all handling times, times a number.
Scenario with_factor(const Scenario& scenario, FittedFactor factor, double value);

/// A factor and how near it comes to what was counted.
struct FactorFit {
  FittedFactor factor = FittedFactor::none;
  /// The factor with its 95% interval; of none 1. A NaN: what it follows from was not counted, or no factor
  /// from kLeastFactor to kMostFactor reaches it.
  Estimate value{kNan, kNan};
  double misfit = kNan;                      ///< see fit_factors
  std::size_t compared = 0, outside = 0;     ///< counted numbers, with this factor
  std::optional<double> by_chance, at_most;  ///< outside, as OutsideCount says
  bool is_best = false;                      ///< the least misfit
};

inline constexpr double kLeastFactor = 0.2, kMostFactor = 5;

/// Simulates the replications of a scenario that differs by a factor alone: the same citizens come.
using SimulateWith = std::function<std::vector<TrialResult>(FittedFactor factor, double value)>;

/// None, demand and handling, in this order; empty where nothing can be compared.
///
/// Demand is fitted to the sum of all counted visits: first the ratio of counted to simulated ones (which is
/// the factor, if who was not served did not come again), then the factor on the line through what two
/// factors give, in logarithms. Handling is fitted to the counted mean waits, by the mean of their cube
/// roots, the scale of `predict`, on which no single long wait decides; from a factor of 1.1 or 1 / 1.1
/// likewise, until the factor gives what was counted within a tenth of a replication's spread, at most six
/// times.
///
/// The interval has the factors for which what was counted lies within the prediction interval of one
/// replication: t(n - 1) s sqrt(1 + 1/n) of the logarithm, over the line's slope. Where three stations or
/// more were counted it is at least that of the stations' own deviations (jackknife over stations), as real
/// ones differ from the scenario in more than a factor.
///
/// The misfit is the mean over counted visits, plus that over counted waits, of ((counted - mean) / s)^2 on
/// the scale of `predict`; s is the spread of the run itself, which all three share.
std::vector<FactorFit> fit_factors(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                   const SimulateWith& simulate);

}  // namespace pishkhan
