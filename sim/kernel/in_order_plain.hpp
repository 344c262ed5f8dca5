#pragma once
#include "sim/kernel/station_rules.hpp"

namespace pishkhan {

/// The commonest station: one to eight clerks, who all work from each opening (or later) to its closing
/// without a break, and nobody balks. Then a clerk is never off duty before the queue of the doors is
/// settled, and the recursion is a handful of operations without a branch.
bool is_plain(const StationDay& station);

/// simulate_in_order for plain stations, bit for bit the same.
void simulate_plain(const StationDay& station, Visits& visits);

}  // namespace pishkhan
