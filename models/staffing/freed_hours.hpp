#pragma once
#include <vector>

#include "models/staffing/staffing.hpp"

namespace pishkhan {

/// A counter whose citizens a migration takes, and the clerk hours that this frees.
struct FreedHours {
  StationIndex station;
  StationStaffing before;  ///< needed without the migrations
  StationStaffing after;   ///< needed in the scenario as it is

  /// Paid hours in a week that are needed before and not after; NaN where one of the two is not known.
  [[nodiscard]] double freed_h() const;
};

/// What every counter of the agencies needs without the migrations that take citizens from counters, beside
/// what it needs with them, of `staffing`, which find_staffing found for the scenario. Empty without such
/// migrations, and of counters that no target is about. Errors as of find_staffing; what is called proven
/// before is wrong with probability kProofLevel at most, by itself.
std::vector<FreedHours> find_freed_hours(const Scenario& scenario, const StaffingResult& staffing,
                                         const StaffingOptions& options);

}  // namespace pishkhan
