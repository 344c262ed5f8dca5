#pragma once
#include "models/trial/replication.hpp"

namespace pishkhan {

/// Simulates bare stations over one unbroken stretch of time, which counts as one day.
void simulate_unbroken_run(Replication& run);

}  // namespace pishkhan
