#include "models/scenario/sections/output.hpp"

#include <algorithm>

namespace pishkhan {

Section<OutputKeys> output_keys() {
  Section<OutputKeys> keys("what is written", "output");
  keys.optional("visits", &OutputKeys::visits_share,
                value::either<double>(
                    "", "`none`, `all` or a share such as `1%`",
                    {value::words<double>({{"none", 0.0, "No visits."}, {"all", 1.0, "Every visit."}}),
                     value::share()}),
                "Visits written out: none, all, or a share of them.", "none");
  keys.optional(
      "costs", &OutputKeys::costs,
      value::list(
          value::words<CostOf>(
              {{"outages", CostOf::outages, "The same without outages and slow-downs."},
               {"backbone", CostOf::backbone, "The same with the ideal backbone and without outages."}}),
          0, "a list of costs"),
      "What the run is compared with under common random numbers; left out: nothing.");
  return keys;
}

void apply_output(const Written<OutputKeys>& output, bool has_outages, Scenario& scenario,
                  Diagnostics& mistakes) {
  if (!output.valid()) return;
  scenario.visits.share = output->visits_share;
  std::vector<CostOf>& costs = scenario.costs;
  costs = output->costs;
  std::sort(costs.begin(), costs.end());
  costs.erase(std::unique(costs.begin(), costs.end()), costs.end());
  if (costs.empty()) return;
  const Location& location = output.at(&OutputKeys::costs);
  if (!scenario.stations.empty()) {
    add_mistake(mistakes, location, "costs in a scenario of bare stations", "they call no system");
  } else if (costs.front() == CostOf::outages && !has_outages) {
    add_mistake(mistakes, location, "the cost of outages, and there are none",
                "write `outages` or `slow_downs`, or leave it out");
  }
}

}  // namespace pishkhan
