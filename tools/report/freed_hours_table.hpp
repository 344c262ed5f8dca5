#pragma once
#include <vector>

#include "models/staffing/freed_hours.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// The table `freed_hours`: what counters need before and after migrations take their citizens.
Table make_freed_hours_table(const Scenario& scenario, const std::vector<FreedHours>& freed);

}  // namespace pishkhan
