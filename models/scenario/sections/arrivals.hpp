#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "models/scenario/schema/section.hpp"

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

/// Arrivals by the hour, or sinusoidal.
struct RateCurveKeys {
  std::vector<double> hourly;
  double total = 0;  ///< arrivals a day
  double from_s = 0;
  Written<SineKeys> sinusoidal;
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

/// Expected arrivals of a rate over the horizon, doors open throughout.
double expected_arrivals(const RateSteps& rate, const ArrivalHorizon& horizon);

}  // namespace pishkhan
