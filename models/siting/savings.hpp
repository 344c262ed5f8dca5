#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

#include "models/plan/plan.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/experiment/replicate.hpp"
#include "sim/statistics/estimate.hpp"

namespace pishkhan {

/// Person-hours of a replication over the counted days.
struct Spent {
  double travel_h = 0;  ///< ways there and back, of all visits to offices and counters
  double wait_h = 0;    ///< waiting, a visit without service counted in
};

/// A visit without service counts as `unserved_s` of waiting, beside its own.
Spent spent_in(const Scenario& scenario, const TrialResult& trial, double unserved_s);

/// What a change saves against the scenario as it is, in person-hours over the counted days, paired by
/// replication.
struct SitingSavings {
  Estimate travel_h{kNan, kNan};
  Estimate wait_h{kNan, kNan};
  Estimate saved_h{kNan, kNan};  ///< both
};
/// By replication: before the change, and with it.
SitingSavings find_savings(std::span<const Spent> before, std::span<const Spent> after);

/// Simulates replications of the scenario on so many threads; keep(trial) is what is left of each. `stop`:
/// true ends it with Interrupted.
template <class Keep>
auto simulate_and_keep(const Scenario& scenario, std::uint32_t replications, int threads,
                       const std::function<bool()>& stop, Keep keep) {
  const Plan plan(scenario);
  return replicate(replications, threads, [&](std::uint32_t i, const std::stop_token& token) {
    TrialOptions trial;
    trial.stop = [&stop, token] { return token.stop_requested() || (stop && stop()); };
    return keep(run_trial(plan, i, trial));
  });
}

/// As working_days().
int working_days_of(const Scenario& scenario);
/// Replications with so many working days together, and at least `fewest`.
std::uint32_t replications_with(const Scenario& scenario, std::size_t days, std::size_t fewest);
/// Replications of the seed proof_seed(as_is, 1) in which what was chosen is seen.
std::uint32_t siting_replications(const Scenario& as_is, std::size_t first_days);

}  // namespace pishkhan
