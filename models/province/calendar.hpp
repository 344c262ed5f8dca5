#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/time.hpp"

namespace pishkhan {

enum class CalendarKind : std::uint8_t { solar_hijri, gregorian };

struct Date {
  int year = 0, month = 0, day = 0;  ///< month and day count from 1
  friend bool operator==(const Date&, const Date&) = default;
};

/// Solar Hijri years that can be converted. Within them the leap years of ICU (a 33-year cycle) are
/// those of the official calendar (the equinox at Tehran); from 1502 on they part.
inline constexpr int kFirstSolarYear = 1200;
inline constexpr int kLastSolarYear = 1500;
DayNumber first_day();
DayNumber last_day();

/// Solar Hijri date of a day within first_day()..last_day(). Thread-safe; costs a table search.
Date to_solar_hijri(DayNumber day);
/// Proleptic Gregorian date of any day.
Date to_gregorian(DayNumber day);
/// Day of a date, or nothing when the calendar has no such date (or it lies outside the years above).
std::optional<DayNumber> from_solar_hijri(Date date);
std::optional<DayNumber> from_gregorian(Date date);

/// 29 or 30 in Esfand, 30 or 31 before; year within the limits, month 1..12.
int solar_month_days(int year, int month);
bool is_solar_leap(int year);

/// 0 = Saturday ... 6 = Friday.
int weekday(DayNumber day);
/// `Saturday` ... `Friday`.
std::string_view weekday_name(int weekday);

/// What parse_date made of a text: a day, or the reason why there is none.
struct ParsedDate {
  std::optional<DayNumber> day;
  std::string problem;  ///< empty if day
  std::string hint;     ///< may be empty
};

/// Reads `1395-02-10` (a year under 1700 is Solar Hijri) or `2016-04-29`: four digits, hyphen,
/// two digits, hyphen, two digits, nothing else.
ParsedDate parse_date(std::string_view text);

/// `1395-02-10` or `2016-04-29`.
std::string format_date(DayNumber day, CalendarKind kind = CalendarKind::solar_hijri);

}  // namespace pishkhan
