#include "models/scenario/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};
constexpr std::array<Unit, 5> kTimeUnits{{{"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}}};
constexpr std::array<Unit, 2> kDistanceUnits{{{"m", 1e-3}, {"km", 1}}};

constexpr std::array<Unit, 2> kSpeedUnits{{{"m/s", 3.6}, {"km/h", 1}}};
constexpr std::array<Unit, 4> kBandwidthUnits{
    {{"B/s", 1}, {"kbit/s", 125}, {"Mbit/s", 125e3}, {"Gbit/s", 125e6}}};
constexpr std::array<Unit, 3> kSizeUnits{{{"B", 1}, {"kB", 1e3}, {"MB", 1e6}}};

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Misread expected(Quantity quantity, std::string_view text) {
  return {in_ticks(text) + " is not " + describe(quantity), ""};
}

/// Splits `9.5 min` into its number and what follows it.
std::optional<Misread> split_number(Quantity quantity, std::string_view text, double& value,
                                    std::string_view& rest) {
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  const auto looks = digits.empty()                               ? ' '
                     : digits.front() == '-' && digits.size() > 1 ? digits[1]
                                                                  : digits.front();
  if ((looks < '0' || looks > '9') && looks != '.') return expected(quantity, text);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  rest = trim(digits.substr(static_cast<std::size_t>(end - digits.data())));
  if (error == std::errc::result_out_of_range) return Misread{in_ticks(text) + " is not a finite number", ""};
  if (error != std::errc{}) return expected(quantity, text);
  return std::nullopt;
}

bool looks_infinite(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view word : {"inf", ".inf", "infinity", "nan", ".nan"}) {
    const std::string_view bare = !lower.empty() && (lower[0] == '+' || lower[0] == '-')
                                      ? std::string_view(lower).substr(1)
                                      : std::string_view(lower);
    if (bare == word || bare.rfind(std::string(word) + ' ', 0) == 0) return true;
  }
  return false;
}

template <std::size_t N>
std::string unit_names(const std::array<Unit, N>& units) {
  std::string names;
  for (std::size_t i = 0; i < N; ++i) {
    if (i > 0) names += i + 1 == N ? " or " : ", ";
    names += units[i].name;
  }
  return names;
}

template <std::size_t N>
std::optional<Misread> apply_unit(Quantity quantity, const std::array<Unit, N>& units, std::string_view text,
                                  std::string_view unit, double& value, bool divide) {
  for (const Unit& known : units) {
    if (known.name == unit) {
      value = divide ? value / known.factor : value * known.factor;
      return std::nullopt;
    }
  }
  if (unit.empty()) {
    const std::string_view example = quantity == Quantity::rate        ? " / min"
                                     : quantity == Quantity::distance  ? " km"
                                     : quantity == Quantity::speed     ? " km/h"
                                     : quantity == Quantity::bandwidth ? " Mbit/s"
                                     : quantity == Quantity::size      ? " kB"
                                                                       : " min";
    return Misread{in_ticks(text) + " has no unit", "write " + describe(quantity) + ", here perhaps `" +
                                                        std::string(text) + std::string(example) + '`'};
  }
  return Misread{"unknown unit " + in_ticks(unit), "units here are " + unit_names(units)};
}

std::optional<Misread> read_amount(Quantity quantity, std::string_view text, double& value) {
  if (looks_infinite(text)) return Misread{in_ticks(text) + " is not a finite number", ""};
  std::string_view rest;
  if (auto wrong = split_number(quantity, text, value, rest)) return wrong;
  switch (quantity) {
    case Quantity::duration:
      return apply_unit(quantity, kTimeUnits, text, rest, value, false);
    case Quantity::distance:
      return apply_unit(quantity, kDistanceUnits, text, rest, value, false);
    case Quantity::speed:
      return apply_unit(quantity, kSpeedUnits, text, rest, value, false);
    case Quantity::bandwidth:
      return apply_unit(quantity, kBandwidthUnits, text, rest, value, false);
    case Quantity::size:
      return apply_unit(quantity, kSizeUnits, text, rest, value, false);
    case Quantity::rate:
      if (!rest.empty() && rest.front() == '/') {
        rest = trim(rest.substr(1));
        if (rest.empty()) return expected(quantity, text);
      } else if (!rest.empty()) {
        return Misread{in_ticks(text) + " is not " + describe(quantity),
                       "a rate has a slash before its unit"};
      }
      return apply_unit(quantity, kTimeUnits, text, rest, value, true);
    case Quantity::share:
      if (rest == "%") {
        value /= 100;
      } else if (!rest.empty()) {
        return expected(quantity, text);
      }
      if (value > 1) {
        return Misread{in_ticks(text) + " is over 100%",
                       rest.empty() ? "write a share as `80%` or `0.8`" : ""};
      }
      return std::nullopt;
    case Quantity::growth:
      if (rest != "%") return Misread{expected(quantity, text).problem, "growth is written in percent"};
      value /= 100;
      return std::nullopt;
    case Quantity::count:
      if (!rest.empty() || value != std::floor(value)) return expected(quantity, text);
      return std::nullopt;
    default:
      if (!rest.empty()) return expected(quantity, text);
      return std::nullopt;
  }
}

/// Two digits at a place of the text; -1 when they are none.
int two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  const char a = text[at], b = text[at + 1];
  if (a < '0' || a > '9' || b < '0' || b > '9') return -1;
  return (a - '0') * 10 + (b - '0');
}

std::optional<Misread> read_time_of_day(std::string_view text, double& value) {
  const int hour = two_digits(text, 0), minute = two_digits(text, 3);
  if (text.size() != 5 || text[2] != ':' || hour < 0 || minute < 0) {
    const bool one_digit = text.size() == 4 && text[1] == ':';
    return Misread{expected(Quantity::time_of_day, text).problem,
                   one_digit ? "hours have two digits: `0" + std::string(text) + '`' : ""};
  }
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) {
    return Misread{in_ticks(text) + " is outside a day", "times of day run from `00:00` to `24:00`"};
  }
  value = hour * 3600.0 + minute * 60.0;
  return std::nullopt;
}

std::optional<Misread> read_date_time(std::string_view text, double& value) {
  const auto space = text.find(' ');
  ParsedDate parsed = parse_date(text.substr(0, space));
  if (!parsed.day) return Misread{std::move(parsed.problem), std::move(parsed.hint)};
  double time_s = 0;
  if (space != std::string_view::npos) {
    if (auto wrong = read_time_of_day(trim(text.substr(space)), time_s)) return wrong;
  }
  value = *parsed.day * kSecondsPerDay + time_s;
  return std::nullopt;
}

std::optional<Misread> read_month_day(std::string_view text, double& value) {
  const int month = two_digits(text, 0), day = two_digits(text, 3);
  if (text.size() != 5 || text[2] != '-' || month < 1 || month > 12 || day < 1 ||
      day > (month <= 6 ? 31 : 30)) {
    return expected(Quantity::month_day, text);
  }
  value = month * 100 + day;
  return std::nullopt;
}

std::optional<Misread> read_identifier(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '@';
  };
  const bool starts = !text.empty() && text[0] != '-' && text[0] != '_' && text[0] != '@';
  if (!starts || text.size() > 100 || !std::all_of(text.begin(), text.end(), fits)) {
    return expected(Quantity::identifier, text);
  }
  return std::nullopt;
}

}  // namespace

int CountChange::applied_to(int count) const {
  const double changed = kind == Kind::set ? value : kind == Kind::add ? count + value : count * (1 + value);
  return static_cast<int>(std::floor(changed + 0.5));
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
    if (dash == std::string_view::npos) return expected(Quantity::hours, part);
    if (auto wrong = read_time_of_day(trim(part.substr(0, dash)), interval.from_s)) return wrong;
    if (auto wrong = read_time_of_day(trim(part.substr(dash + 1)), interval.to_s)) return wrong;
    if (interval.to_s <= interval.from_s) {
      return Misread{in_ticks(part) + " ends before it starts", "hours past midnight belong to the next day"};
    }
    hours.push_back(interval);
    if (comma == std::string_view::npos) break;
    text = text.substr(comma + 1);
  }
  std::sort(hours.begin(), hours.end(),
            [](const Interval& a, const Interval& b) { return a.from_s < b.from_s; });
  for (std::size_t i = 1; i < hours.size(); ++i) {
    if (hours[i].from_s < hours[i - 1].to_s) return Misread{in_ticks(whole) + " has hours that overlap", ""};
  }
  return std::nullopt;
}

std::optional<Misread> read_change(Quantity quantity, std::string_view text, CountChange& change) {
  if (looks_infinite(text)) return Misread{in_ticks(text) + " is not a finite number", ""};
  std::string_view rest;
  double value = 0;
  if (auto wrong = split_number(quantity, text, value, rest)) return wrong;
  const bool is_signed = text.front() == '+' || text.front() == '-';
  if (rest == "%") {
    if (!is_signed)
      return Misread{in_ticks(text) + " has no sign", "a change in percent is written `+20%` or `-20%`"};
    if (value < -100) return Misread{in_ticks(text) + " takes away more than all", ""};
    change = {CountChange::Kind::scale, value / 100};
    return std::nullopt;
  }
  if (!rest.empty() || value != std::floor(value)) return expected(quantity, text);
  if (std::abs(value) > 1'000'000) return Misread{in_ticks(text) + " is too many", "at most a million"};
  change = {is_signed ? CountChange::Kind::add : CountChange::Kind::set, value};
  return std::nullopt;
}

std::optional<Misread> read_quantity(Quantity quantity, std::string_view text, double& value) {
  value = 0;
  switch (quantity) {
    case Quantity::text:
    case Quantity::path:
      if (trim(text).empty()) return Misread{"an empty text", "write " + describe(quantity)};
      return std::nullopt;
    case Quantity::identifier:
      return read_identifier(text);
    case Quantity::boolean:
      if (text != "true" && text != "false") return expected(quantity, text);
      value = text == "true";
      return std::nullopt;
    case Quantity::date: {
      ParsedDate parsed = parse_date(text);
      if (!parsed.day) return Misread{std::move(parsed.problem), std::move(parsed.hint)};
      value = *parsed.day;
      return std::nullopt;
    }
    case Quantity::date_time:
      return read_date_time(text, value);
    case Quantity::month_day:
      return read_month_day(text, value);
    case Quantity::time_of_day:
      return read_time_of_day(text, value);
    case Quantity::hours: {
      Intervals ignored;
      return read_hours(text, ignored);
    }
    case Quantity::clerks:
    case Quantity::cores: {
      CountChange ignored;
      return read_change(quantity, text, ignored);
    }
    default:
      return read_amount(quantity, text, value);
  }
}

}  // namespace pishkhan
