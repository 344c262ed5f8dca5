#pragma once
#include <string_view>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {

/// An office breaches above this utilization or below this service level.
inline constexpr double kUtilizationLimit = 0.85;
inline constexpr double kServiceLevelLimit = kServiceLevelGoal;
inline constexpr double kFalseDiscoveryRate = 0.05;

struct Breach {
  std::size_t office;          ///< OfficeId index
  std::string_view criterion;  ///< `utilization` or `service_level`
  double limit;
  Estimate estimate;
  double p_value;           ///< one-sided, of "does not breach"
  double adjusted_p_value;  ///< of Benjamini and Hochberg, over all offices and both criteria
};

/// Offices that breach, in their order, found at a false discovery rate of kFalseDiscoveryRate over
/// all offices and both criteria. Empty with fewer than two replications: there is nothing to test.
std::vector<Breach> find_breaches(const Results& results);

}  // namespace pishkhan
