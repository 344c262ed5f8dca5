#include "models/scenario/sections/day_factors.hpp"

#include <algorithm>
#include <cmath>

#include "models/province/calendar.hpp"

namespace pishkhan {

Section<WeekdayFactors> weekday_of_streams() {
  return weekday_keys("Factor on the arrivals of this weekday; it takes nothing from other days.", "1",
                      "weekday_factors");
}

Section<BusynessKeys> busyness_of_station() {
  Section<BusynessKeys> keys("`{cv}`");
  keys.required("cv", &BusynessKeys::cv, busyness_value(),
                "Coefficient of variation of the day's factor; 0: every day has the factor 1.");
  return keys;
}

void check_weekday(const Written<WeekdayFactors>& weekday, const WeekHours& doors, Diagnostics& mistakes) {
  if (!weekday.valid()) return;
  bool opens = false;
  for (std::size_t day = 0; day < doors.size(); ++day) {
    if (doors[day].empty()) continue;
    if ((*weekday)[day] > 0) return;
    opens = true;
  }
  if (!opens) return;  // which is told of the doors
  add_mistake(mistakes, weekday.location(), "no factor is above 0 on a day with doors",
              "nobody would ever come");
}

void take_weekday(const Written<WeekdayFactors>& weekday, const ArrivalHorizon& horizon,
                  const Location& location, ArrivalStream& stream, Diagnostics& mistakes) {
  if (!weekday.valid()) return;
  stream.weekday = *weekday;
  if (std::ranges::all_of(stream.weekday, [](double factor) { return factor == 1; })) return;
  if (!horizon.unbroken || stream.every_day || stream.rate.empty()) return;
  stream.every_day = stream.rate.size() == 1 || horizon.end_s <= kSecondsPerDay;
  if (stream.every_day) return;
  add_mistake(mistakes, location, "factors by `weekday` of arrivals that do not come every day anew",
              "in an unbroken run write a rate, steps at times of day, or `{hourly, total}`");
}

double factor_of_days(const ArrivalStream& stream, const ArrivalHorizon& horizon, DayNumber first_day) {
  if (!horizon.unbroken) return std::ranges::max(stream.weekday);
  constexpr double kDays = kDaysPerWeek;
  const double days = std::ceil(horizon.end_s / kSecondsPerDay);
  double sum = 0;
  for (int k = 0; k < static_cast<int>(kDaysPerWeek); ++k) {
    const double of_weekday = std::max(0.0, std::ceil((days - k) / kDays));
    sum += of_weekday * stream.weekday[static_cast<std::size_t>(weekday(first_day + k))];
  }
  return sum / days;
}

}  // namespace pishkhan
