#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "sim/lanes/visit_rows.hpp"

namespace pishkhan {

/// A piece of a distribution of arrival times, within which they are uniform.
struct ArrivalPiece {
  double share_to;            ///< cumulative share at its end
  double share_from, from_s;  ///< at its beginning
  double slope;               ///< seconds per share
  double to_s;
  double last_s;            ///< an arrival lies strictly before the doors close, whatever the rounding
  std::uint32_t last_word;  ///< greatest word whose uniform is within share_to

  /// The time by which a share u of the arrivals has come.
  [[nodiscard]] double time(double u) const { return std::min(from_s + (u - share_from) * slope, last_s); }
};

/// Sets rows.arrival from rows.words: in lane k by the pieces of curves[k], whose last_word ascends to the
/// greatest word, all before kTicksAtMost_s; rounded down to whole ticks. A lane without pieces has no
/// visits.
void set_arrivals(InstructionSet set, const std::array<std::span<const ArrivalPiece>, kLanes>& curves,
                  VisitRows& rows);

}  // namespace pishkhan
