#pragma once
#include <cstdint>

namespace pishkhan {

/// How a visit ended.
enum class Outcome : std::uint8_t {
  served,
  abandoned,  ///< left the queue when patience ran out
  balked,     ///< did not join: the room was full, or the queue too long
  sent_away,  ///< was waiting when the doors closed, and had to leave
  inside,     ///< was waiting or at the desk when the run ended: at the desk, if Visits::end_s is later than
              ///< leave_s
  failed      ///< was sent home from the desk, as no answer came from the agency's system
};

}  // namespace pishkhan
