#pragma once
#include <cstdint>
#include <vector>

#include "models/trial/totals/attempt.hpp"
#include "sim/base/time.hpp"

namespace pishkhan {

/// The book of a list of appointments at a station. Everybody takes the earliest slot that is free, and
/// nobody gives one back, so the free ones are those from one slot on.
struct AppointmentBook {
  /// An attempt to be made in a booked slot.
  struct Booked {
    Attempt attempt;
    DayNumber day = 0;
  };
  DayNumber next_day = INT32_MIN;  ///< of the first slot that may be free
  std::uint32_t next_slot = 0;     ///< its index in Appointments::slots
  std::vector<Booked> booked;      ///< still to come, by day and slot
  // Of the whole run, for the audit.
  std::uint64_t all_booked = 0, all_came = 0, all_stayed_away = 0, all_shut = 0;
};

}  // namespace pishkhan
