#pragma once
#include <span>
#include <string>
#include <vector>

#include "tools/report/tables.hpp"

namespace pishkhan {

/// Names of the tables that can be made of single replications, and that the scenario has.
std::vector<std::string> find_names_by_replication(const Scenario& scenario);

/// The same table of each replication by itself, one below the other: what it had, without intervals, as one
/// replication is no estimate. The first column is the number of the replication; `first` is that of
/// trials[0]. `name` is one of find_names_by_replication.
Table make_replication_table(const Scenario& scenario, std::span<const TrialResult> trials, std::size_t first,
                             const std::string& name);

}  // namespace pishkhan
