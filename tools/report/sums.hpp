#pragma once
#include <cstddef>
#include <cstdint>
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

/// Clerks of the groups with a shift on the first counted day on which any has one, the absent included; 0 if
/// there is none.
int clerks_of(const StationRules& rules, const Run& run);
/// The same of the counted days on which the office is open.
int clerks_of(const Office& office, const Run& run);

/// A province's visits, citizens and stations by channel, index as Channel; online has no station.
Sums<VisitTally> visits_by_channel(const Results& results);
Sums<CitizenTally> citizens_by_channel(const Results& results);
Sums<StationResult> stations_by_channel(const Results& results);
/// The ways of each service's visits: [service * kStationChannels + channel].
Sums<TravelTally> travel_by_service(const Results& results);
/// All services together.
Sums<TravelTally> travel_by_channel(const Results& results);

/// Of a province's stations, which are numbered with the offices before the counters.
Channel channel_of(const Province& province, std::size_t station);
CountyId county_of(const Province& province, std::size_t station);

inline constexpr std::size_t kNoRow = SIZE_MAX;
/// Stations added up to so many rows; row_of_station[i] is the row of station i, or kNoRow.
Sums<StationResult> sum_stations(const Results& results, std::size_t rows,
                                 const std::vector<std::size_t>& row_of_station);

inline constexpr const char* kHoursLeftOut =
    " over the counted days; hours in which nothing is open, staffed or waited for are left out.";

/// Whether anything was open, staffed or waited for in the hour in any replication.
bool has_content(const std::vector<HourTally>& hour);

}  // namespace pishkhan
