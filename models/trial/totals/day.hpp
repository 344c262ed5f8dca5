#pragma once
#include <algorithm>
#include <cstddef>

#include "models/province/calendar.hpp"
#include "models/scenario/scenario.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {

/// A day of a run. An unbroken run is a single Day{}.
struct Day {
  DayNumber date = 0;
  int index = 0;            ///< days since the first day of the run
  std::size_t weekday = 0;  ///< 0 = Saturday ... 6 = Friday
  bool counted = true;      ///< not a warm-up day
};

inline Day day_of_run(const Scenario& scenario, int index) {
  const DayNumber date = scenario.run.start + index;
  return {date, index, static_cast<std::size_t>(weekday(date)), index >= scenario.run.warm_up_days};
}

inline bool is_holiday(const Scenario& scenario, const Day& day) {
  return std::binary_search(scenario.demand.holidays.begin(), scenario.demand.holidays.end(), day.date);
}

}  // namespace pishkhan
