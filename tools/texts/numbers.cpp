#include "tools/texts/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "sim/base/contract.hpp"

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
  std::string text;
  if (!digits.empty() && digits.front() == '-' && digits.size() > 1 && is_digit(digits[1])) {
    text += persian ? std::string(kLeftToRightMark) + "\u2212" : "\u2212";
    digits.remove_prefix(1);
  }
  const std::size_t whole =
      static_cast<std::size_t>(std::find_if_not(digits.begin(), digits.end(), is_digit) - digits.begin());
  const bool is_number = whole > 0 && (whole == digits.size() || digits[whole] == '.');
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (is_number && i > 0 && i < whole && (whole - i) % 3 == 0) text += persian ? "\u066C" : ",";
    if (persian && is_digit(digits[i])) {
      text += '\xDB';  // U+06F0 to U+06F9
      text += static_cast<char>(0xB0 + (digits[i] - '0'));
    } else if (persian && is_number && i == whole) {
      text += "\u066B";
    } else {
      text += digits[i];
    }
  }
  return text;
}

std::string set_percent(std::string_view digits, Language language) {
  const std::string number = set_number(digits, language);
  return language == Language::persian ? number + std::string(kRightToLeftMark) + "\u066A" : number + '%';
}

}  // namespace pishkhan
