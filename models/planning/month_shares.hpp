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

/// Replications of a run, from `first` on.
struct Replications {
  std::uint32_t first = 0, number = 0;
};

/// Of one replication: [target at a station * counted days + day].
using DayCounts = std::vector<GoodCount>;
/// Of the counted days of the scenario's run; replications of the same targets.
MonthShares month_shares(const Scenario& scenario, const std::vector<RunMonth>& months,
                         const std::vector<DayCounts>& replications);

/// Simulates the scenario, whose run counts the months. Days are taken as in the table `targets`.
std::vector<DayCounts> count_days(const Scenario& scenario, const std::vector<TargetAt>& targets,
                                  const Replications& replications, int threads,
                                  const std::function<bool()>& stop);
MonthShares simulate_months(const Scenario& scenario, const std::vector<TargetAt>& targets,
                            const std::vector<RunMonth>& months, const Replications& replications,
                            int threads, const std::function<bool()>& stop);

/// The same of these targets alone, if every station is alone: several times as quick, but without slow-downs
/// and redirects, and calls wait at no system that stations share. `stations`: those of MoveEffects.
MonthShares solve_alone(const Scenario& scenario, const std::vector<StationIndex>& stations,
                        const std::vector<TargetAt>& targets, const std::vector<RunMonth>& months,
                        const Replications& replications, int threads, const std::function<bool()>& stop);

}  // namespace pishkhan
