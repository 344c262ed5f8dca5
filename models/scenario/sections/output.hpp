#pragma once
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

/// What `output` says.
struct OutputKeys {
  double visits_share = 0;
  std::vector<CostOf> costs;
};

/// The keys of `output`.
Section<OutputKeys> output_keys();

/// Puts into the scenario what is written out. `has_outages`: outages or slow-downs are written.
void apply_output(const Written<OutputKeys>& output, bool has_outages, Scenario& scenario,
                  Diagnostics& mistakes);

}  // namespace pishkhan
