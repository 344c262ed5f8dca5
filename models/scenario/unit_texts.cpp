#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "models/province/calendar.hpp"
#include "models/scenario/units.hpp"

namespace pishkhan {

std::string in_ticks(std::string_view text) {
  constexpr std::size_t most = 60;
  std::string shown = "`";
  if (text.size() > most) {
    std::size_t cut = most;  // Between characters, never inside one.
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    shown += text.substr(0, cut);
    shown += "...";
  } else {
    shown += text;
  }
  std::replace(shown.begin(), shown.end(), '\n', ' ');
  shown += '`';
  return shown;
}

std::string describe(Quantity quantity) {
  switch (quantity) {
    case Quantity::text:
      return "a text";
    case Quantity::identifier:
      return "an id (lower case letters, digits, hyphens)";
    case Quantity::path:
      return "a file";
    case Quantity::boolean:
      return "`true` or `false`";
    case Quantity::count:
      return "a whole number";
    case Quantity::number:
      return "a number";
    case Quantity::share:
      return "a share such as `80%`";
    case Quantity::duration:
      return "a duration such as `9 min`";
    case Quantity::rate:
      return "a rate such as `4.2 / min`";
    case Quantity::distance:
      return "a distance such as `40 km`";
    case Quantity::speed:
      return "a speed such as `30 km/h`";
    case Quantity::bandwidth:
      return "a bandwidth such as `4 Mbit/s`";
    case Quantity::size:
      return "a size such as `20 kB`";
    case Quantity::date:
      return "a date such as `1395-02-10`";
    case Quantity::date_time:
      return "a date and time such as `1395-02-10 09:30`";
    case Quantity::month_day:
      return "a month and day such as `01-13`";
    case Quantity::time_of_day:
      return "a time of day such as `08:00`";
    case Quantity::hours:
      return "hours such as `08:00-14:00`";
    case Quantity::clerks:
      return "a number of clerks such as `3`, `+1` or `+20%`";
    case Quantity::cores:
      return "a number of cores such as `16`, `+4` or `+50%`";
    case Quantity::growth:
      return "a growth such as `+10%`";
  }
  return "";
}

std::string pattern(Quantity quantity) {
  const std::string amount = "^[+-]?[0-9.]+([eE][+-]?[0-9]+)?";
  switch (quantity) {
    case Quantity::identifier:
      return "^[a-z0-9][a-z0-9@_-]{0,99}$";
    case Quantity::share:
      return amount + " *%$";
    case Quantity::duration:
      return amount + " *(ms|s|min|h|d)$";
    case Quantity::rate:
      return amount + " */ *(ms|s|min|h|d)$";
    case Quantity::distance:
      return amount + " *(m|km)$";
    case Quantity::speed:
      return amount + " *(m/s|km/h)$";
    case Quantity::bandwidth:
      return amount + " *(B/s|kbit/s|Mbit/s|Gbit/s)$";
    case Quantity::size:
      return amount + " *(B|kB|MB)$";
    case Quantity::date:
      return "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    case Quantity::date_time:
      return "^[0-9]{4}-[0-9]{2}-[0-9]{2}( +[0-9]{2}:[0-9]{2})?$";
    case Quantity::month_day:
      return "^[0-9]{2}-[0-9]{2}$";
    case Quantity::time_of_day:
      return "^[0-9]{2}:[0-9]{2}$";
    case Quantity::hours:
      return "^(closed|[0-9]{2}:[0-9]{2} *- *[0-9]{2}:[0-9]{2}( *, *[0-9]{2}:[0-9]{2} *- "
             "*[0-9]{2}:[0-9]{2})*)$";
    case Quantity::clerks:
    case Quantity::cores:
      return "^[+-]?[0-9.]+ *%?$";
    case Quantity::growth:
      return amount + " *%$";
    default:
      return "";
  }
}

std::string number_text(double value) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0 ? 0.0 : value).ptr;
  return {buffer.data(), end};
}

std::string date_time_text(double value, CalendarKind calendar) {
  const auto day = static_cast<DayNumber>(std::floor(value / kSecondsPerDay));
  const auto minute = static_cast<int>(std::floor(value / 60 - day * (kSecondsPerDay / 60)));
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return format_date(day, calendar) + ' ' + two(minute / 60) + ':' + two(minute % 60);
}

std::string canonical_text(Quantity quantity, double value, std::string_view text) {
  switch (quantity) {
    case Quantity::count:
    case Quantity::number:
    case Quantity::share:
      return number_text(value);
    case Quantity::growth:
      return number_text(value * 100) + '%';
    case Quantity::duration:
      return number_text(value) + " s";
    case Quantity::rate:
      return number_text(value) + " / s";
    case Quantity::distance:
      return number_text(value) + " km";
    case Quantity::speed:
      return number_text(value) + " km/h";
    case Quantity::bandwidth:
      return number_text(value) + " B/s";
    case Quantity::size:
      return number_text(value) + " B";
    case Quantity::date:
      return format_date(static_cast<DayNumber>(value), CalendarKind::gregorian);
    case Quantity::date_time:
      return date_time_text(value, CalendarKind::gregorian);
    default:
      return std::string(text);
  }
}

}  // namespace pishkhan
