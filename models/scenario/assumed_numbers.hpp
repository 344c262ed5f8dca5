#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "models/scenario/scenario.hpp"

// The numbers of a scenario that may have a range in `evidence.csv`: what a factor of the range does to them.
namespace pishkhan {

/// What the factor of a range multiplies.
enum class RangeOf : std::uint8_t {
  value,     ///< the number itself
  count,     ///< the number itself, rounded to a whole one; what was 1 or more stays so
  odds,      ///< the odds p / (1 - p) of a probability, which so remains one
  exponent,  ///< the logarithm of a weight or a factor: 2 squares it, and what is 0 or 1 stays as it is
};

struct AssumedNumber {
  std::string_view file;    ///< `services.csv`; empty: the scenario
  std::string_view column;  ///< column, or dotted key
  RangeOf of;
  /// Changes the number, or all of the column, as the scenario has them. A factor of 1 changes no bit.
  void (*vary)(Scenario& scenario, double factor);
};

std::span<const AssumedNumber> assumed_numbers();
/// Null for what cannot be varied: texts, hours, positions, what stations are and which services they give.
const AssumedNumber* find_assumed_number(std::string_view file, std::string_view column);
/// The name in `file` that is most like one that is not there; empty: none is.
std::string nearest_assumed_number(std::string_view file, std::string_view column);

/// What a factor does to which number, as a section in Markdown.
std::string assumed_numbers_markdown();

}  // namespace pishkhan
