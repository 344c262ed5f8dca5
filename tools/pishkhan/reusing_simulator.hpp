#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "tools/pishkhan/kept_base.hpp"
#include "tools/pishkhan/simulate.hpp"

namespace pishkhan {

/// How much of scenarios was simulated that differ from one before at some stations only, added up over them.
struct ReusedWork {
  std::size_t scenarios = 0;
  std::size_t stations = 0, all_stations = 0;          ///< simulated, and of how many
  std::size_t station_days = 0, all_station_days = 0;  ///< of all replications

  /// Adds what was done of more replications of the same scenarios.
  void add_replications(const ReusedWork& more);
  /// Adds what was done of other scenarios.
  void add_scenarios(const ReusedWork& others);
};

/// Simulates scenarios one after the other. Of one that differs at few stations from the first, or from the
/// last one that was kept, only these are simulated (see Reuse); the results are the same. Kept are those
/// that differ at more than a few from the one before.
class ReusingSimulator {
 public:
  /// `trial` simulates what is not kept; it must outlive this.
  ReusingSimulator(const TrialFunction& trial, SimulationOptions options)
      : trial_(trial), options_(std::move(options)) {}

  /// The replications of the options, as simulate() gives them.
  std::vector<TrialResult> simulate_replications(const Scenario& scenario);
  [[nodiscard]] const ReusedWork& reused() const { return reused_; }

 private:
  /// One after the last replication.
  [[nodiscard]] std::size_t end(const Scenario& scenario) const {
    return static_cast<std::size_t>(options_.to >= 0 ? options_.to : scenario.run.replications);
  }
  std::vector<TrialResult> simulate_and_keep(KeptBase base);
  std::vector<TrialResult> simulate_in_part(const KeptBase& base, KeptBase variant,
                                            const std::vector<std::uint8_t>& stations);
  void keep(KeptBase base);

  const TrialFunction& trial_;
  SimulationOptions options_;
  std::vector<KeptBase> bases_;  ///< the first, and the last
  ReusedWork reused_;
};

}  // namespace pishkhan
