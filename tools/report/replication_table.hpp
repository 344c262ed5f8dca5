#pragma once
#include "tools/report/tables.hpp"

namespace pishkhan {

/// What each replication saw at each station, without intervals: a table by replication, not an estimate.
/// `first` is the number of the first of results.trials.
Table make_replication_table(const Results& results, std::size_t first);

}  // namespace pishkhan
