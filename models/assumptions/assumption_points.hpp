#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// Sets of assumptions: a factor within each range of the scenario's assumed numbers.
struct AssumptionPoints {
  std::vector<AssumedRange> ranges;
  std::vector<std::vector<double>> factors;  ///< [point][range]
};

/// The factor at a place of a range, from 0 to 1: `low` at 0, 1 in the middle, `high` at 1, and in proportion
/// between them. So the number of the scenario is the median.
double factor_at(const AssumedRange& range, double place);

/// The scenario with a factor for each of the ranges (models/scenario/assumed_numbers.hpp). Its canonical
/// text and its tables' texts remain those of `scenario`.
Scenario with_factors(const Scenario& scenario, const std::vector<AssumedRange>& ranges,
                      const std::vector<double>& factors);

/// A Latin hypercube over all ranges, drawn by the scenario's seed. Throws UserError where there is no range.
AssumptionPoints draw_assumption_points(const Scenario& scenario, std::size_t points);

/// The factors of a replication with `inputs: sampled`: of every range one of its own, at a place that is
/// uniform from 0 to 1 and depends on the seed, the replication and the name of the number alone. So
/// scenarios that share a seed have the same ones, and a range more changes no other.
std::vector<double> sampled_factors(const Scenario& scenario, std::uint32_t replication);
/// The scenario that the replication simulates, its inputs fixed.
Scenario with_sampled_inputs(const Scenario& scenario, std::uint32_t replication);

/// The scenario with the factors of a point (models/scenario/assumed_numbers.hpp). Its canonical text and its
/// tables' texts remain those of `scenario`.
Scenario at_assumption_point(const Scenario& scenario, const AssumptionPoints& points, std::size_t point);

}  // namespace pishkhan
