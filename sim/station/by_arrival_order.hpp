#pragma once
#include "sim/station/station.hpp"

namespace pishkhan {

/// First come, first served with interchangeable clerks needs no events, only each clerk's next free time
/// (Kiefer and Wolfowitz 1955). Patience is exact: the wait is known on arrival.
void simulate_by_arrival_order(const StationDay& station, Visits& visits);

}  // namespace pishkhan
