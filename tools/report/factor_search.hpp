#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tools/report/factor_fit.hpp"
#include "tools/report/observed.hpp"

// Looks for the factor with which a sum of what is simulated is that of what was counted.
namespace pishkhan {

using ObservedRows = std::vector<const ObservedRow*>;

/// [row][replication], of other trials than those of the rows. Where a replication observed nothing, the mean
/// of the others.
std::vector<std::vector<double>> simulated_of(const ObservedRows& rows, const Scenario& scenario,
                                              const std::vector<TrialResult>& trials);

/// Standard deviation of two or more.
double spread_of(std::span<const double> values);

/// The logarithm of a sum over rows: of visits, or of the cube roots of waits.
class FitStatistic {
 public:
  /// All rows of one quantity. The scenario must outlive it.
  FitStatistic(const Scenario& scenario, ObservedRows rows);

  /// The sums of one set of trials.
  struct Sums {
    std::vector<double> all;  ///< by replication
    /// [station or day][replication]
    std::vector<std::vector<double>> of_stations, of_days;
    double mean = 0, spread = 0;  ///< of the logarithms of `all`; not finite where one is 0
  };
  [[nodiscard]] Sums sums(const std::vector<TrialResult>& trials) const;
  /// Of what was counted; minus infinity where all of it is 0.
  [[nodiscard]] double counted() const { return counted_; }

  /// How far what was counted may be from the mean of the trials, beyond each side with the probability: by
  /// chance, and as stations or days differ among themselves (fit_factors).
  [[nodiscard]] double arm(const Sums& sums, double beyond) const;

 private:
  /// Stations or days.
  struct Groups {
    std::size_t fewest = 0;  ///< fewer count only where they differ by more than replications do
    std::vector<std::size_t> of_row;
    std::vector<double> counted;  ///< sums
  };
  template <class KeyOf>
  [[nodiscard]] Groups group_by(std::size_t fewest, KeyOf key_of) const;
  [[nodiscard]] double arm_of_groups(const Groups& groups, const std::vector<std::vector<double>>& of_groups,
                                     const std::vector<double>& all, double beyond) const;
  [[nodiscard]] double scaled(double value) const;

  const Scenario& scenario_;
  ObservedRows rows_;
  bool is_time_ = false;
  Groups stations_, days_;
  double all_counted_ = 0, counted_ = 0;
};

/// What was found, and how.
struct FoundFactor {
  FitState state = FitState::not_told;
  Estimate value{kNan, kNan};
  bool is_better = false;           ///< FactorFit::is_better
  std::vector<TrialResult> trials;  ///< of the factor tried that is nearest; empty: the run's own
};

/// `beyond`: of the test of FactorFit::is_better, on each side.
FoundFactor find_factor(const FitStatistic& statistic, const std::vector<TrialResult>& own,
                        FittedFactor factor, const SimulateWith& simulate, double beyond);

}  // namespace pishkhan
