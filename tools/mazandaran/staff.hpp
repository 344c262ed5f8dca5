#pragma once
#include <optional>
#include <vector>

#include "tools/mazandaran/demand.hpp"

namespace pishkhan::mazandaran {

/// Solves what the facts say together for what is known least, and sets the offices' clerks: so many visits
/// an office and day by kind, so many clerks in the mean, and so busy in towns. Demand is scaled, by kind of
/// the residents, so that the offices of both kinds have their visits; the handling at offices is as long as
/// keeps the clerks of towns as busy as they are said to be. A place's clerks follow its load, and sizes
/// differ from office to office by rank and a fixed pattern.
void staff_offices(Facts& facts, std::vector<OfficeMade>& offices);

/// An agency's counter in a county, or in a city.
struct CounterMade {
  std::size_t agency = 0, county = 0;
  std::optional<std::size_t> place;
  int clerks = 1;
  std::size_t link_kind = 0;  ///< index in Facts::link_kinds
  Load load;
};

/// Of agencies that have counters by load, those worth having: the smallest ones are given up, one by one, to
/// the county with the nearest counter of the agency, until each has the least load; every agency keeps one.
std::vector<CounterMade> staff_counters(const Facts& facts);

}  // namespace pishkhan::mazandaran
