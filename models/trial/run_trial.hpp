#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>

#include "models/plan/plan.hpp"
#include "models/trial/trial_result.hpp"
#include "sim/backbone/backbone.hpp"

namespace pishkhan {

/// Whether the scenario has stations that influence each other, so that the coupled kernel simulates it.
bool is_coupled(const Scenario& scenario);

struct TrialOptions {
  bool coupled = false;  ///< one loop over all stations even where nothing is coupled: for its tests
  /// Makes the backbone `simgrid`, where a scenario asks for it: sim/backbone/simgrid.hpp.
  std::function<std::unique_ptr<Backbone>(const Platform&)> simgrid;
  VisitSink visits;                       ///< called with each station-day's records, in a fixed order
  std::function<void(int day)> progress;  ///< after each simulated day
  std::function<bool()> stop;             ///< asked between days; true ends the trial with Interrupted
};

class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

/// One replication, a pure function of (plan, replication).
TrialResult run_trial(const Plan& plan, std::uint32_t replication, const TrialOptions& options = {});

}  // namespace pishkhan
