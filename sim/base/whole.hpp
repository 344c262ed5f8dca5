#pragma once
#include <cmath>
#include <limits>

#include "sim/base/contract.hpp"

namespace pishkhan {

/// The number cut to a whole one; a broken contract where it is not finite or does not fit. A plain cast
/// would be undefined there.
template <class Whole>
Whole to_whole(double value) {
  using Limits = std::numeric_limits<Whole>;
  constexpr double kPastMost = 2.0 * static_cast<double>(Limits::max() / 2 + 1);
  PISHKHAN_EXPECT(value < kPastMost);
  if constexpr (Limits::is_signed)
    PISHKHAN_EXPECT(value > -kPastMost - 1 || value == -kPastMost);
  else
    PISHKHAN_EXPECT(value > -1);
  return static_cast<Whole>(value);
}

}  // namespace pishkhan
