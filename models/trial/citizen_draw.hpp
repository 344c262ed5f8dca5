#pragma once
#include "models/plan/plan_data.hpp"
#include "models/trial/purpose.hpp"
#include "models/trial/totals/attempt.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// A block that belongs to the citizen of an attempt. The words of the counter: the citizen's number, the
/// hash of the citizen's ids, the day of the first attempt, and what the draw is for.
inline Block draw_for(const Attempt& attempt, const Plan::Data& data, DrawKey key, std::uint32_t tag) {
  return draw(key, attempt.index, data.citizen_key(attempt.stream), attempt.origin, tag);
}

/// What the citizen of an attempt does about an appointment. By word: whether the citizen books, when on the
/// day, whether the citizen comes, how early.
inline Block draw_appointment(const Attempt& attempt, const Plan::Data& data, DrawKey key) {
  return draw_for(attempt, data, key, tag(0, Purpose::appointment));
}

}  // namespace pishkhan
