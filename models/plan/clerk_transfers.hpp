#pragma once
#include "models/scenario/scenario.hpp"
#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// Whether the scenario has transfers of clerks that with_transfers has still to make.
bool has_open_transfers(const Scenario& scenario);

/// The scenario after the transfers of its migrations: the clerks of counters and offices on the days on
/// which the whole share moves, and in Scenario::changes how many went from where to where.
///
/// A migration frees at a counter the expected work of the visits that leave it in a year, at its clerks'
/// mean speed, over the hours that one of its clerks is on shift in a year: all as on the first day of the
/// run on which the whole share moves, earlier migrations done and later ones not. Of the share of the clerks
/// so freed, whole ones are taken by largest remainder, of all its counters together, and each counter keeps
/// its least. They go to the offices of the counter's county that do not close while they would be there, or,
/// where none of these takes visits, to all such offices, by largest remainder of the work that each takes.
/// Throws UserError where the clerks of a counter differ in skills or hours, or an office would have too
/// many, and Interrupted when told to stop.
Scenario with_transfers(Scenario scenario, StopCheck stop = {});

}  // namespace pishkhan
