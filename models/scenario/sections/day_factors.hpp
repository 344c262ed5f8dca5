#pragma once
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/section.hpp"
#include "models/scenario/sections/arrivals.hpp"
#include "models/scenario/sections/demand.hpp"

namespace pishkhan {

// How the arrivals at bare stations differ from day to day.

/// The factors by weekday of a stream.
Section<WeekdayFactors> weekday_of_streams();

/// What `busyness` of a station says.
struct BusynessKeys {
  double cv = 0;
};
Section<BusynessKeys> busyness_of_station();

/// Expects somebody to come on some day.
void check_weekday(const Written<WeekdayFactors>& weekday, const WeekHours& doors, Diagnostics& mistakes);

/// Gives a stream its factors, if there are any. Over an unbroken run, a rate that does not change becomes
/// one of every day; arrivals without days are refused, at the location.
void take_weekday(const Written<WeekdayFactors>& weekday, const ArrivalHorizon& horizon,
                  const Location& location, ArrivalStream& stream, Diagnostics& mistakes);

/// The greatest factor of a day; of an unbroken run the mean over its days.
double factor_of_days(const ArrivalStream& stream, const ArrivalHorizon& horizon, DayNumber first_day);

}  // namespace pishkhan
