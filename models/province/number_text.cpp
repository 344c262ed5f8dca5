#include "models/province/number_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pishkhan {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// UTF-8 of a character and what stands for it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSigns = {{{"\xD9\xAB", "."},
                                                                                  {"\xD9\xAC", "'"},
                                                                                  {"\xE2\x88\x92", "-"},
                                                                                  {"\xE2\x80\x8E", ""},
                                                                                  {"\xE2\x80\x8F", ""},
                                                                                  {"\xD8\x9C", ""},
                                                                                  {"\xC2\xA0", " "},
                                                                                  {"\xE2\x80\xAF", " "}}};

/// Whether the text is groups of three digits, the first of one to three, with the separator between.
bool is_grouped(std::string_view text, char separator) {
  std::size_t groups = 0;
  while (true) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view group = text.substr(0, end);
    if (!std::all_of(group.begin(), group.end(), is_digit)) return false;
    if (groups == 0 ? group.empty() || group.size() > 3 || group[0] == '0' : group.size() != 3) return false;
    ++groups;
    if (end == text.size()) return groups > 1;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string plain_digits(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    std::size_t taken = 1;
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(),
                                   [&](const auto& one) { return text.starts_with(one.first); });
    const bool arabic = text.size() > 1 && (text.starts_with("\xD9") || text.starts_with("\xDB"));
    // U+0660 to U+0669 are D9 A0 to D9 A9, and U+06F0 to U+06F9 are DB B0 to DB B9.
    const int digit = arabic ? static_cast<unsigned char>(text[1]) - (text[0] == '\xD9' ? 0xA0 : 0xB0) : -1;
    if (sign != kSigns.end()) {
      plain += sign->second;
      taken = sign->first.size();
    } else if (digit >= 0 && digit <= 9) {
      plain += static_cast<char>('0' + digit);
      taken = 2;
    } else {
      plain += text[0];
    }
    text.remove_prefix(taken);
  }
  return plain;
}

std::string with_point(std::string number, bool comma_is_decimal) {
  const std::size_t comma = number.find(',');
  if (comma == number.npos || comma != number.rfind(',') || number.find('.') != number.npos) return number;
  const std::string_view sign = number.starts_with('-') ? "-" : "";
  if (!comma_is_decimal && is_grouped(std::string_view(number).substr(sign.size()), ',')) return number;
  number[comma] = '.';
  return number;
}

std::string thousands_readings(std::string_view number) {
  const std::string sign = number.starts_with('-') ? "-" : "";
  number.remove_prefix(sign.size());
  for (const char separator : {'.', ',', '\'', ' '}) {
    if (!is_grouped(number, separator)) continue;
    std::string joined = sign;
    std::copy_if(number.begin(), number.end(), std::back_inserter(joined), is_digit);
    const bool one = std::count(number.begin(), number.end(), separator) == 1;
    if (!one || separator == '\'' || separator == ' ') return joined + '?';
    std::string decimal = sign + std::string(number);
    std::replace(decimal.begin(), decimal.end(), ',', '.');
    return joined + ", or " + decimal + '?';
  }
  return {};
}

}  // namespace pishkhan
