#pragma once
#include <vector>

#include "tools/mazandaran/demand.hpp"

namespace pishkhan::mazandaran {

/// Sets the offices' clerks so that an ordinary full day keeps them busy for the share aimed at.
/// Sizes differ from office to office by rank and a fixed pattern; a place's clerks follow its load.
void staff_offices(const Facts& facts, std::vector<OfficeMade>& offices);

/// An agency's counter in a county.
struct CounterMade {
  std::size_t agency = 0, county = 0;
  int clerks = 1;
  std::size_t link_kind = 0;  ///< index in Facts::link_kinds
  Load load;
};

/// The counters worth having: the smallest ones are given up, one by one, to the county with the
/// nearest counter of the agency, until each has the least load; every agency keeps one.
std::vector<CounterMade> staff_counters(const Facts& facts);

}  // namespace pishkhan::mazandaran
