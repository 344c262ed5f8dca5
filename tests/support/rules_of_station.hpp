#pragma once
#include <stdexcept>
#include <string>

#include "models/scenario/scenario.hpp"

namespace pishkhan::tests {

/// The rules of an office or counter of a scenario's province, by its id.
inline const StationRules& rules_of_station(const Scenario& scenario, const std::string& id) {
  for (const Office& office : scenario.province->offices)
    if (office.id == id) return office.rules;
  for (const Counter& counter : scenario.province->counters)
    if (counter.id == id) return counter.rules;
  throw std::out_of_range(id);
}

}  // namespace pishkhan::tests
