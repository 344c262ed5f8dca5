#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "models/plan/plan.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/backbone/backbone.hpp"
#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// Whether stations may influence each other: citizens are redirected, calls share a backbone, or something
/// fails.
bool is_coupled(const Scenario& scenario);

struct TrialOptions {
  bool coupled = false;  ///< for tests: always simulate all stations in one event loop
  /// Makes the backbone for `model: simgrid`, as in sim/backbone/simgrid.hpp; not needed for other models.
  std::function<std::unique_ptr<Backbone>(const Platform&)> simgrid;
  VisitSink visits;                       ///< called with each station-day's records, in a fixed order
  std::function<void(int day)> progress;  ///< after each simulated day
  std::function<bool()> stop;             ///< asked now and then; true ends the trial with Interrupted
};

/// One replication, a pure function of (plan, replication).
TrialResult run_trial(const Plan& plan, std::uint32_t replication, const TrialOptions& options = {});

}  // namespace pishkhan
