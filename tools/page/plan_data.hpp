#pragma once
#include <string>

#include "tools/page/plan.hpp"

namespace pishkhan::page {

/// What the script draws of a plan, as JSON.
std::string plan_data(const PlanSource& source);

}  // namespace pishkhan::page
