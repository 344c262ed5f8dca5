#include "models/scenario/schema/bounds.hpp"

#include <algorithm>
#include <cmath>

#include "models/scenario/text/mistakes.hpp"

namespace pishkhan {
namespace {

constexpr double kMostWhole = 9007199254740992.0;  ///< up to here a double holds every whole number

}  // namespace

Range bounds(Quantity quantity) {
  switch (quantity) {
    case Quantity::count:
      return {.low = -kMostWhole, .high = kMostWhole};
    case Quantity::number:
      return {.low = -1e9, .high = 1e9, .least = 1e-9};
    case Quantity::share:
      return {.low = 0, .high = 1};
    case Quantity::duration:
      return {.low = 0, .high = kLongestDuration_s, .least = kShortestDuration_s};
    case Quantity::rate:
      return {.low = 0, .high = 10'000, .least = 1e-12};
    case Quantity::distance:
      return {.low = 0, .high = 20'000, .least = 1e-3};
    case Quantity::speed:
      return {.low = 0, .high = 1000, .least = 0.1};
    case Quantity::bandwidth:
      return {.low = 0, .high = 125e9, .least = 125};
    case Quantity::growth:
      return {.low = -1, .high = kMostGrowth};
    case Quantity::money:
      return {.low = 0, .high = 1e12, .least = 0.01};
    case Quantity::text:
    case Quantity::identifier:
    case Quantity::path:
    case Quantity::boolean:
    case Quantity::date:
    case Quantity::date_time:
    case Quantity::month_day:
    case Quantity::time_of_day:
    case Quantity::hours:
    case Quantity::seed:
    case Quantity::clerks:
    case Quantity::cores:
      break;  // each is checked where it is read
  }
  return {};
}

Range within_bounds(Quantity quantity, const Range& range) {
  const Range all = bounds(quantity);
  Range both = range;
  if (all.low > range.low) {
    both.low = all.low;
    both.above = false;
  }
  both.high = std::min(all.high, range.high);
  both.least = both.low < 0 ? 0 : std::max(all.least, range.least);  // a negative one is a change or a place
  return both;
}

std::optional<Misread> check_range(Quantity quantity, const Range& range, std::string_view text,
                                   double value) {
  const auto limit = [quantity](double of) { return limit_text(quantity, of); };
  if (value < range.low || (range.above && value == range.low)) {
    const bool negative = range.low == 0 && value < 0;
    return Misread{in_backticks(text) + (negative ? " is negative" : " is too small"),
                   (range.above ? "it must be above " : "at least ") + limit(range.low)};
  }
  if (value != 0 && std::abs(value) < range.least) {
    return Misread{in_backticks(text) + " is too small",
                   (range.above ? "at least " : "0, or at least ") + limit(range.least)};
  }
  if (!(value <= range.high))
    return Misread{in_backticks(text) + " is too large", "at most " + limit(range.high)};
  return std::nullopt;
}

std::string range_text(Quantity quantity, const Range& range) {
  if (!std::isfinite(range.low) || !std::isfinite(range.high)) return "";
  const std::string to = " to " + limit_text(quantity, range.high);
  if (range.low < 0 || range.least <= range.low)
    return (range.above ? "above " : "from ") + limit_text(quantity, range.low) + to;
  const std::string from_least = "from " + limit_text(quantity, range.least) + to;
  return range.above ? from_least : limit_text(quantity, range.low) + ", or " + from_least;
}

}  // namespace pishkhan
