#pragma once
#include "sim/station/station_rules.hpp"

namespace pishkhan {

/// The commonest station: one to sixteen clerks who serve everything and all work from each opening (or
/// later) to its closing without a break. Then no clerk goes off duty before the queue of the doors is
/// settled, and the day needs neither shift changes nor a set of events.
bool is_common_shift(const StationDay& station);

/// For such stations, bit for bit what simulate_by_events gives. Without balking and priorities a
/// recursion free of branches; with them a short list of those who wait.
void simulate_common_shift(const StationDay& station, Visits& visits, StopCheck stop = {});

}  // namespace pishkhan
