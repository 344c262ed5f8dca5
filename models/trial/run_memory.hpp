#pragma once
#include "models/plan/plan.hpp"

namespace pishkhan {

/// What replications of a plan hold in memory, in bytes, by expectation.
struct RunMemory {
  double running = 0;   ///< each replication while it runs, above its result
  double finished = 0;  ///< the result of each replication, until the tables are written
};
RunMemory expected_memory(const Plan& plan);

}  // namespace pishkhan
