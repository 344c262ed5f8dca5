#pragma once
#include <vector>

#include "tools/mazandaran/demand.hpp"

namespace pishkhan::mazandaran {

/// Gives every office the kind of its link. Rural offices take turns by their distance from the county's
/// capital: the nearest have the kind that comes first in link_kinds.csv, the farthest the last, so many as
/// the shares say. In large cities some urban offices have fibre, all others ADSL.
void link_offices(const Facts& facts, std::vector<OfficeMade>& offices);

/// Index in Facts::link_kinds of the agencies' counters in a county.
std::size_t link_of_counters(const Facts& facts, std::size_t county);

/// Cores of each agency's system, and what they are sized for.
struct SystemMade {
  double busiest = 0;  ///< mean number of calls at work in the largest hour of a Saturday on which subsidies
                       ///< and pensions are paid
  int cores = 1;       ///< so many that more calls at once have a probability below the one of numbers.csv
};
std::vector<SystemMade> size_systems(const Facts& facts);

/// Smallest number that a Poisson variable of this mean exceeds with less than the probability.
int poisson_bound(double mean, double probability);

}  // namespace pishkhan::mazandaran
