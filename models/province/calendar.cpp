#include "models/province/calendar.hpp"

#include <unicode/calendar.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kYears = kLastSolarYear - kFirstSolarYear + 1;
constexpr int kDaysInFirstHalf = 6 * 31;
/// A year under this one is Solar Hijri, in texts.
constexpr int kFirstGregorianYear = 1700;

/// First days of the years, and of the year after the last one.
using YearStarts = std::array<DayNumber, kYears + 1>;

YearStarts ask_icu() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::createTimeZone("GMT"), icu::Locale("fa_IR@calendar=persian"), status));
  YearStarts starts{};
  for (std::size_t i = 0; i < starts.size() && U_SUCCESS(status); ++i) {
    calendar->clear();
    calendar->set(UCAL_EXTENDED_YEAR, kFirstSolarYear + static_cast<int>(i));
    calendar->set(UCAL_MONTH, 0);
    calendar->set(UCAL_DATE, 1);
    starts[i] = static_cast<DayNumber>(std::floor(calendar->getTime(status) / 86400000.0));
  }
  if (U_FAILURE(status))
    throw EnvironmentError(std::string("ICU has no Persian calendar here: ") + u_errorName(status));
  return starts;
}

const YearStarts& year_starts() {
  static const YearStarts starts = ask_icu();
  return starts;
}

DayNumber year_start(int year) { return year_starts()[static_cast<std::size_t>(year - kFirstSolarYear)]; }

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

DayNumber first_day() { return year_starts().front(); }
DayNumber last_day() { return year_starts().back() - 1; }

Date to_solar_hijri(DayNumber day) {
  PISHKHAN_EXPECT(day >= first_day() && day <= last_day());
  const YearStarts& starts = year_starts();
  const auto after = std::upper_bound(starts.begin(), starts.end(), day);
  const int of_year = day - *(after - 1);
  Date date;
  date.year = kFirstSolarYear + static_cast<int>(after - 1 - starts.begin());
  const bool first_half = of_year < kDaysInFirstHalf;
  const int of_half = first_half ? of_year : of_year - kDaysInFirstHalf;
  const int month_days = first_half ? 31 : 30;
  date.month = (first_half ? 1 : 7) + of_half / month_days;
  date.day = 1 + of_half % month_days;
  return date;
}

Date to_gregorian(DayNumber day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

bool is_solar_leap(int year) {
  PISHKHAN_EXPECT(year >= kFirstSolarYear && year <= kLastSolarYear);
  return year_start(year + 1) - year_start(year) == 366;
}

int solar_month_days(int year, int month) {
  PISHKHAN_EXPECT(month >= 1 && month <= 12);
  const bool leap = is_solar_leap(year);
  if (month == 12) return leap ? 30 : 29;
  return month <= 6 ? 31 : 30;
}

std::optional<DayNumber> from_solar_hijri(Date date) {
  if (date.year < kFirstSolarYear || date.year > kLastSolarYear) return std::nullopt;
  if (date.month < 1 || date.month > 12) return std::nullopt;
  if (date.day < 1 || date.day > solar_month_days(date.year, date.month)) return std::nullopt;
  const int months = date.month - 1;
  return year_start(date.year) + 30 * months + std::min(months, 6) + date.day - 1;
}

std::optional<DayNumber> from_gregorian(Date date) {
  const std::chrono::year_month_day written{std::chrono::year{date.year},
                                            std::chrono::month{static_cast<unsigned>(date.month)},
                                            std::chrono::day{static_cast<unsigned>(date.day)}};
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31 || !written.ok())
    return std::nullopt;
  const auto day = static_cast<DayNumber>(std::chrono::sys_days{written}.time_since_epoch().count());
  if (day < first_day() || day > last_day()) return std::nullopt;
  return day;
}

int weekday(DayNumber day) {
  // 1970-01-01 was a Thursday, index 5.
  return ((day % 7) + 7 + 5) % 7;
}

std::string_view weekday_name(int index) {
  constexpr std::string_view names[] = {"Saturday",  "Sunday",   "Monday", "Tuesday",
                                        "Wednesday", "Thursday", "Friday"};
  PISHKHAN_EXPECT(index >= 0 && index < 7);
  return names[index];
}

ParsedDate parse_date(std::string_view text) {
  const std::string quoted = "'" + std::string(text) + "'";
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const auto year = shaped ? digits(text.substr(0, 4)) : std::nullopt;
  const auto month = shaped ? digits(text.substr(5, 2)) : std::nullopt;
  const auto day = shaped ? digits(text.substr(8, 2)) : std::nullopt;
  if (!year || !month || !day) {
    return {std::nullopt, quoted + " is not a date",
            "write year-month-day in the digits 0-9, e.g. 1395-02-10 or 2016-04-29"};
  }
  const bool solar = *year < kFirstGregorianYear;
  const Date date{*year, *month, *day};
  if (const auto found = solar ? from_solar_hijri(date) : from_gregorian(date)) return {found, "", ""};

  const std::string calendar = solar ? "Solar Hijri" : "Gregorian";
  if (*month < 1 || *month > 12) return {std::nullopt, quoted + " has no such month", "months are 01 to 12"};
  const bool known_year = solar && *year >= kFirstSolarYear && *year <= kLastSolarYear;
  if (known_year) {
    return {std::nullopt, quoted + " is not a day of the Solar Hijri calendar",
            "month " + std::to_string(*month) + " of " + std::to_string(*year) + " has " +
                std::to_string(solar_month_days(*year, *month)) + " days"};
  }
  const bool gregorian_day_exists =
      !solar && *day >= 1 &&
      std::chrono::year_month_day{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                  std::chrono::day{static_cast<unsigned>(*day)}}
          .ok();
  if (!solar && !gregorian_day_exists)
    return {std::nullopt, quoted + " is not a day of the Gregorian calendar", "the month is shorter"};
  const CalendarKind kind = solar ? CalendarKind::solar_hijri : CalendarKind::gregorian;
  return {std::nullopt, quoted + " is outside the years that can be simulated",
          calendar + " dates run from " + format_date(first_day(), kind) + " to " +
              format_date(last_day(), kind)};
}

std::string format_date(DayNumber day, CalendarKind kind) {
  const Date date = kind == CalendarKind::solar_hijri ? to_solar_hijri(day) : to_gregorian(day);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

}  // namespace pishkhan
