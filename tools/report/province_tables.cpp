#include <string>
#include <utility>

#include "tools/report/breaches.hpp"
#include "tools/report/cells.hpp"

namespace pishkhan {
namespace {

// One function a table. Each gives the header whatever the results, so the data dictionary is made
// by running them on none.

void add_names(TableHeader& header, const std::string& thing) {
  add_text_column(header, "name_en", "Name of the " + thing + " in English.");
  add_text_column(header, "name_fa", "Name of the " + thing + " in Persian.");
}

/// What all stations share: visits, clerk time, queue.
void add_station_columns(TableHeader& header) {
  add_measure_columns(header, visit_measures());
  add_measure_columns(header, staff_measures());
  add_measure_columns(header, single_station_measures());
}

void add_station_cells(Row& row, const std::vector<StationTally>& tallies) {
  add_measure_cells(row, visit_measures(), tallies);
  add_measure_cells(row, staff_measures(), tallies);
  add_measure_cells(row, single_station_measures(), tallies);
}

class ProvinceTables {
 public:
  explicit ProvinceTables(const Results& results)
      : results_(results), scenario_(results.scenario), province_(*results.scenario.province) {
    stations_ = collect<StationTally>(results_, offices() + province_.counters.size(),
                                      [](const auto& trial, auto at) {
                                        for (std::size_t i = 0; i < trial.stations.size(); ++i)
                                          at(i) = trial.stations[i];
                                      });
  }

  Table summary() const;
  Table offices_table() const;
  Table counters_table() const;
  Table services() const;
  Table agencies() const;
  Table channels() const;
  Table counties() const;
  Table hours() const;
  Table office_hours() const;
  Table days() const;
  Table ledger() const;
  Table breaches() const;

 private:
  [[nodiscard]] std::size_t offices() const { return province_.offices.size(); }
  [[nodiscard]] Sums<VisitTally> visits_by_channel() const;
  [[nodiscard]] Sums<CitizenTally> citizens_by_channel() const;
  /// Traditional and office, index as Channel; online has no station.
  [[nodiscard]] Sums<StationTally> stations_by_channel() const;

  const Results& results_;
  const Scenario& scenario_;
  const Province& province_;
  Sums<StationTally> stations_;
};

Sums<VisitTally> ProvinceTables::visits_by_channel() const {
  return collect<VisitTally>(results_, kChannels, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) add_to(at(i % kChannels), trial.services[i]);
  });
}

Sums<CitizenTally> ProvinceTables::citizens_by_channel() const {
  return collect<CitizenTally>(results_, kChannels, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.citizens.size(); ++i) add_to(at(i % kChannels), trial.citizens[i]);
  });
}

Sums<StationTally> ProvinceTables::stations_by_channel() const {
  return collect<StationTally>(results_, 2, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.stations.size(); ++i) {
      add_to(at(static_cast<std::size_t>(i < offices() ? Channel::office : Channel::traditional)),
             trial.stations[i]);
    }
  });
}

Table ProvinceTables::summary() const {
  Table table = make_summary_table(
      "The run in numbers: by channel, by kind of office, and what each migration moved, over the counted "
      "days.");
  const auto visits = visits_by_channel();
  const auto citizens = citizens_by_channel();
  const auto stations = stations_by_channel();
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    const auto name = to_string(static_cast<Channel>(channel));
    add_summary_rows(table, name, citizen_measures(), citizens[channel]);
    add_summary_rows(table, name, visit_measures(), visits[channel]);
    if (channel < stations.size()) add_summary_rows(table, name, staff_measures(), stations[channel]);
  }
  const auto kinds = collect<StationTally>(results_, kKinds, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < offices() && i < trial.stations.size(); ++i) {
      add_to(at(static_cast<std::size_t>(province_.offices[i].kind)), trial.stations[i]);
    }
  });
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const std::string group = std::string(to_string(static_cast<Kind>(kind))) + " offices";
    add_summary_rows(table, group, visit_measures(), kinds[kind]);
    add_summary_rows(table, group, staff_measures(), kinds[kind]);
  }
  for (std::size_t migration = 0; migration < scenario_.migrations.size(); ++migration) {
    std::vector<double> moved;
    for (const TrialResult& trial : results_.trials) {
      double citizens_moved = 0;
      for (const LedgerEntry& entry : trial.ledger) {
        if (entry.migration == migration) citizens_moved += static_cast<double>(entry.citizens);
      }
      moved.push_back(citizens_moved);
    }
    add_summary_row(table, "migration " + scenario_.migrations[migration].id, "citizens_moved", "citizens",
                    estimate_mean(moved), moved.size());
  }
  return table;
}

Table ProvinceTables::offices_table() const {
  Table table{{"offices", "Each office over the counted days.", {}}, {}};
  add_text_column(table.header, "office", "Id of the office.");
  add_names(table.header, "office");
  add_text_column(table.header, "kind", "urban or rural.");
  add_text_column(table.header, "place", "Id of the city or rural district.");
  add_text_column(table.header, "county", "Id of the county.");
  add_integer_column(table.header, "rank", "", "1 to 3; limits the services the office may give.");
  add_integer_column(table.header, "clerks", "clerks", std::string(kClerksDescription));
  add_station_columns(table.header);
  for (std::size_t i = 0; i < offices(); ++i) {
    const Office& office = province_.offices[i];
    Row row{office.id,
            office.name_en,
            office.name_fa,
            std::string(to_string(office.kind)),
            province_.places[office.place.index()].id,
            province_.counties[office.county.index()].id,
            integer_cell(static_cast<std::size_t>(office.rank)),
            integer_cell(static_cast<std::size_t>(clerks_of(office.rules, scenario_.run)))};
    add_station_cells(row, stations_[i]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::counters_table() const {
  Table table{{"counters", "Each agency's own counter (the traditional channel) over the counted days.", {}},
              {}};
  add_text_column(table.header, "counter", "Id of the counter, `<agency>@<county>`.");
  add_text_column(table.header, "agency", "Id of the agency.");
  add_text_column(table.header, "county", "Id of the county.");
  add_integer_column(table.header, "clerks", "clerks", std::string(kClerksDescription));
  add_station_columns(table.header);
  for (std::size_t i = 0; i < province_.counters.size(); ++i) {
    const Counter& counter = province_.counters[i];
    Row row{counter.id, province_.agencies[counter.agency.index()].id,
            province_.counties[counter.county.index()].id,
            integer_cell(static_cast<std::size_t>(clerks_of(counter.rules, scenario_.run)))};
    add_station_cells(row, stations_[offices() + i]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::services() const {
  Table table{{"services", "Each service by channel over the counted days.", {}}, {}};
  add_text_column(table.header, "service", "Id of the service.");
  add_names(table.header, "service");
  add_text_column(table.header, "agency", "Id of the agency.");
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_measure_columns(table.header, citizen_measures());
  add_measure_columns(table.header, visit_measures());
  const std::size_t keys = province_.services.size() * kChannels;
  const auto visits = collect<VisitTally>(results_, keys, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) at(i) = trial.services[i];
  });
  const auto citizens = collect<CitizenTally>(results_, keys, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.citizens.size(); ++i) at(i) = trial.citizens[i];
  });
  for (std::size_t key = 0; key < keys; ++key) {
    const Service& service = province_.services[key / kChannels];
    Row row{service.id, service.name_en, service.name_fa, province_.agencies[service.agency.index()].id,
            std::string(to_string(static_cast<Channel>(key % kChannels)))};
    add_measure_cells(row, citizen_measures(), citizens[key]);
    add_measure_cells(row, visit_measures(), visits[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::agencies() const {
  Table table{
      {"agencies",
       "Each agency's services by channel over the counted days, with the clerk time of its own counters on "
       "the traditional rows (offices give the services of all agencies, so theirs cannot be split).",
       {}},
      {}};
  add_text_column(table.header, "agency", "Id of the agency.");
  add_names(table.header, "agency");
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_measure_columns(table.header, visit_measures());
  add_measure_columns(table.header, staff_measures());
  const auto visits =
      collect<VisitTally>(results_, province_.agencies.size() * kChannels, [&](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.services.size(); ++i) {
          const std::size_t agency = province_.services[i / kChannels].agency.index();
          add_to(at(agency * kChannels + i % kChannels), trial.services[i]);
        }
      });
  const auto counters =
      collect<StationTally>(results_, province_.agencies.size(), [&](const auto& trial, auto at) {
        for (std::size_t i = 0; i < province_.counters.size(); ++i) {
          add_to(at(province_.counters[i].agency.index()), trial.stations[offices() + i]);
        }
      });
  for (std::size_t key = 0; key < visits.size(); ++key) {
    const Agency& agency = province_.agencies[key / kChannels];
    const auto channel = static_cast<Channel>(key % kChannels);
    Row row{agency.id, agency.name_en, agency.name_fa, std::string(to_string(channel))};
    add_measure_cells(row, visit_measures(), visits[key]);
    if (channel == Channel::traditional) {
      add_measure_cells(row, staff_measures(), counters[key / kChannels]);
    } else {
      row.resize(table.header.columns.size());
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::channels() const {
  Table table{{"channels", "Each channel over the counted days; online has no stations and no clerks.", {}},
              {}};
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_measure_columns(table.header, citizen_measures());
  add_measure_columns(table.header, visit_measures());
  add_measure_columns(table.header, staff_measures());
  const auto visits = visits_by_channel();
  const auto citizens = citizens_by_channel();
  const auto stations = stations_by_channel();
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    Row row{std::string(to_string(static_cast<Channel>(channel)))};
    add_measure_cells(row, citizen_measures(), citizens[channel]);
    add_measure_cells(row, visit_measures(), visits[channel]);
    if (channel < stations.size()) add_measure_cells(row, staff_measures(), stations[channel]);
    row.resize(table.header.columns.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::counties() const {
  Table table{{"counties", "The stations of each county by channel over the counted days.", {}}, {}};
  add_text_column(table.header, "county", "Id of the county.");
  add_names(table.header, "county");
  add_text_column(table.header, "channel", "office: the county's offices; traditional: its counters.");
  add_integer_column(table.header, "stations", "stations", "Offices or counters in the county.");
  add_measure_columns(table.header, visit_measures());
  add_measure_columns(table.header, staff_measures());
  constexpr std::size_t groups = 2;  // index as Channel
  std::vector<std::size_t> key_of, count(province_.counties.size() * groups);
  for (const Office& office : province_.offices) {
    key_of.push_back(office.county.index() * groups + static_cast<std::size_t>(Channel::office));
  }
  for (const Counter& counter : province_.counters) {
    key_of.push_back(counter.county.index() * groups + static_cast<std::size_t>(Channel::traditional));
  }
  for (const std::size_t key : key_of) ++count[key];
  const auto stations = collect<StationTally>(results_, count.size(), [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.stations.size(); ++i) add_to(at(key_of[i]), trial.stations[i]);
  });
  for (std::size_t key = 0; key < count.size(); ++key) {
    const County& county = province_.counties[key / groups];
    Row row{county.id, county.name_en, county.name_fa,
            std::string(to_string(static_cast<Channel>(key % groups))), integer_cell(count[key])};
    add_measure_cells(row, visit_measures(), stations[key]);
    add_measure_cells(row, staff_measures(), stations[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::hours() const {
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
  const auto sums =
      collect<HourTally>(results_, (kKinds + 1) * kHoursPerDay, [&](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.station_hours.size(); ++i) {
          const std::size_t station = i / kHoursPerDay;
          const std::size_t group =
              station < offices() ? static_cast<std::size_t>(province_.offices[station].kind) : kKinds;
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

Table ProvinceTables::office_hours() const {
  Table table{
      {"office_hours",
       "Hours of the day of each office over the counted days; hours in which nothing is open, staffed or "
       "waited for are left out.",
       {}},
      {}};
  add_text_column(table.header, "office", "Id of the office.");
  add_integer_column(table.header, "hour", "h", "Hour of the day it begins at, 0 to 23.");
  add_measure_columns(table.header, hour_measures());
  std::vector<HourTally> tallies(results_.trials.size());
  for (std::size_t key = 0; key < offices() * kHoursPerDay; ++key) {
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      const auto& hours = results_.trials[i].station_hours;
      tallies[i] = hours.empty() ? HourTally() : hours[key];
    }
    if (!has_content(tallies)) continue;
    Row row{province_.offices[key / kHoursPerDay].id, integer_cell(key % kHoursPerDay)};
    add_measure_cells(row, hour_measures(), tallies);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::days() const {
  Table table{{"days", "Each day of the run by channel, warm-up days included.", {}}, {}};
  add_day_columns(table.header);
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_measure_columns(table.header, visit_measures());
  const std::size_t keys = results_.trials.empty() ? 0 : results_.trials.front().days.size();
  const auto sums = collect<VisitTally>(results_, keys, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.days.size(); ++i) at(i) = trial.days[i];
  });
  for (std::size_t key = 0; key < keys; ++key) {
    Row row;
    add_day_cells(row, scenario_.run, key / kChannels);
    row.emplace_back(std::string(to_string(static_cast<Channel>(key % kChannels))));
    add_measure_cells(row, visit_measures(), sums[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ProvinceTables::ledger() const {
  Table table{
      {"ledger",
       "Citizens moved, by replication, migration and service: an account to the citizen, not an estimate. "
       "What the channel `from` lost is what the channel `to` gained. Nothing moved, no row.",
       {}},
      {}};
  add_integer_column(table.header, "replication", "", "Replication, counting from 0.");
  add_text_column(table.header, "migration", "Id of the migration.");
  add_text_column(table.header, "service", "Id of the service.");
  add_text_column(table.header, "agency", "Id of the agency.");
  add_text_column(table.header, "from", "Channel the citizens would have chosen.");
  add_text_column(table.header, "to", "Channel they chose instead.");
  add_integer_column(table.header, "citizens", "citizens", "Citizens moved on the counted days.");
  for (std::size_t replication = 0; replication < results_.trials.size(); ++replication) {
    for (const LedgerEntry& entry : results_.trials[replication].ledger) {
      const Migration& migration = scenario_.migrations[entry.migration];
      const Service& service = province_.services[entry.service.index()];
      table.rows.push_back({integer_cell(replication), migration.id, service.id,
                            province_.agencies[service.agency.index()].id,
                            std::string(to_string(migration.from)), std::string(to_string(migration.to)),
                            integer_cell(entry.citizens)});
    }
  }
  return table;
}

Table ProvinceTables::breaches() const {
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
  for (const Breach& breach : find_breaches(results_)) {
    const Office& office = province_.offices[breach.office];
    Row row{office.id, std::string(to_string(office.kind)), province_.counties[office.county.index()].id,
            std::string(breach.criterion), breach.limit};
    add_estimate_cells(row, breach.estimate);
    row.emplace_back(breach.p_value);
    row.emplace_back(breach.adjusted_p_value);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<Table> make_province_tables(const Results& results) {
  const ProvinceTables make(results);
  std::vector<Table> tables;
  tables.push_back(make.summary());
  tables.push_back(make.offices_table());
  tables.push_back(make.counters_table());
  tables.push_back(make.services());
  tables.push_back(make.agencies());
  tables.push_back(make.channels());
  tables.push_back(make.counties());
  tables.push_back(make.hours());
  tables.push_back(make.office_hours());
  tables.push_back(make.days());
  tables.push_back(make.ledger());
  tables.push_back(make.breaches());
  for (Table& table : tables) add_evidence(table, results.scenario.evidence);
  return tables;
}

}  // namespace pishkhan
