#pragma once
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan {

/// Adds a mistake where doors, or the absence of clerks, change on a day within the run, which `what` (such
/// as "staffing") cannot allow.
void add_dated_doors(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes);

/// Adds that it cannot be done where citizens book slots.
void add_appointments(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes);
/// Adds that it cannot be done where clerks go with migrations.
void add_transfers(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes);
/// Adds that it cannot be done where clerks have breaks.
void add_breaks(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes);
/// Adds a mistake where the citizens of a place, or the offices that may serve them, change on a day within
/// the run, or doors bring demand, or demand hangs on distance.
void add_dated_demand(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes);

/// Adds a mistake for each verb by which demand, handling, failures online, authorisations or doors change on
/// a day within the run, or doors bring demand, or demand hangs on distance: what is reckoned without chance,
/// of one day for all, cannot allow it.
void add_dated_changes(const Scenario& scenario, const std::string& what, std::vector<Diagnostic>& mistakes);

}  // namespace pishkhan
