#pragma once
#include <algorithm>
#include <cmath>
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

/// Half-open stretch of simulated time, seconds after local midnight (of an unbroken run: of its first day).
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

/// The time of the intervals within [from_s, to_s).
inline double time_within(std::span<const Interval> intervals, double from_s, double to_s) {
  double sum_s = 0;
  for (const Interval& interval : intervals)
    sum_s += std::max(0.0, std::min(interval.to_s, to_s) - std::max(interval.from_s, from_s));
  return sum_s;
}

/// Calls add(hour of the day, seconds) for each hour that [from_s, to_s) meets, of one day or many.
template <class Add>
void split_by_hour_of_day(double from_s, double to_s, const Add& add) {
  while (from_s < to_s) {
    const double hour = std::floor(from_s / kSecondsPerHour);
    const double end_s = std::min(to_s, (hour + 1) * kSecondsPerHour);
    add(static_cast<std::size_t>(std::fmod(hour, kHoursPerDay)), end_s - from_s);
    from_s = end_s;
  }
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
