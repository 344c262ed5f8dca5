#pragma once
#include <cstddef>

#include "models/plan/plan_data.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// Human handling time of a service at a station of a province on a day, at speed 1.
Distribution handling_on(const Scenario& scenario, const Plan::Data& data, std::size_t station,
                         std::size_t service, DayNumber day);

}  // namespace pishkhan
