#pragma once
#include <cstdint>
#include <optional>

#include "sim/base/time.hpp"

namespace pishkhan {

/// What somebody counted at a station on a day, or in a month of the Solar Hijri calendar. What was not
/// counted has no value.
struct Observation {
  std::uint32_t station = 0;  ///< offices before counters
  DayNumber first = 0;
  int days = 1;  ///< of a month all its days
  bool is_month = false;
  std::optional<double> visits;     ///< who came, those who left at once too
  std::optional<double> wait_s;     ///< mean of the served, from joining to the start of handling
  std::optional<double> abandoned;  ///< visits that left the queue
  std::optional<double> clerks;     ///< on duty; of a month the mean of the days on which it is open
  int line = 0;                     ///< of the table
};

}  // namespace pishkhan
