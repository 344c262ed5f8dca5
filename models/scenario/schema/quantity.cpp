#include "models/scenario/schema/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include "models/province/calendar.hpp"
#include "models/scenario/schema/read_scalar.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/whole.hpp"

namespace pishkhan {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};
constexpr Unit kTimeUnits[] = {{"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}};
constexpr Unit kDistanceUnits[] = {{"m", 1e-3}, {"km", 1}};
constexpr Unit kSpeedUnits[] = {{"m/s", 3.6}, {"km/h", 1}};
constexpr Unit kMoneyUnits[] = {{"toman", 10}, {"rial", 1}};
constexpr Unit kBandwidthUnits[] = {{"B/s", 1}, {"kbit/s", 125}, {"Mbit/s", 125e3}, {"Gbit/s", 125e6}};

/// All there is to know of a quantity.
struct Row {
  Quantity quantity;
  std::string_view description;
  JsonType json;
  std::optional<Misread> (*read)(Quantity, std::string_view text, double& value);
  std::string (*canonical)(double value) = nullptr;  ///< null: the text as it is written
  std::string_view pattern = {};                     ///< without units: of the whole text
  std::span<const Unit> units = {};
  std::string_view example = {};       ///< the number's usual unit
  std::string_view after_number = {};  ///< pattern of what stands between a number and its unit
};

const Row& row_of(Quantity quantity);

// ---- Reading ---------------------------------------------------------------------------------------------

std::string unit_names(std::span<const Unit> units) {
  std::vector<std::string> names;
  for (const Unit& unit : units) names.emplace_back(unit.name);
  return join_or(names);
}

std::optional<Misread> find_unit(const Row& row, std::string_view text, std::string_view name,
                                 double& factor) {
  for (const Unit& known : row.units) {
    if (known.name != name) continue;
    factor = known.factor;
    return std::nullopt;
  }
  if (name.empty()) {
    return Misread{in_backticks(text) + " has no unit", "write " + describe(row.quantity) +
                                                            ", here perhaps `" + std::string(text) +
                                                            std::string(row.example) + '`'};
  }
  return Misread{"unknown unit " + in_backticks(name), "units here are " + unit_names(row.units)};
}

/// The number a text begins with, and the rest.
std::optional<Misread> split_finite(Quantity quantity, std::string_view text, double& value,
                                    std::string_view& rest) {
  if (looks_infinite(text)) return Misread{in_backticks(text) + " is not a finite number", ""};
  return split_number(quantity, text, value, rest);
}

std::optional<Misread> read_with_unit(Quantity quantity, std::string_view text, double& value) {
  std::string_view unit;
  if (auto wrong = split_finite(quantity, text, value, unit)) return wrong;
  double factor = 1;
  if (auto wrong = find_unit(row_of(quantity), text, unit, factor)) return wrong;
  value *= factor;
  return std::nullopt;
}

std::optional<Misread> read_rate(Quantity quantity, std::string_view text, double& value) {
  std::string_view unit;
  if (auto wrong = split_finite(quantity, text, value, unit)) return wrong;
  if (!unit.empty() && unit.front() == '/') {
    unit = trim(unit.substr(1));
    if (unit.empty()) return not_a(quantity, text);
  } else if (!unit.empty()) {
    return Misread{not_a(quantity, text).problem, "a rate has a slash before its unit"};
  }
  double factor = 1;
  if (auto wrong = find_unit(row_of(quantity), text, unit, factor)) return wrong;
  value /= factor;
  return std::nullopt;
}

std::optional<Misread> read_share(Quantity quantity, std::string_view text, double& value) {
  std::string_view rest;
  if (auto wrong = split_finite(quantity, text, value, rest)) return wrong;
  if (rest == "%")
    value /= 100;
  else if (!rest.empty())
    return not_a(quantity, text);
  if (value > 1) {
    return Misread{in_backticks(text) + " is over 100%",
                   rest.empty() ? "write a share as `80%` or `0.8`" : ""};
  }
  return std::nullopt;
}

std::optional<Misread> read_growth(Quantity quantity, std::string_view text, double& value) {
  std::string_view rest;
  if (auto wrong = split_finite(quantity, text, value, rest)) return wrong;
  if (rest != "%") return Misread{not_a(quantity, text).problem, "growth is written in percent"};
  value /= 100;
  return std::nullopt;
}

std::optional<Misread> read_number(Quantity quantity, std::string_view text, double& value) {
  std::string_view rest;
  if (auto wrong = split_finite(quantity, text, value, rest)) return wrong;
  if (!rest.empty()) return not_a(quantity, text);
  return std::nullopt;
}

std::optional<Misread> read_count(Quantity quantity, std::string_view text, double& value) {
  if (auto wrong = read_number(quantity, text, value)) return wrong;
  if (value != std::floor(value)) return not_a(quantity, text);
  if (text.starts_with('+')) {
    return Misread{in_backticks(text) + " is not a whole number",
                   "a sign before it would mean a change, and the number itself is asked for here"};
  }
  return std::nullopt;
}

/// The value in 64 bits is read again by read_seed; here it decides about the sign.
std::optional<Misread> check_seed(Quantity quantity, std::string_view text, double& value) {
  if (const auto seed = read_seed(text)) {
    value = static_cast<double>(*seed);
    return std::nullopt;
  }
  if (auto wrong = read_count(quantity, text, value)) return wrong;
  if (value < 0) return std::nullopt;
  return Misread{in_backticks(text) + " is not a whole number of 64 bits",
                 "digits, at most 18446744073709551615"};
}

std::optional<Misread> check_hours(Quantity, std::string_view text, double&) {
  Intervals ignored;
  return read_hours(text, ignored);
}

std::optional<Misread> check_change(Quantity quantity, std::string_view text, double&) {
  CountChange ignored;
  return read_change(quantity, text, ignored);
}

// ---- Canonical texts -------------------------------------------------------------------------------------

std::string seconds_text(double value) { return number_text(value) + " s"; }
std::string rate_text(double value) { return number_text(value) + " / s"; }
std::string kilometres_text(double value) { return number_text(value) + " km"; }
std::string speed_text(double value) { return number_text(value) + " km/h"; }
std::string bandwidth_text(double value) { return number_text(value) + " B/s"; }
std::string money_text(double value) { return number_text(value) + " rial"; }
std::string growth_text(double value) { return number_text(value * 100) + '%'; }
std::string date_text(double value) {
  return format_date(static_cast<DayNumber>(value), CalendarKind::gregorian);
}
std::string gregorian_time_text(double value) { return date_time_text(value, CalendarKind::gregorian); }

// ---- The quantities --------------------------------------------------------------------------------------

constexpr std::string_view kAmountPattern = "^[+-]?[0-9.]+([eE][+-]?[0-9]+)?";
constexpr std::string_view kPercentPattern = "^[+-]?[0-9.]+([eE][+-]?[0-9]+)? *%$";
constexpr std::string_view kChangePattern = "^[+-]?[0-9.]+ *%?$";
constexpr std::string_view kHoursPattern =
    "^(closed|[0-9]{2}:[0-9]{2} *- *[0-9]{2}:[0-9]{2}( *, *[0-9]{2}:[0-9]{2} *- *[0-9]{2}:[0-9]{2})*)$";

constexpr Row with_unit(Quantity quantity, std::string_view description, std::string (*canonical)(double),
                        std::span<const Unit> units, std::string_view example) {
  return {quantity, description, JsonType::string, read_with_unit, canonical, "", units, example, " *"};
}

constexpr Row kRows[] = {
    {Quantity::text, "a text", JsonType::scalar, read_text},
    {Quantity::identifier, "an id (lower case letters, digits, hyphens)", JsonType::integer_or_string,
     read_identifier, nullptr, "^[a-z0-9][a-z0-9@_-]{0,99}$"},
    {Quantity::path, "a file", JsonType::string, read_path},
    {Quantity::boolean, "`true` or `false`", JsonType::boolean, read_boolean},
    {Quantity::count, "a whole number", JsonType::integer, read_count, number_text},
    {Quantity::seed, "a whole number", JsonType::integer, check_seed, number_text},
    {Quantity::number, "a number", JsonType::number, read_number, number_text},
    {Quantity::share, "a share such as `80%`", JsonType::number_or_string, read_share, number_text,
     kPercentPattern},
    with_unit(Quantity::duration, "a duration such as `9 min`", seconds_text, kTimeUnits, " min"),
    {Quantity::rate, "a rate such as `4.2 / min`", JsonType::string, read_rate, rate_text, "", kTimeUnits,
     " / min", " */ *"},
    with_unit(Quantity::distance, "a distance such as `40 km`", kilometres_text, kDistanceUnits, " km"),
    with_unit(Quantity::speed, "a speed such as `30 km/h`", speed_text, kSpeedUnits, " km/h"),
    with_unit(Quantity::bandwidth, "a bandwidth such as `4 Mbit/s`", bandwidth_text, kBandwidthUnits,
              " Mbit/s"),
    {Quantity::date, "a date such as `1395-02-10`", JsonType::string, read_date, date_text,
     "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    {Quantity::date_time, "a date and time such as `1395-02-10 09:30`", JsonType::string, read_date_time,
     gregorian_time_text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}( +[0-9]{2}:[0-9]{2})?$"},
    {Quantity::month_day, "a month and day such as `01-13`", JsonType::string, read_month_day, nullptr,
     "^[0-9]{2}-[0-9]{2}$"},
    {Quantity::time_of_day, "a time of day such as `08:00`", JsonType::string, read_time_of_day, nullptr,
     "^[0-9]{2}:[0-9]{2}$"},
    {Quantity::hours, "hours such as `08:00-14:00`", JsonType::string, check_hours, nullptr, kHoursPattern},
    {Quantity::clerks, "a number of clerks such as `3`, `+1` or `+20%`", JsonType::integer_or_string,
     check_change, nullptr, kChangePattern},
    {Quantity::cores, "a number of cores such as `16`, `+4` or `+50%`", JsonType::integer_or_string,
     check_change, nullptr, kChangePattern},
    {Quantity::growth, "a growth such as `+10%`", JsonType::string, read_growth, growth_text,
     kPercentPattern},
    with_unit(Quantity::money, "an amount of money such as `150000 rial`", money_text, kMoneyUnits, " rial"),
};

const Row& row_of(Quantity quantity) {
  const Row& row = kRows[static_cast<std::size_t>(quantity)];
  PISHKHAN_EXPECT(row.quantity == quantity);
  return row;
}

}  // namespace

double CountChange::exactly_applied_to(double count) const {
  return kind == Kind::set ? value : kind == Kind::add ? count + value : count * (1 + value);
}

std::int64_t CountChange::applied_to(std::int64_t count) const {
  return to_whole<std::int64_t>(std::floor(exactly_applied_to(static_cast<double>(count)) + 0.5));
}

std::optional<Misread> read_hours(std::string_view text, Intervals& hours) {
  hours.clear();
  const std::string_view whole = text;
  if (trim(text) == "closed") return std::nullopt;
  while (true) {
    const auto comma = text.find(',');
    const std::string_view part = trim(text.substr(0, comma));
    const auto dash = part.find('-');
    Interval interval;
    if (dash == std::string_view::npos) return not_a(Quantity::hours, part);
    if (auto wrong = read_time_of_day(Quantity::time_of_day, trim(part.substr(0, dash)), interval.from_s))
      return wrong;
    if (auto wrong = read_time_of_day(Quantity::time_of_day, trim(part.substr(dash + 1)), interval.to_s))
      return wrong;
    if (interval.to_s <= interval.from_s) {
      return Misread{in_backticks(part) + " ends before it starts",
                     "hours past midnight belong to the next day"};
    }
    hours.push_back(interval);
    if (comma == std::string_view::npos) break;
    text = text.substr(comma + 1);
  }
  std::sort(hours.begin(), hours.end(),
            [](const Interval& a, const Interval& b) { return a.from_s < b.from_s; });
  for (std::size_t i = 1; i < hours.size(); ++i) {
    if (hours[i].from_s < hours[i - 1].to_s)
      return Misread{in_backticks(whole) + " has hours that overlap", ""};
  }
  merge_touching(hours);
  return std::nullopt;
}

std::optional<Misread> read_change(Quantity quantity, std::string_view text, CountChange& change) {
  if (looks_infinite(text)) return Misread{in_backticks(text) + " is not a finite number", ""};
  std::string_view rest;
  double value = 0;
  if (auto wrong = split_number(quantity, text, value, rest)) return wrong;
  const bool is_signed = text.front() == '+' || text.front() == '-';
  if (rest == "%") {
    if (!is_signed)
      return Misread{in_backticks(text) + " has no sign", "a change in percent is written `+20%` or `-20%`"};
    if (value < -100) return Misread{in_backticks(text) + " takes away more than all", ""};
    if (value > kMostGrowth * 100) {
      return Misread{in_backticks(text) + " is too large",
                     "at most +" + limit_text(Quantity::growth, kMostGrowth)};
    }
    change = {CountChange::Kind::scale, value / 100};
    return std::nullopt;
  }
  if (!rest.empty() || value != std::floor(value)) return not_a(quantity, text);
  const int most = quantity == Quantity::cores ? kMostCores : kMostClerks;
  if (std::abs(value) > most)
    return Misread{in_backticks(text) + " is too many", "at most " + std::to_string(most)};
  change = {is_signed ? CountChange::Kind::add : CountChange::Kind::set, value};
  return std::nullopt;
}

std::optional<Misread> read_quantity(Quantity quantity, std::string_view text, double& value) {
  value = 0;
  return row_of(quantity).read(quantity, text, value);
}

std::optional<std::uint64_t> read_seed(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seed);
  if (error == std::errc{} && stop == end) return seed;
  // Such as `1e6`: exact as long as a double is.
  constexpr double kExact = 9007199254740992.0;
  double value = 0;
  if (read_count(Quantity::count, text, value) || value < 0 || value > kExact) return std::nullopt;
  return static_cast<std::uint64_t>(value);
}

std::string describe(Quantity quantity) { return std::string(row_of(quantity).description); }

JsonType json_type(Quantity quantity) { return row_of(quantity).json; }

std::string pattern(Quantity quantity) {
  const Row& row = row_of(quantity);
  if (row.units.empty()) return std::string(row.pattern);
  std::string names;
  for (const Unit& unit : row.units) names += (names.empty() ? "" : "|") + std::string(unit.name);
  return std::string(kAmountPattern) + std::string(row.after_number) + '(' + names + ")$";
}

std::string number_text(double value) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0 ? 0.0 : value).ptr;
  return {buffer.data(), end};
}

std::string short_text(double value) {
  constexpr double kLarge = 100, kMostDigits = 1e15;
  const double rounded = std::abs(value) >= kLarge ? std::round(value) : value;
  std::array<char, 64> buffer{};
  const bool fixed = std::abs(rounded) < kMostDigits && rounded == std::round(rounded);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded,
                                 fixed ? std::chars_format::fixed : std::chars_format::general, fixed ? 0 : 4)
                       .ptr;
  return {buffer.data(), end};
}

std::string limit_text(Quantity quantity, double value) {
  if (quantity == Quantity::share || quantity == Quantity::growth) return short_text(value * 100) + '%';
  if (quantity == Quantity::number || quantity == Quantity::count) return short_text(value);
  std::string text = canonical_text(quantity, value, "");
  if (quantity == Quantity::rate || value == 0) return text;
  for (const Unit& unit : row_of(quantity).units) {
    const double count = value / unit.factor;
    if (count >= 1 && count == std::floor(count)) text = short_text(count) + ' ' + std::string(unit.name);
  }
  return text;
}

std::string date_time_text(double value, CalendarKind calendar) {
  const double count = std::floor(value / kSecondsPerDay);
  if (count < first_day() || count > last_day())
    return format_date(count < first_day() ? first_day() : last_day(), calendar);
  const auto day = static_cast<DayNumber>(count);
  const auto minute = static_cast<int>(std::floor(value / 60 - day * (kSecondsPerDay / 60)));
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return format_date(day, calendar) + ' ' + two(minute / 60) + ':' + two(minute % 60);
}

std::string canonical_text(Quantity quantity, double value, std::string_view text) {
  if (const auto seed = read_seed(text); quantity == Quantity::seed && seed) return std::to_string(*seed);
  const Row& row = row_of(quantity);
  if (row.canonical == nullptr) return std::string(text);
  std::string canonical = row.canonical(value);
  double again = 0;
  const bool same = !read_quantity(quantity, canonical, again) && again == value;
  return same || text.empty() ? canonical : std::string(text);
}

bool is_unquoted(Quantity quantity) {
  const JsonType type = json_type(quantity);
  return type == JsonType::boolean || type == JsonType::integer || type == JsonType::number ||
         type == JsonType::number_or_string;
}

}  // namespace pishkhan
