#pragma once
#include <cstddef>
#include <vector>

#include "models/trial/totals/periods.hpp"
#include "tools/report/tables.hpp"

// What stations did by month and by week, and by hour of the weekday. One function a table. Each gives the
// header whatever the results, so the data dictionary is made by running them on none.
namespace pishkhan {

/// A month or a week of the run: cells begin <= cell < end of period_cells.
struct Period {
  bool is_week = false;
  DayNumber first = 0;  ///< first counted day
  int days = 0;         ///< counted days of the run in it
  std::size_t begin = 0, end = 0;
};

/// The months of a run, then its weeks.
std::vector<Period> periods_of(const Run& run);
/// The last whole month of a run of 87 counted days (three short months) and more, the last whole week of one
/// of two weeks and more; else days = 0.
Period end_period(const Run& run);
/// A replication's sums of some stations over a period.
StationTally sum_of(const TrialResult& trial, const std::vector<std::size_t>& stations, std::size_t cells,
                    const Period& period);

/// Of all stations of a channel (office or traditional) over a period, by replication.
std::vector<StationTally> tallies_of_period(const Results& results, Channel channel, const Period& period);

Table make_channel_periods_table(const Results& results);
Table make_county_periods_table(const Results& results);
Table make_agency_periods_table(const Results& results);
Table make_office_periods_table(const Results& results);
Table make_station_periods_table(const Results& results);
Table make_county_week_hours_table(const Results& results);
Table make_office_week_hours_table(const Results& results);

}  // namespace pishkhan
