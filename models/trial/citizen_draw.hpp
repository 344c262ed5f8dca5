#pragma once
#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// A block that belongs to the citizen of an attempt. The words of the counter: the citizen's number, the
/// hash of the citizen's ids, the day of the first attempt, and what the draw is for.
inline Block draw_for(const Attempt& attempt, const Plan::Data& data, DrawKey key, std::uint32_t tag) {
  return draw(key, attempt.index, data.citizen_key(attempt.stream), attempt.origin, tag);
}

}  // namespace pishkhan
