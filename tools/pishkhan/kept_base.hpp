#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/reuse/reuse.hpp"
#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// A scenario of which replications are kept, so that of others only the stations are simulated that differ
/// from it. The results are the same. After the replications are kept, from any thread.
class KeptBase {
 public:
  /// What of a scenario was simulated, all replications together.
  struct Work {
    std::size_t stations = 0;  ///< the most of a replication; all, where one was simulated as a whole
    std::size_t station_days = 0;
  };

  KeptBase(Scenario scenario, const StopCheck& stop);

  [[nodiscard]] const Plan& plan() const { return plan_; }
  /// Whether keeping so many replications may help, and the memory has room for them.
  [[nodiscard]] static bool may_keep(const Plan& plan, std::size_t replications);
  /// By station, 1 where a variant must be simulated again; nothing where only a whole run tells its results,
  /// or would be as quick.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> stations_to_simulate(const Plan& variant) const;

  /// The replications that are to be kept are those below `end`. Before the first.
  void make_room(std::size_t end) { kept_.resize(end); }
  [[nodiscard]] std::size_t end() const { return kept_.size(); }
  /// Simulates a replication, and keeps it. Different ones from any thread.
  const TrialResult& simulate_and_keep(std::uint32_t number, const TrialOptions& options);
  /// A replication of a variant, whose stations_to_simulate() are given.
  TrialResult simulate_variant(const Plan& variant, const std::vector<std::uint8_t>& stations,
                               std::uint32_t number, const TrialOptions& options, SimulatedPart& part) const;
  /// The same of this scenario as a variant of `base`, and keeps it.
  const TrialResult& simulate_and_keep_variant(const KeptBase& base,
                                               const std::vector<std::uint8_t>& stations,
                                               std::uint32_t number, const TrialOptions& options,
                                               SimulatedPart& part);

  /// Whether a variant that differs at these stations should be kept for those that come after it: they are
  /// more than a few.
  [[nodiscard]] static bool is_worth_keeping(const std::vector<std::uint8_t>& stations);

  [[nodiscard]] static Work sum(const std::vector<SimulatedPart>& parts);

 private:
  std::unique_ptr<const Scenario> scenario_;  ///< to which the plan refers
  Plan plan_;
  std::vector<KeptReplication> kept_;
};

/// Something kept, and the stations at which a variant differs from it.
struct NearestBase {
  const KeptBase* base = nullptr;  ///< null: a whole run tells the results
  std::vector<std::uint8_t> stations;
};
/// Of some the one that the variant differs from at the fewest stations; among equals the first.
NearestBase find_nearest(const std::vector<const KeptBase*>& bases, const Plan& variant);

}  // namespace pishkhan
