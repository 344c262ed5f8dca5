#pragma once
#include "models/scenario/schema/value.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// A distribution of times, in seconds, such as `{lognormal: {mean: 9 min, cv: 0.8}}`.
const Value<Distribution>& distribution_value();

/// The same, or `never`.
Value<Distribution> patience_value();

}  // namespace pishkhan
