#pragma once
#include "sim/station/station.hpp"

namespace pishkhan {

/// By events, for every station: priorities and skills too.
void simulate_by_events(const StationDay& station, Visits& visits, StopCheck stop = {});

}  // namespace pishkhan
