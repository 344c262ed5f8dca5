#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "models/plan/day_ranges.hpp"
#include "models/plan/plan.hpp"

namespace pishkhan {

/// What a planner can know before simulating: expected values, without random draws.
struct Forecast {
  /// Offered load in erlangs and clerks on shift (infinite where they are unlimited), by station, weekday and
  /// hour, averaged over the counted weekdays on which the station is open: [hour_key(...)]. Of an unbroken
  /// run: averaged over the counted time, where hours differ, else in the first hour of the first weekday.
  /// `speed`: the mean of the clerks on shift; where nobody is, of all of the station. Handling is divided by
  /// it.
  std::vector<double> offered_load, clerks, speed;
  /// Stations of which no hour is unlike another, in ascending order.
  std::vector<std::size_t> steady;
  static std::size_t hour_key(std::size_t station, std::size_t weekday, std::size_t hour) {
    return (station * kDaysPerWeek + weekday) * kHoursPerDay + hour;
  }
  /// A station on one weekday of a range; of an unbroken run, which carries its queue over midnight, on all
  /// days.
  struct WeekdayLoad {
    std::size_t station;
    DayRange range;
    std::optional<int> weekday;  ///< none: all
    /// Erlang-hours at the mean speed of all clerk hours, and clerk hours, as long as it is open.
    double offered_load_h = 0, clerk_h = 0;
    double open_days = 0;  ///< counted ones
    /// What one clerk is on shift of them in the mean, less absence; where there is no clerk, what one would
    /// be.
    double hours_of_one = 0;
  };
  /// With counted days on which the station is open; by station, then first day, then weekday.
  std::vector<WeekdayLoad> weekday_loads;
  std::vector<double> visits;  ///< expected over the counted days, by station
  double total_visits = 0;     ///< over all channels, warm-up and rework included, retries not
  /// Demand for offices on some day of the run on which none within reach gives the service; ascending.
  std::vector<std::pair<ServiceId, ZoneId>> unreachable;
};
/// Throws Interrupted when told to stop.
Forecast forecast(const Plan& plan, StopCheck stop = {});

}  // namespace pishkhan
