#pragma once
#include <cstddef>
#include <cstdint>

#include "models/plan/plan.hpp"

// How often the table `changed` of a comparison calls better or worse what is neither, and how often it sees
// what is better.
namespace pishkhan::interval_coverage {

/// Comparisons in which no law differs, of stations or of services. All that is found is false.
struct FalseDiscoveries {
  double tests = 0;             ///< a comparison, mean
  std::size_t comparisons = 0;  ///< in which something was found: the false discovery rate times all
  std::size_t found = 0;        ///< in all
};

struct DiscoveryStudy {
  std::uint32_t comparisons = 0;
  FalseDiscoveries other_persons_stations, other_persons_services;  ///< replications with other numbers
  FalseDiscoveries exchanged_stations, exchanged_services;          ///< paired, A and B by the toss of a coin
  /// Of the true comparison of the two plans, mean: stations that differ, and those called better and worse.
  double differing = 0, better = 0, worse = 0;
};

/// Compares, of so many replications each: a plan with itself in other replications (other persons, the same
/// law, not paired); the plan and a changed one, of which each pair of replications is exchanged or not by
/// the toss of a coin (so that no law differs although citizens are common); and the plan with the changed
/// one as they are.
DiscoveryStudy study_discoveries(const Plan& plan, const Plan& changed, std::uint32_t comparisons,
                                 std::uint32_t replications, int threads);

}  // namespace pishkhan::interval_coverage
