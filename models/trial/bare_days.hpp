#pragma once
#include "models/trial/replication.hpp"

namespace pishkhan {

/// Simulates days of bare stations, which do not influence each other: all days of one station, then all days
/// of the next, because that keeps a station's memory in the cache.
void simulate_bare_days(Replication& run);

}  // namespace pishkhan
