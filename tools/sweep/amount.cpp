#include "tools/sweep/amount.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace pishkhan {

std::optional<Amount> read_amount(std::string_view text) {
  Amount amount;
  amount.has_plus = text.size() > 1 && text.front() == '+' && text[1] != '-';
  if (amount.has_plus) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount.number);
  if (error != std::errc() || !std::isfinite(amount.number)) return std::nullopt;
  amount.unit = std::string(end, text.data() + text.size());
  // What goes on like a number, as a date or an hour does, is none.
  if (amount.unit.find_first_of("0123456789:") != std::string::npos) return std::nullopt;
  return amount;
}

double rounded_number(double number, int digits) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::general, digits).ptr;
  std::from_chars(text.data(), end, number);
  return number;
}

}  // namespace pishkhan
