#pragma once
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

/// Adds a mistake if offices of the scenario's province open on counted days, and one if offices close.
/// `what`: what cannot be done then, such as "planning", as it takes the offices of all counted days to be
/// the same.
void add_changing_offices(const Scenario& scenario, const std::string& what,
                          std::vector<Diagnostic>& mistakes);

}  // namespace pishkhan
