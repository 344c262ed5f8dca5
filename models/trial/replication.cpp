#include "models/trial/replication.hpp"

namespace pishkhan {

Replication::Replication(const Plan& plan, std::uint32_t number, const TrialOptions& trial_options,
                         std::span<const std::uint8_t> only)
    : scenario(plan.scenario()),
      data(plan.data()),
      options(trial_options),
      key(draw_key(scenario.run.seed, number)),
      stop(&options.stop),
      totals(scenario, data, only),
      runner(scenario, data, key, stop),
      accounting(scenario, data, key, options.visits, totals, stop) {
  if (options.always_jointly || is_coupled(scenario))
    coupled.emplace(scenario, data, key, options.always_jointly, options.simgrid, totals, stop);
}

void Replication::report_progress(int day) const {
  if (options.progress) options.progress(day);
}

}  // namespace pishkhan
