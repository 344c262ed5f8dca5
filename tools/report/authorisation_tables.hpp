#pragma once
#include <cstddef>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/siting/authorising.hpp"
#include "sim/statistics/estimate.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// Targets of an office, in all their periods, in the fresh replications.
struct OfficeTargets {
  std::size_t judged = 0, missed = 0;
};

/// An office before services are authorised and with them, in the fresh replications.
struct OfficeChange {
  OfficeId office;
  std::size_t authorisations = 0;  ///< that it gets
  /// Of its clerks; the difference is paired by replication, and has no number where nobody is on duty.
  Estimate utilization_before{kNan, kNan}, utilization_after{kNan, kNan}, utilization_more{kNan, kNan};
  /// Joined visits that started within the scenario's service level time / joined.
  Estimate service_level_before{kNan, kNan}, service_level_after{kNan, kNan};
  OfficeTargets targets_before, targets_after;
};

/// By office. `after`: the scenario with the authorisations.
std::vector<OfficeChange> find_office_changes(const Scenario& as_is, const Scenario& after,
                                              const AuthorisingResult& result);

/// The table `authorisations`: the chosen ones.
Table make_authorisations_table(const Scenario& scenario, const AuthorisingResult& result);
/// The table `authorised_offices`: what all offices have of it.
Table make_authorised_offices_table(const Scenario& scenario, const std::vector<OfficeChange>& changes);

}  // namespace pishkhan
