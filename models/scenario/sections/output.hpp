#pragma once
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/selection.hpp"

namespace pishkhan {

/// What `output` says.
struct OutputKeys {
  double visits_share = 0;
  std::vector<Name> visits_at;
  std::vector<DayNumber> visits_on;
  std::vector<CostOf> costs;
  bool queues = false;
  bool csv_bom = false;
  bool csv_is_short = false;
};

/// The keys of `output`.
Section<OutputKeys> output_keys();

/// Puts into the scenario what is written out. `has_outages`: outages or slow-downs are written;
/// `run_is_good`: the run's days are known.
void apply_output(const Written<OutputKeys>& output, bool has_outages, bool run_is_good, Scenario& scenario,
                  Diagnostics& mistakes);

}  // namespace pishkhan
