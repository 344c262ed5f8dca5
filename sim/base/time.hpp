#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace pishkhan {

inline constexpr double kSecondsPerMinute = 60.0;
inline constexpr double kSecondsPerHour = 3600.0;
inline constexpr double kSecondsPerDay = 86400.0;
inline constexpr int kHoursPerDay = 24;
/// Hours that are told apart of a day whose work goes on past midnight; the last holds all that comes later.
inline constexpr int kHoursOfWork = 2 * kHoursPerDay + 1;
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

/// Whether the two have some time in common.
inline bool meet(std::span<const Interval> some, std::span<const Interval> others) {
  return std::any_of(some.begin(), some.end(), [others](const Interval& a) {
    return std::any_of(others.begin(), others.end(),
                       [&a](const Interval& b) { return a.from_s < b.to_s && b.from_s < a.to_s; });
  });
}

/// Ordered, disjoint intervals of which one may begin where another ends: makes one of such.
inline void merge_touching(Intervals& intervals) {
  Intervals merged;
  for (const Interval& next : intervals) {
    if (!merged.empty() && merged.back().to_s == next.from_s)
      merged.back().to_s = next.to_s;
    else
      merged.push_back(next);
  }
  intervals.swap(merged);
}

}  // namespace pishkhan
