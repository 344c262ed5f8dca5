#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/planning/move_effects.hpp"
#include "models/scenario/scenario.hpp"
#include "sim/statistics/verdict.hpp"

namespace pishkhan {

/// A target at one station.
struct TargetAt {
  std::size_t target = 0;   ///< index in Scenario::targets
  std::size_t place = 0;    ///< of the station, among those of the target
  std::size_t station = 0;  ///< among those of MoveEffects
};
/// The targets of the stations of MoveEffects, by station.
std::vector<TargetAt> targets_at(const Scenario& scenario, const MoveEffects& effects);

/// What replications showed of targets: [target at a station * months + month].
using MonthShares = std::vector<ObservedShare>;

/// Simulates the scenario, whose run counts the months. Days are taken as in the table `targets`.
MonthShares simulate_months(const Scenario& scenario, const std::vector<TargetAt>& targets,
                            const std::vector<RunMonth>& months, std::uint32_t replications, int threads,
                            const std::function<bool()>& stop);

}  // namespace pishkhan
