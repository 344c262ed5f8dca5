#include "tools/report/office_tables.hpp"

#include <string>
#include <utility>

#include "tools/report/shared_columns.hpp"
#include "tools/report/targets.hpp"

// What stations did: offices and counters, their counties and hours.
namespace pishkhan {
namespace {

/// `count` stations from the first on; offices come before counters.
Sums<StationResult> stations_from(const Results& results, std::size_t first, std::size_t count) {
  return collect<StationResult>(results, count, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < count && first + i < trial.stations.size(); ++i)
      at(i) = trial.stations[first + i];
  });
}

template <class Source>
auto tallies_of() {
  return [](const Source& row) { return &row.tallies; };
}

}  // namespace

Table make_offices_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto stations = stations_from(results, 0, province.offices.size());
  struct OfficeRow {
    const Office& office;
    const std::vector<StationResult>& tallies;
  };
  ColumnList<OfficeRow> list;
  list.add_identity("office", "Id of the office.", [](const OfficeRow& row) { return row.office.id; });
  add_names(list, "office", [](const OfficeRow& row) -> const Office& { return row.office; });
  list.add_attribute("kind", "urban or rural.",
                     [](const OfficeRow& row) { return to_string(row.office.kind); });
  list.add_attribute("place", "Id of the city or rural district.",
                     [&](const OfficeRow& row) { return province.places[row.office.place.index()].id; });
  list.add_attribute("county", "Id of the county.",
                     [&](const OfficeRow& row) { return province.counties[row.office.county.index()].id; });
  list.add(ColumnKind::attribute, "latitude", "degrees", "North of the equator.",
           [](const OfficeRow& row) { return row.office.latitude; });
  list.add(ColumnKind::attribute, "longitude", "degrees", "East of Greenwich.",
           [](const OfficeRow& row) { return row.office.longitude; });
  list.add_attribute("rank", "1 to 3; limits the services the office may give.",
                     [](const OfficeRow& row) { return row.office.rank; });
  add_clerks(list, results.scenario.run, [](const OfficeRow& row) -> const Office& { return row.office; });
  const std::vector<StationVerdict> verdicts = verdicts_of_stations(results);
  add_station_verdict(list, [&](const OfficeRow& row) -> const StationVerdict& {
    return verdicts[static_cast<std::size_t>(&row.office - province.offices.data())];
  });
  const auto usual = [&](const OfficeRow& row) -> const DesignEffects& {
    return results.station_effects.at(static_cast<std::size_t>(&row.office - province.offices.data()));
  };
  add_station(list, usual, tallies_of<OfficeRow>());

  TableOf<OfficeRow> table("offices", "Each office over the counted days.", std::move(list), results);
  for (std::size_t i = 0; i < province.offices.size(); ++i) table.add({province.offices[i], stations[i]});
  return table.take();
}

Table make_counters_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto stations = stations_from(results, province.offices.size(), province.counters.size());
  struct CounterRow {
    const Counter& counter;
    const std::vector<StationResult>& tallies;
  };
  ColumnList<CounterRow> list;
  list.add_identity("counter", "Id of the counter, `<agency>@<county>`, or with a place `<agency>@<place>`.",
                    [](const CounterRow& row) { return row.counter.id; });
  list.add_attribute("agency", "Id of the agency.",
                     [&](const CounterRow& row) { return province.agencies[row.counter.agency.index()].id; });
  list.add_attribute("county", "Id of the county.",
                     [&](const CounterRow& row) { return province.counties[row.counter.county.index()].id; });
  add_clerks(list, results.scenario.run, [](const CounterRow& row) -> const Counter& { return row.counter; });
  const std::vector<StationVerdict> verdicts = verdicts_of_stations(results);
  add_station_verdict(list, [&](const CounterRow& row) -> const StationVerdict& {
    const auto number = static_cast<std::size_t>(&row.counter - province.counters.data());
    return verdicts[province.offices.size() + number];
  });
  const auto usual = [&](const CounterRow& row) -> const DesignEffects& {
    const auto number = static_cast<std::size_t>(&row.counter - province.counters.data());
    return results.station_effects.at(province.offices.size() + number);
  };
  add_station(list, usual, tallies_of<CounterRow>());

  TableOf<CounterRow> table("counters",
                            "Each agency's own counter (the traditional channel) over the counted days.",
                            std::move(list), results);
  for (std::size_t i = 0; i < province.counters.size(); ++i) table.add({province.counters[i], stations[i]});
  return table.take();
}

Table make_counties_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct CountyRow {
    const County& county;
    Channel channel;
    const std::vector<std::size_t>& stations;
    const std::vector<StationResult>& tallies;
  };
  constexpr std::size_t channels = 2;  // index as Channel
  const auto row_of = [](CountyId county, Channel channel) {
    return county.index() * channels + static_cast<std::size_t>(channel);
  };
  std::vector<std::size_t> row_of_station;
  std::vector<std::vector<std::size_t>> stations_of_row(province.counties.size() * channels);
  for (const Office& office : province.offices)
    row_of_station.push_back(row_of(office.county, Channel::office));
  for (const Counter& counter : province.counters)
    row_of_station.push_back(row_of(counter.county, Channel::traditional));
  for (std::size_t i = 0; i < row_of_station.size(); ++i) stations_of_row[row_of_station[i]].push_back(i);
  const auto sums = sum_stations(results, stations_of_row.size(), row_of_station);

  ColumnList<CountyRow> list;
  list.add_identity("county", "Id of the county.", [](const CountyRow& row) { return row.county.id; });
  add_names(list, "county", [](const CountyRow& row) -> const County& { return row.county; });
  list.add_identity("channel", "office: the county's offices; traditional: its counters.",
                    [](const CountyRow& row) { return to_string(row.channel); });
  list.add(ColumnKind::count, "stations", "stations", "Offices or counters in the county.",
           [](const CountyRow& row) { return row.stations.size(); });
  const auto usual = [&](const CountyRow& row) -> const DesignEffects& {
    return results.station_effects.of(row.stations);
  };
  add_station(list, usual, tallies_of<CountyRow>());

  TableOf<CountyRow> table("counties", "The stations of each county by channel over the counted days.",
                           std::move(list), results);
  for (std::size_t row = 0; row < sums.size(); ++row) {
    table.add({province.counties[row / channels], static_cast<Channel>(row % channels), stations_of_row[row],
               sums[row]});
  }
  return table.take();
}

Table make_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct HourRow {
    std::size_t group;  ///< index as Kind of offices; kKinds: counters
    std::size_t hour;
    const std::vector<HourTally>& tallies;
  };
  const auto sums = collect<HourTally>(results, (kKinds + 1) * kHoursOfWork, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.station_hours.size(); ++i) {
      const std::size_t station = i / kHoursOfWork;
      const std::size_t group = station < province.offices.size()
                                    ? static_cast<std::size_t>(province.offices[station].kind)
                                    : kKinds;
      add_to(at(group * kHoursOfWork + i % kHoursOfWork), trial.station_hours[i]);
    }
  });

  ColumnList<HourRow> list;
  list.add_identity("channel", "office or traditional.", [](const HourRow& row) {
    return to_string(row.group < kKinds ? Channel::office : Channel::traditional);
  });
  list.add_identity("kind", "urban or rural offices; empty for counters.", [](const HourRow& row) {
    return row.group < kKinds ? std::optional(to_string(static_cast<Kind>(row.group))) : std::nullopt;
  });
  add_hour(list);
  list.add_measures(hour_measures(), tallies_of<HourRow>(), results.design_effects);

  TableOf<HourRow> table("hours", std::string("Hours of the day by kind of station") + kHoursLeftOut,
                         std::move(list), results);
  for (std::size_t row = 0; row < sums.size(); ++row)
    if (has_content(sums[row])) table.add({row / kHoursOfWork, row % kHoursOfWork, sums[row]});
  return table.take();
}

Table make_office_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct OfficeHourRow {
    const Office& office;
    std::size_t hour;
    const std::vector<HourTally>& tallies;
  };
  // Row by row, as all rows of all replications would take much memory.
  const std::size_t rows = province.offices.size() * kHoursOfWork;
  std::vector<HourTally> tallies(results.trials.size());
  const auto tallies_of_row = [&](std::size_t row) -> const std::vector<HourTally>& {
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      const auto& hours = results.trials[i].station_hours;
      tallies[i] = hours.empty() ? HourTally() : hours[row];
    }
    return tallies;
  };
  ColumnList<OfficeHourRow> list;
  list.add_identity("office", "Id of the office.", [](const OfficeHourRow& row) { return row.office.id; });
  add_hour(list);
  list.add_measures(hour_measures(), tallies_of<OfficeHourRow>(), results.design_effects);

  TableOf<OfficeHourRow> table("office_hours", std::string("Hours of the day of each office") + kHoursLeftOut,
                               std::move(list), results);
  for (std::size_t row = 0; row < rows; ++row) {
    if (has_content(tallies_of_row(row)))
      table.add({province.offices[row / kHoursOfWork], row % kHoursOfWork, tallies});
  }
  return table.take();
}

}  // namespace pishkhan
