#pragma once
#include "sim/station/station.hpp"

namespace pishkhan {

/// First come, first served with interchangeable clerks: no events, only each clerk's next free time (Kiefer
/// and Wolfowitz 1955). Patience is exact, as the wait is known on arrival. Bit for bit what
/// simulate_by_events gives.
void simulate_by_arrival_order(const StationDay& station, Visits& visits, StopCheck stop = {});

}  // namespace pishkhan
