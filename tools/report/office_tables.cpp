#include <string>
#include <utility>

#include "tools/report/breaches.hpp"
#include "tools/report/cells.hpp"
#include "tools/report/province_tables.hpp"

// What stations did: offices and counters.
namespace pishkhan {
namespace {

void add_visit_columns(TableHeader& header) {
  add_measure_columns(header, visit_measures());
  add_measure_columns(header, queue_measures());
}

void add_visit_cells(Row& row, const std::vector<StationTally>& tallies) {
  add_measure_cells(row, visit_measures(), tallies);
  add_measure_cells(row, queue_measures(), tallies);
}

/// What all stations share: visits, clerk time, queue.
void add_station_columns(TableHeader& header) {
  add_visit_columns(header);
  add_measure_columns(header, staff_measures());
  add_measure_columns(header, single_station_measures());
}

void add_station_cells(Row& row, const std::vector<StationTally>& tallies) {
  add_visit_cells(row, tallies);
  add_measure_cells(row, staff_measures(), tallies);
  add_measure_cells(row, single_station_measures(), tallies);
}

Sums<StationTally> all_stations(const Results& results) {
  const Province& province = *results.scenario.province;
  return collect<StationTally>(results, province.offices.size() + province.counters.size(),
                               [](const auto& trial, auto at) {
                                 for (std::size_t i = 0; i < trial.stations.size(); ++i)
                                   at(i) = trial.stations[i];
                               });
}

}  // namespace

Table make_offices_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto stations = all_stations(results);
  Table table{{"offices", "Each office over the counted days.", {}}, {}};
  add_text_column(table.header, "office", "Id of the office.");
  add_name_columns(table.header, "office");
  add_text_column(table.header, "kind", "urban or rural.");
  add_text_column(table.header, "place", "Id of the city or rural district.");
  add_text_column(table.header, "county", "Id of the county.");
  add_integer_column(table.header, "rank", "", "1 to 3; limits the services the office may give.");
  add_integer_column(table.header, "clerks", "clerks", std::string(kClerksDescription));
  add_station_columns(table.header);
  for (std::size_t i = 0; i < province.offices.size(); ++i) {
    const Office& office = province.offices[i];
    Row row{office.id,
            office.name_en,
            office.name_fa,
            std::string(to_string(office.kind)),
            province.places[office.place.index()].id,
            province.counties[office.county.index()].id,
            integer_cell(static_cast<std::size_t>(office.rank)),
            integer_cell(static_cast<std::size_t>(clerks_of(office.rules, results.scenario.run)))};
    add_station_cells(row, stations[i]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_counters_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto stations = all_stations(results);
  Table table{{"counters", "Each agency's own counter (the traditional channel) over the counted days.", {}},
              {}};
  add_text_column(table.header, "counter", "Id of the counter, `<agency>@<county>`.");
  add_text_column(table.header, "agency", "Id of the agency.");
  add_text_column(table.header, "county", "Id of the county.");
  add_integer_column(table.header, "clerks", "clerks", std::string(kClerksDescription));
  add_station_columns(table.header);
  for (std::size_t i = 0; i < province.counters.size(); ++i) {
    const Counter& counter = province.counters[i];
    Row row{counter.id, province.agencies[counter.agency.index()].id,
            province.counties[counter.county.index()].id,
            integer_cell(static_cast<std::size_t>(clerks_of(counter.rules, results.scenario.run)))};
    add_station_cells(row, stations[province.offices.size() + i]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_counties_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{{"counties", "The stations of each county by channel over the counted days.", {}}, {}};
  add_text_column(table.header, "county", "Id of the county.");
  add_name_columns(table.header, "county");
  add_text_column(table.header, "channel", "office: the county's offices; traditional: its counters.");
  add_integer_column(table.header, "stations", "stations", "Offices or counters in the county.");
  add_visit_columns(table.header);
  add_measure_columns(table.header, staff_measures());
  constexpr std::size_t groups = 2;  // index as Channel
  std::vector<std::size_t> key_of, count(province.counties.size() * groups);
  for (const Office& office : province.offices) {
    key_of.push_back(office.county.index() * groups + static_cast<std::size_t>(Channel::office));
  }
  for (const Counter& counter : province.counters) {
    key_of.push_back(counter.county.index() * groups + static_cast<std::size_t>(Channel::traditional));
  }
  for (const std::size_t key : key_of) ++count[key];
  const auto stations = collect<StationTally>(results, count.size(), [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.stations.size(); ++i) add_to(at(key_of[i]), trial.stations[i]);
  });
  for (std::size_t key = 0; key < count.size(); ++key) {
    const County& county = province.counties[key / groups];
    Row row{county.id, county.name_en, county.name_fa,
            std::string(to_string(static_cast<Channel>(key % groups))), integer_cell(count[key])};
    add_visit_cells(row, stations[key]);
    add_measure_cells(row, staff_measures(), stations[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{
      {"hours",
       "Hours of the day by kind of station over the counted days; hours in which nothing is open, staffed "
       "or waited for are left out.",
       {}},
      {}};
  add_text_column(table.header, "channel", "office or traditional.");
  add_text_column(table.header, "kind", "urban or rural offices; empty for counters.");
  add_integer_column(table.header, "hour", "h", "Hour of the day it begins at, 0 to 23.");
  add_measure_columns(table.header, hour_measures());
  const auto sums = collect<HourTally>(results, (kKinds + 1) * kHoursPerDay, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.station_hours.size(); ++i) {
      const std::size_t station = i / kHoursPerDay;
      const std::size_t group = station < province.offices.size()
                                    ? static_cast<std::size_t>(province.offices[station].kind)
                                    : kKinds;
      add_to(at(group * kHoursPerDay + i % kHoursPerDay), trial.station_hours[i]);
    }
  });
  for (std::size_t key = 0; key < sums.size(); ++key) {
    if (!has_content(sums[key])) continue;
    const std::size_t group = key / kHoursPerDay;
    Row row{std::string(to_string(group < kKinds ? Channel::office : Channel::traditional)),
            group < kKinds ? Cell(std::string(to_string(static_cast<Kind>(group)))) : Cell(),
            integer_cell(key % kHoursPerDay)};
    add_measure_cells(row, hour_measures(), sums[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_office_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{
      {"office_hours",
       "Hours of the day of each office over the counted days; hours in which nothing is open, staffed or "
       "waited for are left out.",
       {}},
      {}};
  add_text_column(table.header, "office", "Id of the office.");
  add_integer_column(table.header, "hour", "h", "Hour of the day it begins at, 0 to 23.");
  add_measure_columns(table.header, hour_measures());
  std::vector<HourTally> tallies(results.trials.size());
  for (std::size_t key = 0; key < province.offices.size() * kHoursPerDay; ++key) {
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      const auto& hours = results.trials[i].station_hours;
      tallies[i] = hours.empty() ? HourTally() : hours[key];
    }
    if (!has_content(tallies)) continue;
    Row row{province.offices[key / kHoursPerDay].id, integer_cell(key % kHoursPerDay)};
    add_measure_cells(row, hour_measures(), tallies);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_breaches_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{
      {"breaches",
       "Offices whose utilization is above 85% or whose service level is below 80%. Of the rows, at most 5% "
       "are expected to be there by chance (false discovery rate, Benjamini and Hochberg, over all offices "
       "and both criteria). A single replication finds none, as nothing can be tested.",
       {}},
      {}};
  add_text_column(table.header, "office", "Id of the office.");
  add_text_column(table.header, "kind", "urban or rural.");
  add_text_column(table.header, "county", "Id of the county.");
  add_text_column(table.header, "criterion", "utilization or service_level.");
  table.header.columns.push_back({"limit", "share", CellType::real, "The limit that is breached."});
  add_estimate_columns(table.header, "value", "share", "The office's utilization or service level.");
  table.header.columns.push_back(
      {"p_value", "probability", CellType::real,
       "One-sided p-value of the office not breaching, Student t over replications."});
  table.header.columns.push_back({"adjusted_p_value", "probability", CellType::real,
                                  "p_value adjusted by Benjamini and Hochberg; at most 0.05 in this table."});
  for (const Breach& breach : find_breaches(results)) {
    const Office& office = province.offices[breach.office];
    Row row{office.id, std::string(to_string(office.kind)), province.counties[office.county.index()].id,
            std::string(breach.criterion), breach.limit};
    add_estimate_cells(row, breach.estimate);
    row.emplace_back(breach.p_value);
    row.emplace_back(breach.adjusted_p_value);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace pishkhan
