#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace pishkhan {

/// A number and what follows it.
struct Amount {
  double number = 0;
  std::string unit;
  bool has_plus = false;  ///< as in `+20%`
};
/// Nothing where the text is no number with or without a unit after it.
std::optional<Amount> read_amount(std::string_view text);

/// With so many significant digits at most; with 12, 0.1 + 2 * 0.1 is written 0.3.
double rounded_number(double number, int digits);

}  // namespace pishkhan
