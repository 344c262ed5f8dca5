#pragma once
#include "models/scenario/language.hpp"

namespace pishkhan {

/// Refuses a province in which a service that is asked for is given by nobody, or not by a station that
/// should give it. Mistakes are said of the keys that most likely caused them.
void check_services_are_given(const Node& root, const Scenario& scenario, Diagnostics& mistakes);

}  // namespace pishkhan
