#pragma once
#include <cstdint>
#include <limits>

namespace pishkhan {

/// What a clerk does when a call was refused, has failed or exceeds the limit, and no retry is left.
enum class AfterTrouble : std::uint8_t {
  wait,       ///< clerk and customer wait for the answer, or for the repair and then the answer
  park,       ///< the customer steps aside until the answer comes, and the clerk serves the next
  send_home,  ///< the customer leaves, unserved, to return another day
};

/// What clerks do when a call to an agency system gets no answer.
struct CallPolicy {
  double limit_s = std::numeric_limits<double>::infinity();  ///< longest wait for the answer to one try, > 0
  int retries = 0;                                           ///< tries after the first
  double pause_s = 0;                                        ///< before each of them, > 0 if there are any
  AfterTrouble then = AfterTrouble::wait;
};

}  // namespace pishkhan
