#include <string>
#include <utility>

#include "tools/report/cells.hpp"

namespace pishkhan {
namespace {

Table summary_table(const Results& results, const Sums<StationTally>& stations) {
  Table table = make_summary_table("The run in numbers: all stations together, then each.");
  const auto all = collect<StationTally>(results, 1, [](const auto& trial, auto at) {
    for (const StationTally& station : trial.stations) add_to(at(0), station);
  });
  add_summary_rows(table, "all", visit_measures(), all[0]);
  add_summary_rows(table, "all", queue_measures(), all[0]);
  add_summary_rows(table, "all", staff_measures(), all[0]);
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const std::string group = "station " + results.scenario.stations[i].id;
    add_summary_rows(table, group, visit_measures(), stations[i]);
    add_summary_rows(table, group, queue_measures(), stations[i]);
    add_summary_rows(table, group, staff_measures(), stations[i]);
    add_summary_rows(table, group, single_station_measures(), stations[i]);
  }
  return table;
}

Table stations_table(const Results& results, const Sums<StationTally>& stations) {
  Table table{{"stations", "Each station over the counted days or time.", {}}, {}};
  add_text_column(table.header, "station", "Id of the station.");
  add_integer_column(table.header, "clerks", "clerks", std::string(kClerksDescription));
  add_measure_columns(table.header, visit_measures());
  add_measure_columns(table.header, queue_measures());
  add_measure_columns(table.header, staff_measures());
  add_measure_columns(table.header, single_station_measures());
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const BareStation& station = results.scenario.stations[i];
    Row row{station.id,
            integer_cell(static_cast<std::size_t>(clerks_of(station.rules, results.scenario.run)))};
    add_measure_cells(row, visit_measures(), stations[i]);
    add_measure_cells(row, queue_measures(), stations[i]);
    add_measure_cells(row, staff_measures(), stations[i]);
    add_measure_cells(row, single_station_measures(), stations[i]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table streams_table(const Results& results) {
  Table table{{"streams", "Each arrival stream over the counted days or time.", {}}, {}};
  add_text_column(table.header, "station", "Id of the station.");
  add_text_column(table.header, "stream", "Id of the stream.");
  add_integer_column(table.header, "priority", "", "Higher is served first.");
  add_measure_columns(table.header, visit_measures());
  add_measure_columns(table.header, queue_measures());
  std::size_t count = 0;
  for (const BareStation& station : results.scenario.stations) count += station.streams.size();
  const auto sums = collect<VisitTally>(results, count, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) add_to(at(i / kChannels), trial.services[i]);
  });
  std::size_t key = 0;
  for (const BareStation& station : results.scenario.stations) {
    for (const ArrivalStream& stream : station.streams) {
      Row row{station.id, stream.id, static_cast<std::int64_t>(stream.priority)};
      add_measure_cells(row, visit_measures(), sums[key]);
      add_measure_cells(row, queue_measures(), sums[key++]);
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table hours_table(const Results& results) {
  Table table{
      {"hours",
       "Hours of the day of each station over the counted days; hours in which nothing is open, staffed or "
       "waited for are left out.",
       {}},
      {}};
  add_text_column(table.header, "station", "Id of the station.");
  add_integer_column(table.header, "hour", "h", "Hour of the day it begins at, 0 to 23.");
  add_measure_columns(table.header, hour_measures());
  const auto sums = collect<HourTally>(results, results.scenario.stations.size() * kHoursPerDay,
                                       [](const auto& trial, auto at) {
                                         for (std::size_t i = 0; i < trial.station_hours.size(); ++i)
                                           at(i) = trial.station_hours[i];
                                       });
  for (std::size_t key = 0; key < sums.size(); ++key) {
    if (!has_content(sums[key])) continue;
    Row row{results.scenario.stations[key / kHoursPerDay].id, integer_cell(key % kHoursPerDay)};
    add_measure_cells(row, hour_measures(), sums[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table days_table(const Results& results) {
  Table table{{"days", "Each day of the run, all stations together, warm-up days included.", {}}, {}};
  add_day_columns(table.header);
  add_measure_columns(table.header, visit_measures());
  add_measure_columns(table.header, queue_measures());
  const std::size_t days = results.trials.empty() ? 0 : results.trials.front().days.size() / kChannels;
  const auto sums = collect<VisitTally>(results, days, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.days.size(); ++i) add_to(at(i / kChannels), trial.days[i]);
  });
  for (std::size_t day = 0; day < days; ++day) {
    Row row;
    add_day_cells(row, results.scenario.run, day);
    add_measure_cells(row, visit_measures(), sums[day]);
    add_measure_cells(row, queue_measures(), sums[day]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<Table> make_station_tables(const Results& results) {
  const auto stations =
      collect<StationTally>(results, results.scenario.stations.size(), [](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.stations.size(); ++i) at(i) = trial.stations[i];
      });
  std::vector<Table> tables;
  tables.push_back(summary_table(results, stations));
  tables.push_back(stations_table(results, stations));
  tables.push_back(streams_table(results));
  if (results.scenario.run.length_s <= 0) {
    tables.push_back(hours_table(results));
    tables.push_back(days_table(results));
  }
  for (Table& table : tables) add_evidence(table, results.scenario.evidence);
  return tables;
}

}  // namespace pishkhan
