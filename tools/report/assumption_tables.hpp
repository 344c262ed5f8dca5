#pragma once
#include "models/staffing/under_assumptions.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// The table `assumptions`: what each station needs at the sets of assumptions, and at how many of them the
/// clerks found keep its targets.
Table make_assumptions_table(const Scenario& scenario, const StaffingResult& result,
                             const StaffingUnderAssumptions& under);
/// The table `assumption_points`: how many stations keep their targets at each set of assumptions.
Table make_assumption_points_table(const Scenario& scenario, const StaffingUnderAssumptions& under);
/// The table `assumption_factors`: the sets of assumptions themselves.
Table make_assumption_factors_table(const Scenario& scenario, const StaffingUnderAssumptions& under);

}  // namespace pishkhan
