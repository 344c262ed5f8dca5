#include "tools/pishkhan/precise_run.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <utility>

#include "tools/sweep/precision.hpp"

namespace pishkhan {

PreciseRun simulate_until_precise(const std::vector<const Plan*>& plans, const TrialFunction& trial,
                                  const SimulationOptions& options) {
  PreciseRun run;
  run.results.resize(plans.size());
  std::vector<TrialResult>& first = run.results.front();
  const auto simulate_to = [&](int replications) {
    SimulationOptions part = options;
    part.from = static_cast<std::uint32_t>(first.size());
    part.to = replications;
    std::vector<std::vector<TrialResult>> more = simulate(plans, trial, part);
    for (std::size_t plan = 0; plan < plans.size(); ++plan)
      std::move(more[plan].begin(), more[plan].end(), std::back_inserter(run.results[plan]));
    return std::cref(first);
  };
  run.last = simulate_to_precision(plans.front()->scenario(), simulate_to);
  return run;
}

}  // namespace pishkhan
