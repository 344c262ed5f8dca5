#include "tools/pishkhan/finished_run.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <utility>

#include "models/plan/changes.hpp"
#include "models/plan/forecast.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/observed_fit.hpp"
#include "tools/pishkhan/precise_run.hpp"
#include "tools/pishkhan/run_forecast.hpp"
#include "tools/pishkhan/simulate.hpp"
#include "tools/pishkhan/visits_size.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/observed.hpp"
#include "tools/report/visits.hpp"
#include "tools/sweep/precision.hpp"

namespace pishkhan {
namespace {

/// The run itself, whose first replications may be known, and, for what it costs, the same citizens without.
Simulated simulate_with_costs(const Scenario& scenario, const TrialFunction& trial, SimulationOptions options,
                              std::vector<TrialResult> earlier, bool find_overloaded) {
  std::vector<Scenario> others;
  for (const CostOf cost : scenario.costs) others.push_back(without(scenario, cost));
  const bool is_sampled = scenario.run.inputs == RunInputs::sampled;
  if (is_sampled) others.emplace_back(scenario).run.inputs = RunInputs::fixed;
  std::vector<Plan> plans;
  const std::function<bool()> interrupted = &InterruptGuard::interrupted;
  const StopCheck stop(&interrupted);
  plans.emplace_back(scenario, stop);
  for (const Scenario& other : others) plans.emplace_back(other, stop);
  std::vector<const Plan*> all;
  for (const Plan& plan : plans) all.push_back(&plan);
  expect_memory(forecast_memory(all, options.threads));
  options.known = static_cast<std::uint32_t>(earlier.size());
  std::optional<PrecisionLook> look;
  std::vector<std::vector<TrialResult>> results;
  if (scenario.run.precision) {
    PreciseRun precise = simulate_until_precise(all, trial, options);
    look = std::move(precise.last);
    results = std::move(precise.results);
  } else {
    results = simulate(all, trial, options);
  }
  std::ranges::move(results.front(), std::back_inserter(earlier));
  Simulated simulated{std::move(earlier), std::move(look), {}, find_changes(plans.front(), stop), {}, {}, {}};
  simulated.fits = fit_to_observed(scenario, simulated.trials, trial, options);
  if (find_overloaded) simulated.overloaded = judge_loads(forecast(plans.front(), stop)).overloaded;
  for (std::size_t i = 0; i < scenario.costs.size(); ++i)
    simulated.without.push_back({scenario.costs[i], std::move(results[i + 1])});
  if (is_sampled) simulated.fixed = std::move(results.back());
  return simulated;
}

/// The audits of everything simulated.
Audit audit_of(const Simulated& simulated) {
  Audit audit;
  merge_audits(simulated.trials, "", audit);
  for (const Without& other : simulated.without)
    merge_audits(other.trials, "without " + std::string(to_string(other.cost)) + ", ", audit);
  merge_audits(simulated.fixed, "with fixed inputs, ", audit);
  return audit;
}

}  // namespace

void expect_passed(const Audit& audit) {
  if (!audit.passed()) throw FailedAudit(audit.failures);
}

Notice precision_notice(const AskedPrecision& asked, int replications) {
  return {asked.reached ? "notice.precision.reached" : "notice.precision.not_reached",
          {text_value("asked", asked.precision), text_value("of", asked.of),
           text_value("reached", asked.reached_text), number_value("n", replications)}};
}

FinishedRun simulate_run(std::shared_ptr<const Scenario> asked,
                         const std::function<Scenario(int)>& with_replications, const TrialFunction& trial,
                         const SimulationOptions& options, std::vector<TrialResult> earlier,
                         bool find_overloaded) {
  Simulated simulated = simulate_with_costs(*asked, trial, options, std::move(earlier), find_overloaded);
  const auto scenario =
      simulated.look ? std::make_shared<const Scenario>(with_replications(simulated.look->replications))
                     : asked;
  FinishedRun run{scenario, std::move(simulated), {*scenario, PISHKHAN_VERSION, {}, 0, {}, {}, {}}};
  run.manifest.audit = audit_of(run.simulated);
  for (const TrialResult& result : run.simulated.trials) run.manifest.visits += result.visits;
  if (run.simulated.look) {
    run.manifest.asked = make_asked(*asked->run.precision, *run.simulated.look);
    if (options.spool != nullptr) options.spool->keep_first(run.simulated.trials.size());
  }
  run.manifest.notices = scenario->notices;
  for (Notice& notice : notices_of(*scenario, run.simulated.changes))
    run.manifest.notices.push_back(std::move(notice));
  for (Notice& notice : notices_of_observed(*scenario, run.simulated.trials))
    run.manifest.notices.push_back(std::move(notice));
  if (run.manifest.asked && !run.manifest.asked->reached)
    run.manifest.notices.push_back(precision_notice(*run.manifest.asked, scenario->run.replications));
  if (run.manifest.visits == 0) run.manifest.notices.push_back({"notice.no_visit"});
  return run;
}

}  // namespace pishkhan
