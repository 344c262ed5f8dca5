#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "sim/base/time.hpp"

namespace pishkhan {

/// A stretch of a station's day over which nothing about doors or the clock's hour changes.
struct Stretch {
  double from_s, to_s;
  int hour;   ///< while doors are open
  bool open;  ///< doors open
};

/// What is the same on every day of equal doors and shifts.
struct DayFrame {
  std::vector<Stretch> stretches;
  std::size_t first_hour = 0, end_hour = 0;  ///< hours outside see neither doors nor shifts
  using Hours = std::array<double, kHoursPerDay>;
  Hours open_s{};                ///< doors open, by hour
  std::vector<Hours> staffed_s;  ///< one clerk's shift time, by group and hour
};

/// Cuts a day at the hours and at the doors; the last stretch goes on for ever. Doors and shifts end at
/// midnight.
DayFrame frame_day(std::span<const Interval> doors, std::span<const Intervals> shifts);
/// Cuts an unbroken run at its doors alone. Everything stands in hour 0, and only the stretches are filled
/// in.
DayFrame frame_run(std::span<const Interval> doors);

/// Hour of a day's work, the last for all later ones.
inline std::size_t hour_of(double t) {
  constexpr double kHoursPerSecond = 1.0 / kSecondsPerHour;
  return static_cast<std::size_t>(std::clamp(t * kHoursPerSecond, 0.0, kHoursOfWork - 1.0));
}

/// Calls add(hour, seconds) for each hour that [from, to) meets, the last of them for all later ones.
template <class Add>
void split_by_hour(double from, double to, const Add& add) {
  std::size_t hour = hour_of(from);
  while (hour + 1 < kHoursOfWork) {
    const double edge = static_cast<double>(hour + 1) * kSecondsPerHour;
    if (to <= edge) break;
    add(hour, edge - from);
    from = edge;
    ++hour;
  }
  add(hour, to - from);
}

}  // namespace pishkhan
