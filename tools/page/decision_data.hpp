#pragma once
#include <string>

#include "tools/page/decision.hpp"

namespace pishkhan::page {

/// The data of the page as JSON, which the script draws.
std::string decision_data(const DecisionSource& source);

}  // namespace pishkhan::page
