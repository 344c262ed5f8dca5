#pragma once
#include <span>

namespace pishkhan {

/// What attempts bring that is not drawn when their visits are made, by attempt; an empty column: everything
/// is drawn. Of a run by days the times are after midnight, and of an unbroken run after its start.
struct GivenArrivals {
  std::span<const double> arrival_s;   ///< NaN: drawn
  std::span<const double> handling_s;  ///< the same
};

}  // namespace pishkhan
