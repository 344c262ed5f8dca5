#pragma once
#include <cstdint>
#include <vector>

namespace pishkhan {

inline constexpr double kSecondsPerMinute = 60.0;
inline constexpr double kSecondsPerHour = 3600.0;
inline constexpr double kSecondsPerDay = 86400.0;
inline constexpr int kHoursPerDay = 24;
inline constexpr std::size_t kDaysPerWeek = 7;

/// Days since 1970-01-01 (Gregorian), local civil days.
using DayNumber = std::int32_t;

/// Half-open stretch of simulated time, seconds after local midnight (or after the start of a run
/// that has no days).
struct Interval {
  double from_s = 0;
  double to_s = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Ordered, disjoint intervals.
using Intervals = std::vector<Interval>;

}  // namespace pishkhan
