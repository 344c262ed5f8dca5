#pragma once
#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// Bytes of the result tables as CSV and in SQLite, with the copies of the input tables and without visits,
/// by expectation: half to twice of what a run writes.
double forecast_tables_bytes(const Scenario& scenario);

}  // namespace pishkhan
