#include "models/plan/run_hours.hpp"

#include <algorithm>
#include <cmath>

#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

/// What the rate of each weekday is multiplied by: its factor and, where a day has a total, what brings it
/// within the doors.
std::array<double, kDaysPerWeek> factors_of_days(const BareStation& station, const ArrivalStream& stream) {
  std::array<double, kDaysPerWeek> factors = stream.weekday;
  for (std::size_t day = 0; stream.total_a_day > 0 && day < factors.size(); ++day) {
    const double within_doors = ArrivalCurve(stream.rate, station.rules.doors[day]).total();
    if (within_doors > 0) factors[day] *= stream.total_a_day / within_doors;
  }
  return factors;
}

}  // namespace

Intervals lay_out(const WeekHours& week, DayNumber first_day, double until_s) {
  Intervals hours;
  for (DayNumber day = 0; day * kSecondsPerDay < until_s; ++day) {
    const double midnight_s = day * kSecondsPerDay;
    for (const Interval& of_day : week[static_cast<std::size_t>(weekday(first_day + day))]) {
      const double from_s = midnight_s + of_day.from_s;
      if (from_s < until_s) hours.push_back({from_s, std::min(midnight_s + of_day.to_s, until_s)});
    }
  }
  merge_touching(hours);
  return hours;
}

std::span<const Interval> ending_after(std::span<const Interval> intervals, double time_s) {
  const auto first = std::upper_bound(intervals.begin(), intervals.end(), time_s,
                                      [](double t, const Interval& of) { return t < of.to_s; });
  return {first, intervals.end()};
}

Intervals cut(std::span<const Interval> intervals, double from_s, double to_s) {
  Intervals parts;
  for (const Interval& interval : ending_after(intervals, from_s)) {
    if (interval.from_s >= to_s) break;
    parts.push_back({std::max(interval.from_s, from_s), std::min(interval.to_s, to_s)});
  }
  return parts;
}

ArrivalCurve curve_of_run(const BareStation& station, const ArrivalStream& stream, DayNumber first_day,
                          std::span<const Interval> doors) {
  const auto with_batches = [&stream](ArrivalCurve curve) {
    curve.scale_to(curve.total() * stream.batch.mean());
    return curve;
  };
  if (!stream.every_day || doors.empty()) return with_batches(ArrivalCurve(stream.rate, doors));
  const auto factors = factors_of_days(station, stream);
  std::vector<std::pair<double, double>> rate;
  auto day = static_cast<DayNumber>(doors.front().from_s / kSecondsPerDay);
  for (; day * kSecondsPerDay < doors.back().to_s; ++day) {
    const double factor = factors[static_cast<std::size_t>(weekday(first_day + day))];
    for (const auto& [from_s, per_s] : stream.rate)
      rate.emplace_back(day * kSecondsPerDay + from_s, per_s * factor);
  }
  return with_batches(ArrivalCurve(rate, doors));
}

}  // namespace pishkhan
