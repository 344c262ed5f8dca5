#include "tools/texts/numbers.hpp"

#include <unicode/numberformatter.h>
#include <unicode/numsys.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "sim/base/contract.hpp"
#include "tools/texts/icu.hpp"

namespace pishkhan {
namespace {

constexpr std::string_view kRightToLeftMark = "\u200F";
constexpr std::string_view kLeftToRightMark = "\u200E";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string with_fixed(double value, int decimals) {
  char text[400];
  const auto [end, error] =
      std::to_chars(std::begin(text), std::end(text), value, std::chars_format::fixed, decimals);
  PISHKHAN_ENSURE(error == std::errc());
  return {text, end};
}

/// `1234.5` or `12`; not `007`, whose zeros say something.
bool is_decimal(std::string_view text) {
  const std::size_t whole = std::min(text.find('.'), text.size());
  const auto are_digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_digit);
  };
  return are_digits(text.substr(0, whole)) && (whole == 1 || text.front() != '0') &&
         (whole == text.size() || are_digits(text.substr(whole + 1)));
}

/// Keeps all decimals. ICU makes a formatter slowly, and few are needed.
std::string grouped_digits(std::string_view digits, Language language) {
  const std::size_t point = digits.find('.');
  const auto decimals =
      point == std::string_view::npos ? 0 : static_cast<std::int32_t>(digits.size() - point - 1);
  thread_local std::map<std::pair<Language, std::int32_t>, icu::number::LocalizedNumberFormatter> formatters;
  auto at = formatters.find({language, decimals});
  if (at == formatters.end()) {
    at = formatters
             .emplace(std::pair(language, decimals),
                      icu::number::NumberFormatter::withLocale(locale_of(language))
                          .precision(icu::number::Precision::fixedFraction(decimals)))
             .first;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::number::FormattedNumber number =
      at->second.formatDecimal({digits.data(), static_cast<std::int32_t>(digits.size())}, error);
  const std::string text = to_utf8(number.toString(error));
  PISHKHAN_ENSURE(U_SUCCESS(error));
  return text;
}

/// A text with the language's digits for those in it.
std::string other_digits(std::string_view text, Language language) {
  static const icu::UnicodeString persian = [] {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::NumberingSystem> system(
        icu::NumberingSystem::createInstance(locale_of(Language::persian), error));
    PISHKHAN_ENSURE(U_SUCCESS(error));
    return system->getDescription();  // its digits from 0 to 9
  }();
  if (language != Language::persian) return std::string(text);
  std::string set;
  for (const char c : text)
    set += is_digit(c) ? to_utf8(icu::UnicodeString(persian.charAt(c - '0'))) : std::string(1, c);
  return set;
}

}  // namespace

int decimals_of(double half_width, int most) {
  if (!std::isfinite(half_width) || half_width <= 0) return most;
  char text[32];
  // Two digits in all: `8.4e+01`; the exponent follows the rounding, so that 99.6 has the decimals of 100.
  const auto [end, error] =
      std::to_chars(std::begin(text), std::end(text), half_width, std::chars_format::scientific, 1);
  PISHKHAN_ENSURE(error == std::errc());
  const char* exponent = std::find(std::begin(text), end, 'e') + 1;
  int power = 0;
  std::from_chars(exponent + (*exponent == '+'), end, power);
  return std::min(most, 1 - power);
}

std::string rounded(double value, int decimals) {
  if (decimals < 0) {
    const double unit = std::pow(10.0, -decimals);
    value = std::nearbyint(value / unit) * unit;
    decimals = 0;
  }
  std::string text = with_fixed(value, decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  if (is_zero && text.front() == '-') text.erase(0, 1);
  return text;
}

std::string rounded(double value) {
  for (int decimals = 0; decimals < 2; ++decimals) {
    const double unit = decimals == 0 ? 1 : 10;
    if (std::abs(value * unit - std::nearbyint(value * unit)) < 1e-9) return rounded(value, decimals);
  }
  return rounded(value, 2);
}

std::string set_number(std::string_view digits, Language language) {
  const bool persian = language == Language::persian;
  std::string sign;
  if (digits.size() > 1 && digits.front() == '-' && is_digit(digits[1])) {
    sign = persian ? std::string(kLeftToRightMark) + "\u2212" : "\u2212";
    digits.remove_prefix(1);
  }
  return sign + (is_decimal(digits) ? grouped_digits(digits, language) : other_digits(digits, language));
}

std::string set_percent(std::string_view digits, Language language) {
  const std::string number = set_number(digits, language);
  return language == Language::persian ? number + std::string(kRightToLeftMark) + "\u066A" : number + '%';
}

}  // namespace pishkhan
