#pragma once
#include <vector>

#include "sim/statistics/sequential.hpp"
#include "tools/pishkhan/simulate.hpp"

namespace pishkhan {

/// Replications as many as a precision takes.
struct PreciseRun {
  std::vector<std::vector<TrialResult>> results;  ///< [plan][replication]
  PrecisionLook last;
};

/// As simulate(), but ends when the first plan's run.precision is reached, or after its at_most replications.
/// It looks at fixed sizes, so threads do not change how many there are.
PreciseRun simulate_until_precise(const std::vector<const Plan*>& plans, const TrialFunction& trial,
                                  const SimulationOptions& options);

}  // namespace pishkhan
