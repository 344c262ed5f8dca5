#pragma once
#include "sim/station/station_rules.hpp"

namespace pishkhan {

/// Whether the station is of the commonest kind: one to sixteen clerks who serve everything and all work from
/// each opening (or later) to its closing without a break. Then no clerk goes off duty before the queue is
/// settled, and the day needs neither shift changes nor an event queue.
bool is_common_shift(const StationDay& station);

/// Decides the visits of such a station, bit for bit as simulate_by_events. Without balking and priorities it
/// is a recursion over the visits; with them it keeps a list of those who wait.
void simulate_common_shift(const StationDay& station, Visits& visits, StopCheck stop = {});

}  // namespace pishkhan
