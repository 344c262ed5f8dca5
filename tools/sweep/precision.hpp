#pragma once
#include <functional>
#include <string>
#include <vector>

#include "models/scenario/precision.hpp"
#include "models/scenario/text/mistakes.hpp"
#include "sim/statistics/sequential.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/tables.hpp"
#include "tools/sweep/study.hpp"

// Replications that end when some quantities are known precisely enough.
namespace pishkhan {

/// Refuses quantities that there are not, and an amount that is not in their unit.
void check_quantities(const Precision& precision, Diagnostics& mistakes);
/// Refuses channels, counties and stations that the scenario does not have.
void check_places(const Precision& precision, const Scenario& scenario, Diagnostics& mistakes);
/// Both, of the scenario's own precision, if it has one.
void check_precision(const Scenario& scenario, Diagnostics& mistakes);

/// The quantities of a precision, as responses.
std::vector<Response> responses_of(const Precision& precision);
/// What a checked precision asks of its quantities' estimates.
PrecisionGoal goal_of(const Precision& precision);

/// Replications of the scenario until its precision is reached or its at_most replications are there, looked
/// at after fixed numbers: simulate_to(n) returns the first n. Returns what the last look has found.
PrecisionLook simulate_to_precision(const Scenario& scenario,
                                    const std::function<const std::vector<TrialResult>&(int)>& simulate_to);

/// What a manifest says of it.
AskedPrecision make_asked(const Precision& precision, const PrecisionLook& last);

/// `wait_joined_s, office` and so on, with semicolons between.
std::string quantities_text(const Precision& precision);
/// A precision as `precision` writes it: `4.3%`, or `12.5 s`.
std::string reached_text(const Precision& precision, double reached);
/// The worst of those reached; NaN where one has no number.
double worst_of(const std::vector<double>& reached);

}  // namespace pishkhan
