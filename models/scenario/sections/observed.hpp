#pragma once
#include "models/province/input_table.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// What is known when the table of observations is read.
struct KnownBefore {
  bool run_is_good;      ///< the run's days are known
  bool tables_are_good;  ///< else stations may be missing
};

/// Reads `observed` into the scenario, which has its offices and counters. Rows of days that the run does not
/// count stay, and notices tell of them.
void read_observations(const Name& observed, const SourceFiles& sources, KnownBefore known,
                       Scenario& scenario, Diagnostics& mistakes);

}  // namespace pishkhan
