#pragma once
#include <optional>

#include "models/scenario/precision.hpp"
#include "models/scenario/schema/value.hpp"

namespace pishkhan {

/// How many replications: a number, or a precision.
struct Replications {
  int count = 0;  ///< with a precision: the most
  std::optional<Precision> precision = {};
};

/// The value of `replications`, of at least so many. In a study, `of` may be left out.
Value<Replications> replications_value(double at_least, bool in_study);

}  // namespace pishkhan
