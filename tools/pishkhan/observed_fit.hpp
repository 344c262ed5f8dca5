#pragma once
#include <vector>

#include "tools/pishkhan/simulate.hpp"
#include "tools/report/factor_fit.hpp"

namespace pishkhan {

/// fit_factors of a run whose replications are known, with simulations of the same citizens up to the last
/// day that was counted. Throws Interrupted.
std::vector<FactorFit> fit_to_observed(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                       const TrialFunction& trial, const SimulationOptions& options);

}  // namespace pishkhan
