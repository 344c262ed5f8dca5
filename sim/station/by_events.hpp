#pragma once
#include "sim/station/station.hpp"

namespace pishkhan {

/// For every station, with priorities and skills too: from event to event.
void simulate_by_events(const StationDay& station, Visits& visits);

}  // namespace pishkhan
