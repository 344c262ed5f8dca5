#pragma once
#include "tools/report/tables.hpp"

namespace pishkhan {

/// Closed forms beside the simulated cells: of a run by days each hour of the day at each station, with the
/// modified offered load (Jennings, Mandelbaum, Massey and Whitt 1996), of an unbroken run each station whose
/// hours are alike.
Table make_theory_table(const Results& results);

}  // namespace pishkhan
