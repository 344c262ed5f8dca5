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

/// The factors that are looked at. More demand takes as much more time to simulate; longer handling does not.
struct FactorRange {
  double least, most;
};
constexpr FactorRange range_of(FittedFactor factor) {
  return factor == FittedFactor::demand ? FactorRange{0.05, 5} : FactorRange{0.05, 20};
}

enum class FitState : std::uint8_t {
  own,          ///< no factor: the scenario as it is
  found,        ///< the factor gives what was counted
  above,        ///< even the most of range_of gives less than was counted
  below,        ///< even the least gives more
  not_counted,  ///< what it follows from was not, or cannot be compared
  not_told,     ///< what was counted hardly depends on it, or nothing is simulated there
};
/// `as it is`, `found`, `above the range`, `below the range`, `not counted`, `not told`.
std::string_view to_string(FitState state);

/// A factor and how near it comes to what was counted.
struct FactorFit {
  FittedFactor factor = FittedFactor::none;
  FitState state = FitState::own;
  Estimate value{kNan, kNan};                ///< with its 95% interval; of none 1; a NaN unless found
  double misfit = kNan;                      ///< see fit_factors; a NaN likewise
  std::size_t compared = 0, outside = 0;     ///< counted numbers, with this factor
  std::optional<double> by_chance, at_most;  ///< outside, as OutsideCount says
  bool is_better = false;                    ///< than the scenario as it is, by more than chance
  /// Called nearest to what was counted: of those that are better the one with the least misfit, and none if
  /// there is no such. Of no factor where one lies beyond its range, as how near that comes is not known.
  bool is_best = false;
};

/// Simulates the replications of a scenario that differs by a factor alone: the same citizens come.
using SimulateWith = std::function<std::vector<TrialResult>(FittedFactor factor, double value)>;

/// None, demand and handling, in this order; empty where nothing can be compared.
///
/// Demand is fitted to the sum of all counted visits: first the ratio of counted to simulated ones (which is
/// the factor, if who was not served did not come again), then the factor on the line through what two
/// factors give, in logarithms. Handling is fitted to the counted mean waits, by the sum of their cube
/// roots, the scale of `predict`, on which no single long wait decides; from a factor of 1.1 or 1 / 1.1
/// likewise. Both until the factor gives what was counted within a tenth of a replication's spread, at most
/// eight times.
///
/// The interval has the factors for which what was counted lies within the prediction interval of one
/// replication, t(n - 1) s sqrt(1 + 1/n) of the logarithm; each end is on the line to a factor simulated near
/// it. It is at least that of the deviations of stations, and of days, among themselves (jackknife), as real
/// ones differ from the scenario in more than a factor: of three stations and six days or more, and of fewer
/// where they differ by more than replications do. It ends where range_of does.
///
/// A factor is better than the scenario as it is where its interval leaves out 1, and what was counted lies
/// outside the same interval of the run itself, with 5% shared by the factors that are fitted; and its misfit
/// is less.
///
/// The misfit is the mean over counted visits, plus that over counted waits, of ((counted - mean) / s)^2 on
/// the scale of `predict`; s is the spread of the run itself, which all three share.
std::vector<FactorFit> fit_factors(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                   const SimulateWith& simulate);

}  // namespace pishkhan
