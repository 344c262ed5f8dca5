#pragma once
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "models/scenario/schema/quantity.hpp"

namespace pishkhan {

/// Values a number may have, in SI.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool above = false;  ///< low itself is excluded
  double least = 0;    ///< smallest size of a value other than 0
};

inline constexpr double kShortestDuration_s = 1e-6;
inline constexpr double kLongestDuration_s = 100'000 * kSecondsPerDay;

/// The values of a quantity that mean something, wherever it is written: what is computed from them stays
/// finite, and fits into what it is counted by. Infinite where the quantity is no number.
Range bounds(Quantity quantity);

/// The values of a range that are within the bounds of the quantity.
Range within_bounds(Quantity quantity, const Range& range);

/// What is wrong with a value that is out of its range; `text` is how it is written.
std::optional<Misread> check_range(Quantity quantity, const Range& range, std::string_view text,
                                   double value);

/// `from 1 s to 10 min`, for documentation; empty if either end is infinite.
std::string range_text(Quantity quantity, const Range& range);

}  // namespace pishkhan
