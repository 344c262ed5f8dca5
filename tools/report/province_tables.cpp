#include "tools/report/province_tables.hpp"

#include <string>

#include "tools/report/cells.hpp"

namespace pishkhan {

Sums<VisitTally> visits_by_channel(const Results& results) {
  return collect<VisitTally>(results, kChannels, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) add_to(at(i % kChannels), trial.services[i]);
  });
}

Sums<CitizenTally> citizens_by_channel(const Results& results) {
  return collect<CitizenTally>(results, kChannels, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.citizens.size(); ++i) add_to(at(i % kChannels), trial.citizens[i]);
  });
}

Sums<StationTally> stations_by_channel(const Results& results) {
  const Province& province = *results.scenario.province;
  return collect<StationTally>(results, 2, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.stations.size(); ++i) {
      add_to(
          at(static_cast<std::size_t>(i < province.offices.size() ? Channel::office : Channel::traditional)),
          trial.stations[i]);
    }
  });
}

namespace {

Table make_province_summary(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table = make_summary_table(
      "The run in numbers: by channel, by kind of office, and what each migration moved, over the counted "
      "days.");
  const auto visits = visits_by_channel(results);
  const auto citizens = citizens_by_channel(results);
  const auto stations = stations_by_channel(results);
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    const auto name = to_string(static_cast<Channel>(channel));
    add_summary_rows(table, name, citizen_measures(), citizens[channel]);
    add_summary_rows(table, name, visit_measures(), visits[channel]);
    if (static_cast<Channel>(channel) == Channel::online) continue;
    add_summary_rows(table, name, queue_measures(), visits[channel]);
    add_summary_rows(table, name, staff_measures(), stations[channel]);
  }
  const auto kinds = collect<StationTally>(results, kKinds, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < province.offices.size() && i < trial.stations.size(); ++i) {
      add_to(at(static_cast<std::size_t>(province.offices[i].kind)), trial.stations[i]);
    }
  });
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const std::string group = std::string(to_string(static_cast<Kind>(kind))) + " offices";
    add_summary_rows(table, group, visit_measures(), kinds[kind]);
    add_summary_rows(table, group, queue_measures(), kinds[kind]);
    add_summary_rows(table, group, staff_measures(), kinds[kind]);
  }
  for (std::size_t migration = 0; migration < results.scenario.migrations.size(); ++migration) {
    std::vector<double> moved;
    for (const TrialResult& trial : results.trials) {
      double citizens_moved = 0;
      for (const LedgerEntry& entry : trial.ledger) {
        if (entry.migration == migration) citizens_moved += static_cast<double>(entry.citizens);
      }
      moved.push_back(citizens_moved);
    }
    add_summary_row(table, "migration " + results.scenario.migrations[migration].id, "citizens_moved",
                    "citizens", estimate_mean(moved), moved.size());
  }
  return table;
}

}  // namespace

std::vector<Table> make_province_tables(const Results& results) {
  std::vector<Table> tables;
  tables.push_back(make_province_summary(results));
  tables.push_back(make_offices_table(results));
  tables.push_back(make_counters_table(results));
  tables.push_back(make_services_table(results));
  tables.push_back(make_agencies_table(results));
  tables.push_back(make_channels_table(results));
  tables.push_back(make_counties_table(results));
  tables.push_back(make_hours_table(results));
  tables.push_back(make_office_hours_table(results));
  tables.push_back(make_days_table(results));
  tables.push_back(make_ledger_table(results));
  tables.push_back(make_breaches_table(results));
  tables.push_back(make_agency_systems_table(results));
  tables.push_back(make_links_table(results));
  tables.push_back(make_lost_clerk_hours_table(results));
  tables.push_back(make_costs_table(results));
  for (Table& table : tables) add_evidence(table, results.scenario.evidence);
  return tables;
}

}  // namespace pishkhan
