#pragma once
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

/// Adds mistakes where offices of the province open or close during the counted days, for `what` reckons with
/// the same offices on all of them.
void add_changing_offices(const Scenario& scenario, const std::string& what,
                          std::vector<Diagnostic>& mistakes);

}  // namespace pishkhan
