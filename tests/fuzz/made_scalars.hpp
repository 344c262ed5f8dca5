#pragma once
#include <string>
#include <string_view>

#include "models/scenario/schema/shape.hpp"
#include "tests/fuzz/draws.hpp"

namespace pishkhan {

/// How far the values of one made scenario go.
struct Habits {
  double extreme = 0;   ///< probability of a bound, or a value within it
  double upper = 0.5;   ///< probability that it is the upper bound
  double outside = 0;   ///< probability of a value just outside
  double optional = 0;  ///< probability of a key that may be left out
  double unruly = 0;    ///< probability that keys that need one another are not put together
  double long_list = 0;
  double alike = 0;     ///< probability that the items of a list are all as the first
  DayNumber start = 0;  ///< of the run
  int days = 1;
  bool of_province = false;
  bool unbroken = false;
  bool with_links = false;  ///< the backbone's links are described
  bool with_failures = false;
};

/// A scalar as it is written.
struct MadeScalar {
  std::string text;
  bool low = false, high = false;  ///< it is a bound of its range
};

/// A value of a quantity that is no name. `key` says what is ordinary there; `part` and `parts` say which of
/// several hours of a day that do not overlap.
MadeScalar made_scalar(const Shape& shape, std::string_view key, const Habits& habits, Draws& draws,
                       std::size_t part = 0, std::size_t parts = 1);

/// `08:05` of a minute of the day, up to `24:00`.
std::string time_of_day_text(int minute);

/// Canonical text of an ordinary value.
std::string ordinary_text(const Shape& shape, std::string_view key, const Habits& habits, Draws& draws);

}  // namespace pishkhan
