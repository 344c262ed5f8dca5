#pragma once
#include "models/scenario/scenario.hpp"
#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// Whether clerks go with migrations who have not gone yet.
bool has_open_transfers(const Scenario& scenario);

/// The scenario after the transfers of its migrations: the clerks of counters and offices on the days on
/// which the whole share moves, and in Scenario::changes how many went from where to where.
///
/// A migration frees at a counter the expected work of the visits that leave it in a year, at its clerks'
/// mean speed, over the hours that one of its clerks is on shift in a year: all as on the first day of the
/// run on which the whole share moves, earlier migrations done and later ones not. Of the share of the clerks
/// so freed, whole ones are taken by largest remainder, of all its counters together, and each counter keeps
/// its least. They go to the offices of the counter's county, or, where none takes visits, to all that do, by
/// largest remainder of the work that each takes. Throws Interrupted when told to stop.
Scenario with_transfers(Scenario scenario, StopCheck stop = {});

}  // namespace pishkhan
