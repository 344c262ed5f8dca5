#pragma once
#include <vector>

#include "sim/statistics/sequential.hpp"
#include "tools/pishkhan/compared_runs.hpp"
#include "tools/pishkhan/reusing_simulator.hpp"

namespace pishkhan {

/// Whether runs are to have as many replications as it takes to know their differences: none of them is
/// finished, and the second, whose `run` all take, asks for a precision.
bool asks_for_precision(const std::vector<RunToCompare>& runs);

/// Simulates such runs until the difference of each run from the first, in each quantity of the precision, is
/// as precise (together, by Bonferroni), or at most as often as the precision says. A difference that no
/// replication shows is known only where nothing that differs between the scenarios can reach the quantity.
/// Then each scenario is that of a run with so many replications. `reused`: what was simulated in part.
/// Throws UserError where a quantity has no paired difference, or a run does not have its place.
PrecisionLook simulate_until_differences_are_precise(std::vector<RunToCompare>& runs,
                                                     const CompareOptions& options,
                                                     const TrialFunction& trial, ReusedWork& reused);

}  // namespace pishkhan
