#pragma once
#include <functional>
#include <string>
#include <vector>

#include "tools/pishkhan/options.hpp"
#include "tools/sweep/design.hpp"
#include "tools/sweep/point_file.hpp"

namespace pishkhan {

/// A study whose points can be simulated.
struct StudyPoints {
  const Study& study;
  const Design& design;
};

/// The scenario of a study with the values of one point. Throws UserError where they cannot be.
Scenario load_point(const Study& study, const std::vector<Level>& values);

/// Expects that every level, and every factor without levels, has a point that can be simulated. Throws
/// UserError with the mistakes of those that have none, told of the study file.
void expect_levels(const StudyPoints& points);

/// Simulates a point, one replication after the other. What is wrong with the point alone (its scenario, its
/// audit, a bug that it meets) is its failure. Throws Interrupted when told to stop.
PointResult simulate_point(const StudyPoints& points, std::size_t number, const TrialFunction& trial,
                           const std::function<bool()>& stop);

}  // namespace pishkhan
