#pragma once
#include <string_view>

#include "models/staffing/staffing.hpp"
#include "models/staffing/under_assumptions.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

std::string_view to_string(StaffingProof proof);

/// The table `staffing`: what each station needs, and how far that is proven. `under`: at how many sets of
/// assumptions it is enough; null: not known.
Table make_staffing_table(const Scenario& scenario, const StaffingResult& result,
                          const StaffingUnderAssumptions* under = nullptr);
/// The table `staffing_curve`: what the search saw of each staffing that it tried.
Table make_staffing_curve_table(const Scenario& scenario, const StaffingResult& result);

}  // namespace pishkhan
