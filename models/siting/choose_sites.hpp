#pragma once
#include <cstddef>
#include <vector>

#include "models/siting/expected_travel.hpp"

namespace pishkhan {

/// Candidates that open, and what citizens then are expected to travel.
struct SiteSet {
  std::vector<std::size_t> open;  ///< ascending
  double travel_h = 0;            ///< person-hours over the counted days
};

struct ChosenSites {
  std::vector<SiteSet> sets;  ///< those of least travel, the least first
  /// Every set was looked at; else one was built up by the candidate that saves most, and exchanged one for
  /// one until no exchange saves more.
  bool exhaustive = false;
};

/// How many sets of `number` there are, number <= of.
double ways_to_choose(std::size_t number, std::size_t of);

/// The sets of `number` candidates with which citizens are expected to travel the least, at most `keep` of
/// those that were looked at. All are looked at if they are not more than `most_sets`.
ChosenSites choose_sites(const ExpectedTravel& travel, std::size_t number, std::size_t keep,
                         double most_sets = 5000);

}  // namespace pishkhan
