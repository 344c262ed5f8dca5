#pragma once
#include <utility>
#include <vector>

#include "models/plan/plan.hpp"

namespace pishkhan {

/// What a planner can know before simulating: expected values, without random draws.
struct Forecast {
  /// Offered load in erlangs and clerks on shift (infinite where they are unlimited), by station, weekday
  /// class and hour, averaged over the counted days on which the station is open: [station * 24 + hour].
  std::vector<double> offered_load, clerks;
  std::vector<double> visits;  ///< expected over the counted days, by station
  double total_visits = 0;     ///< over all channels, warm-up and rework included, retries not
  std::vector<std::pair<ServiceId, ZoneId>>
      unreachable;  ///< demand for offices where none within reach gives the service
};
/// Throws Interrupted when told to stop.
Forecast forecast(const Plan& plan, StopCheck stop = {});

}  // namespace pishkhan
