#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "models/assumptions/assumption_points.hpp"
#include "models/staffing/staffing.hpp"

namespace pishkhan {

/// What the sets of assumptions say of a station.
struct StationUnderAssumptions {
  StationIndex station;
  std::size_t points = 0;  ///< at which the targets count a visit; 0 where the clerks cannot be chosen
  std::size_t met = 0;     ///< of them, at which the clerks needed keep all targets
  /// The fewest clerks that keep them: the least, the median (the lower of two) and the greatest over the
  /// points. Empty: no number of clerks does there.
  std::optional<int> low, middle, high;
  std::size_t unattainable = 0;  ///< points at which no number of clerks keeps them
  /// The fewest found that keep them at the wanted share of the points, not fewer than are needed anyway; and
  /// at how many points they do. Empty: not asked for, or there are none.
  std::optional<int> robust;
  std::size_t robust_met = 0;
};

/// What a set of assumptions says of all stations together.
struct StaffingAtPoint {
  std::size_t stations = 0;  ///< of which the targets count a visit
  std::size_t met = 0;       ///< of them, those where the clerks needed keep all targets
  std::size_t unattainable = 0;
  std::size_t clerks = 0;  ///< the fewest that keep the targets, over all stations but the unattainable
};

struct StaffingUnderAssumptions {
  AssumptionPoints drawn;
  std::uint64_t seed = 0;          ///< of the citizens, whom all points share
  std::uint32_t replications = 0;  ///< of each point
  std::optional<double> robust;    ///< the wanted share of points
  std::vector<StationUnderAssumptions> stations;
  std::vector<StaffingAtPoint> points;
};

struct AssumptionOptions {
  int threads = 1;
  std::size_t points = 32;
  std::size_t station_days = 20;    ///< of each point, at least
  std::optional<double> robust;     ///< above 0, up to 1
  std::function<bool()> stop = {};  ///< true ends it with Interrupted
};

/// Repeats the verdict of a staffing at points of a Latin hypercube over the ranges of the assumed numbers,
/// on common citizens that neither search nor proof saw. A promise is kept at a point if its share reaches
/// its goal there. Throws UserError for a scenario without ranges.
StaffingUnderAssumptions staff_under_assumptions(const Scenario& scenario, const StaffingResult& staffed,
                                                 const AssumptionOptions& options);

}  // namespace pishkhan
