#pragma once
#include <span>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/attempt.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// When a citizen who booked arrives, in seconds after midnight: early by a part of what the appointments
/// say, while the doors are open within which the slot is.
double booked_arrival(const Attempt& attempt, const Scenario& scenario, const Plan::Data& data, DrawKey key,
                      std::span<const Interval> doors);

}  // namespace pishkhan
