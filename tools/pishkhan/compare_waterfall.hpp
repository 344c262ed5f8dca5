#pragma once
#include "tools/pishkhan/compared_runs.hpp"
#include "tools/pishkhan/reusing_simulator.hpp"
#include "tools/report/waterfall_table.hpp"

namespace pishkhan {

/// The runs between two scenarios, simulated one after the other and kept as the values of their headlines
/// alone. `a` and `b` are those of the first and the other. Where the scenarios differ in no change, it has
/// no changes. Throws UserError where there are too many changes, or where one cannot be made without
/// another.
Waterfall simulate_waterfall(const RunToCompare& from, const RunToCompare& to, const ComparedRun& a,
                             const ComparedRun& b, const CompareOptions& options,
                             ReusingSimulator& simulator);

}  // namespace pishkhan
