#pragma once
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// Distribution of factor times the amount, factor > 0.
Distribution scaled(const Distribution& distribution, double factor);

}  // namespace pishkhan
