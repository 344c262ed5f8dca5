#pragma once
#include <cstddef>
#include <vector>

#include "tools/report/measures.hpp"
#include "tools/report/tables.hpp"

// Tallies of stations, services and hours added up to the rows of tables, one sum of each replication.
namespace pishkhan {

/// [row][replication].
template <class Tally>
using Sums = std::vector<std::vector<Tally>>;

/// For each replication calls fill(trial, at), where at(row) is the replication's tally of that row.
template <class Tally, class Fill>
Sums<Tally> collect(const Results& results, std::size_t rows, Fill fill) {
  Sums<Tally> sums(rows, std::vector<Tally>(results.trials.size()));
  for (std::size_t replication = 0; replication < results.trials.size(); ++replication)
    fill(results.trials[replication], [&](std::size_t row) -> Tally& { return sums[row][replication]; });

  return sums;
}

/// Clerks of the groups that work on the first counted day, the absent included.
int clerks_of(const StationRules& rules, const Run& run);
/// The same; of an office that opens later, on the day it opens. 0 if it is open on no counted day.
int clerks_of(const Office& office, const Run& run);

/// A province's visits, citizens and stations by channel, index as Channel; online has no station.
Sums<VisitTally> visits_by_channel(const Results& results);
Sums<CitizenTally> citizens_by_channel(const Results& results);
Sums<StationResult> stations_by_channel(const Results& results);

inline constexpr const char* kHoursLeftOut =
    " over the counted days; hours in which nothing is open, staffed or waited for are left out.";

/// Whether anything was open, staffed or waited for in the hour in any replication.
bool has_content(const std::vector<HourTally>& hour);

}  // namespace pishkhan
