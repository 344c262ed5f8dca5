#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "models/province/calendar.hpp"
#include "models/province/province.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/stream_arrivals.hpp"

namespace pishkhan {

/// One of several steps of an arrival rate.
struct RateStepKeys {
  double from_s = 0;
  double rate_per_s = 0;
};

/// An arrival rate that swings: mean + amplitude sin(2 pi t / period).
struct SineKeys {
  double mean_per_s = 0, amplitude_per_s = 0, period_s = 1;
};

/// One arrival each so much time.
struct ScheduleKeys {
  double every_s = 0;
  ArrivalDeviation deviation;
  double no_show = 0;
};

/// An arrival that was recorded.
struct RecordedKeys {
  double at_s = 0;
  double handling_s = 0;
};

/// Arrivals by the hour, sinusoidal, by a schedule or recorded.
struct RateCurveKeys {
  std::vector<double> hourly;
  double total = 0;  ///< arrivals a day
  double from_s = 0;
  Written<SineKeys> sinusoidal;
  Written<ScheduleKeys> scheduled;
  std::vector<Written<RecordedKeys>> recorded;
  Name file;  ///< whose rows are in `recorded` when scenarios are made
};

/// The `arrivals` of a stream: a constant rate, steps, or a curve.
struct ArrivalsKeys {
  double rate_per_s = 0;
  std::vector<Written<RateStepKeys>> steps;
  Written<RateCurveKeys> curve;
};
Value<ArrivalsKeys> arrivals_value();

/// What arrivals are laid out over.
struct ArrivalHorizon {
  bool unbroken = false;
  double end_s = 0;  ///< a day, or the length of the unbroken run
};

/// Most expected arrivals at a station in a day or an unbroken run.
inline constexpr double kMostArrivals = 1e9;

/// A rate as steps: (from_s, arrivals a second), the first at 0.
struct RateSteps {
  std::vector<std::pair<double, double>> steps;
  bool every_day = false;  ///< of an unbroken run: the steps are of a day, and every day has them
};

/// Most steps of a stream's rate, and most intervals of a station's hours, over an unbroken run.
inline constexpr double kMostSteps = 2e6;

/// Mistakes are added.
RateSteps rate_steps(const ArrivalsKeys& arrivals, const ArrivalHorizon& horizon, Diagnostics& mistakes);

ArrivalSchedule schedule_of(const ScheduleKeys& keys);

/// Recorded arrivals, sorted by time. Mistakes are added: times outside the doors or the run, and handling
/// that is recorded of some only.
std::vector<RecordedArrival> recorded_arrivals(const std::vector<Written<RecordedKeys>>& written,
                                               const ArrivalHorizon& horizon, const WeekHours& doors,
                                               DayNumber first_day, Diagnostics& mistakes);

/// Expected arrivals of a rate over the horizon, doors open throughout.
double expected_arrivals(const RateSteps& rate, const ArrivalHorizon& horizon);

}  // namespace pishkhan
