#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "models/plan/plan.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/backbone/backbone.hpp"
#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// Whether stations may influence each other: citizens are redirected to other offices, the calls of all
/// stations share links and systems, or links, systems or the power fail.
bool is_coupled(const Scenario& scenario);

struct TrialOptions {
  bool always_jointly = false;  ///< for tests: simulate all stations in one event loop, coupled or not
  /// Makes the backbone for `model: simgrid`, such as make_simgrid_backbone; not needed for other models.
  std::function<std::unique_ptr<Backbone>(const Platform&)> simgrid;
  VisitSink visits;  ///< called with the records of each station-day that has some, always in the same order
  /// Called as the run goes on; all days up to and with this one, counted from 0, are simulated, or as large
  /// a share of the work is done.
  std::function<void(int day)> progress;
  std::function<bool()> stop;  ///< asked every few events; after true, run_trial throws Interrupted
};

/// Simulates one replication. The result is a function of the plan and the number of the replication alone;
/// with `inputs: sampled` it is simulated with numbers of its own (models/assumptions). always_jointly may
/// change the last digits of sums over stations.
TrialResult run_trial(const Plan& plan, std::uint32_t replication, const TrialOptions& options = {});

}  // namespace pishkhan
