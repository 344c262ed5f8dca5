#include "models/scenario/schema/read_scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

#include "models/province/calendar.hpp"
#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {
namespace {

/// Two digits at a place of the text; -1 when they are none.
int two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  const char a = text[at], b = text[at + 1];
  if (a < '0' || a > '9' || b < '0' || b > '9') return -1;
  return (a - '0') * 10 + (b - '0');
}

}  // namespace

Misread not_a(Quantity quantity, std::string_view text) {
  return {in_backticks(text) + " is not " + describe(quantity), ""};
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
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

std::optional<Misread> split_number(Quantity quantity, std::string_view text, double& value,
                                    std::string_view& rest) {
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  const auto looks = digits.empty()                               ? ' '
                     : digits.front() == '-' && digits.size() > 1 ? digits[1]
                                                                  : digits.front();
  if ((looks < '0' || looks > '9') && looks != '.') return not_a(quantity, text);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  value += 0.0;  // no negative zero
  rest = trim(digits.substr(static_cast<std::size_t>(end - digits.data())));
  if (error == std::errc::result_out_of_range)
    return Misread{in_backticks(text) + " is not a finite number", ""};
  if (error != std::errc{}) return not_a(quantity, text);
  return std::nullopt;
}

std::optional<Misread> read_text(Quantity quantity, std::string_view text, double& value) {
  value = 0;
  if (trim(text).empty()) return Misread{"an empty text", "write " + describe(quantity)};
  return std::nullopt;
}

std::optional<Misread> read_path(Quantity quantity, std::string_view text, double& value) {
  if (auto wrong = read_text(quantity, text, value)) return wrong;
  const auto no_name = std::find_if(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (no_name != text.end()) return Misread{in_backticks(text) + " is not a name of a file", ""};
  return std::nullopt;
}

std::optional<Misread> read_boolean(Quantity quantity, std::string_view text, double& value) {
  if (text != "true" && text != "false") return not_a(quantity, text);
  value = text == "true";
  return std::nullopt;
}

std::optional<Misread> read_date(Quantity, std::string_view text, double& value) {
  ParsedDate parsed = parse_date(text);
  if (!parsed.day) return Misread{std::move(parsed.problem), std::move(parsed.hint)};
  value = *parsed.day;
  return std::nullopt;
}

std::optional<Misread> read_time_of_day(Quantity, std::string_view text, double& value) {
  const int hour = two_digits(text, 0), minute = two_digits(text, 3);
  if (text.size() != 5 || text[2] != ':' || hour < 0 || minute < 0) {
    const bool one_digit = text.size() == 4 && text[1] == ':';
    return Misread{not_a(Quantity::time_of_day, text).problem,
                   one_digit ? "hours have two digits: `0" + std::string(text) + '`' : ""};
  }
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0))
    return Misread{in_backticks(text) + " is outside a day", "times of day run from `00:00` to `24:00`"};
  value = hour * 3600.0 + minute * 60.0;
  return std::nullopt;
}

std::optional<Misread> read_date_time(Quantity, std::string_view text, double& value) {
  const auto space = text.find(' ');
  ParsedDate parsed = parse_date(text.substr(0, space));
  if (!parsed.day) return Misread{std::move(parsed.problem), std::move(parsed.hint)};
  double time_s = 0;
  if (space != std::string_view::npos)
    if (auto wrong = read_time_of_day(Quantity::time_of_day, trim(text.substr(space)), time_s)) return wrong;
  value = *parsed.day * kSecondsPerDay + time_s;
  return std::nullopt;
}

std::optional<Misread> read_month_day(Quantity, std::string_view text, double& value) {
  const int month = two_digits(text, 0), day = two_digits(text, 3);
  if (text.size() != 5 || text[2] != '-' || month < 1 || month > 12 || day < 1 ||
      day > (month <= 6 ? 31 : 30))
    return not_a(Quantity::month_day, text);
  value = month * 100 + day;
  return std::nullopt;
}

std::optional<Misread> read_identifier(Quantity, std::string_view text, double&) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '@';
  };
  const bool starts = !text.empty() && text[0] != '-' && text[0] != '_' && text[0] != '@';
  if (!starts || text.size() > 100 || !std::all_of(text.begin(), text.end(), fits))
    return not_a(Quantity::identifier, text);
  return std::nullopt;
}

}  // namespace pishkhan
