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

/// A measure of an office without the authorisations and with them, and the second less the first, paired by
/// replication; without a number where it is not measured.
struct MeasureChange {
  Estimate before{kNan, kNan}, after{kNan, kNan}, more{kNan, kNan};
};

/// An office before services are authorised and with them, in the fresh replications.
struct OfficeChange {
  OfficeId office;
  std::size_t authorisations = 0;  ///< that it gets
  MeasureChange utilization;       ///< of its clerks
  MeasureChange service_level;     ///< joined visits that started within the scenario's time / joined
  OfficeTargets targets_before, targets_after;
};

/// By office. `after`: the scenario with the authorisations.
std::vector<OfficeChange> find_office_changes(const Scenario& as_is, const Scenario& after,
                                              const AuthorisingResult& result);

/// The table `authorisations`: the chosen ones.
Table make_authorisations_table(const Scenario& scenario, const AuthorisingResult& result);
/// The table `authorised_offices`: what all offices have of it.
Table make_authorised_offices_table(const Scenario& scenario, const std::vector<OfficeChange>& changes);
/// Their headers.
std::vector<TableHeader> authorisation_headers();

}  // namespace pishkhan
