#include "models/trial/replication.hpp"

namespace pishkhan {

Replication::Replication(const Plan& plan, std::uint32_t number, const TrialOptions& trial_options)
    : scenario(plan.scenario()),
      data(plan.data()),
      options(trial_options),
      key(draw_key(scenario.run.seed, number)),
      totals(scenario, data),
      runner(scenario, data, key),
      accounting(scenario, data, key, options.visits, totals) {
  if (options.coupled || is_coupled(scenario))
    joint_day.emplace(scenario, data, key, options.coupled, options.simgrid, totals);
}

void Replication::stop_if_asked() const {
  if (options.stop && options.stop()) throw Interrupted();
}

void Replication::report_progress(int day) const {
  if (options.progress) options.progress(day);
}

}  // namespace pishkhan
