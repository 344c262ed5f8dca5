#include "tools/pishkhan/observed_fit.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "tools/pishkhan/interrupt.hpp"

namespace pishkhan {
namespace {

/// How many days of the run there are up to the last one of an observation that it counts.
int days_needed(const Scenario& scenario) {
  int days = scenario.run.warm_up_days + 1;
  for (const Observation& one : scenario.observations) {
    const int end = one.first + one.days - scenario.run.start;
    if (end <= scenario.run.days) days = std::max(days, end);
  }
  return days;
}

}  // namespace

std::vector<FactorFit> fit_to_observed(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                       const TrialFunction& trial, const SimulationOptions& options) {
  if (scenario.observations.empty() || trials.size() < 2) return {};
  const auto simulate_with = [&](FittedFactor factor, double value) {
    Scenario varied = with_factor(scenario, factor, value);
    varied.run.days = days_needed(scenario);
    varied.visits = {};
    const std::function<bool()> interrupted = &InterruptGuard::interrupted;
    const Plan plan(varied, StopCheck(&interrupted));
    SimulationOptions all = options;
    all.spool = nullptr;
    all.known = all.from = 0;
    all.to = static_cast<int>(trials.size());
    return std::move(simulate({&plan}, trial, all).front());
  };
  return fit_factors(scenario, trials, simulate_with);
}

}  // namespace pishkhan
