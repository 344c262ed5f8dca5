#include "models/trial/run_trial.hpp"

#include "models/assumptions/assumption_points.hpp"
#include "models/trial/bare_days.hpp"
#include "models/trial/province_days.hpp"
#include "models/trial/replication.hpp"
#include "models/trial/unbroken_run.hpp"

namespace pishkhan {

bool is_coupled(const Scenario& scenario) {
  return scenario.redirect.at_most > 0 || scenario.backbone.model != BackboneModel::ideal ||
         !scenario.outages.empty();
}

// Whatever the form of the run, each of its days goes through the same three phases:
// 1. create the citizens who come (citizens/),
// 2. decide each station's day: who waits how long, and who leaves (station_day/, coupling/),
// 3. account for it: totals, audit, visits, and what the citizens do next (accounting/).
TrialResult run_trial(const Plan& plan, std::uint32_t replication, const TrialOptions& options) {
  if (plan.scenario().run.inputs == RunInputs::sampled) {
    const Scenario varied = with_sampled_inputs(plan.scenario(), replication);
    return run_trial(Plan(varied, StopCheck(&options.stop)), replication, options);
  }
  Replication run(plan, replication, options);
  if (run.data.unbroken)
    simulate_unbroken_run(run);
  else if (run.data.bare)
    simulate_bare_days(run);
  else
    ProvinceDays(run).simulate();
  return run.accounting.close(is_coupled(run.scenario));
}

}  // namespace pishkhan
