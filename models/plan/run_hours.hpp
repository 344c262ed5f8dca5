#pragma once
#include "models/demand/arrival_curve.hpp"
#include "models/scenario/scenario.hpp"

namespace pishkhan {

// The hours of a week, laid out over an unbroken run. It begins at the midnight of its first day, and its
// times are seconds after that.

/// The hours from the midnight of a day on, until until_s after it. What touches at midnight is one interval.
Intervals lay_out(const WeekHours& week, DayNumber first_day, double until_s);

/// Those of the intervals that end after a time.
std::span<const Interval> ending_after(std::span<const Interval> intervals, double time_s);

/// The parts of the intervals between two times.
Intervals cut(std::span<const Interval> intervals, double from_s, double to_s);

/// Arrivals of a stream of the station within intervals of the run, which are its doors or parts of them.
ArrivalCurve curve_of_run(const BareStation& station, const ArrivalStream& stream, DayNumber first_day,
                          std::span<const Interval> doors);

}  // namespace pishkhan
