#pragma once
#include <string>

#include "tools/page/staffing.hpp"

namespace pishkhan::page {

/// What the script draws of a staffing, as JSON.
std::string staffing_data(const StaffingSource& source);

}  // namespace pishkhan::page
