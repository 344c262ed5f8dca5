#include <string>
#include <utility>

#include "tools/report/cells.hpp"
#include "tools/report/province_tables.hpp"

// What became of the citizens' errands: by service, agency, channel and day.
namespace pishkhan {
namespace {

void add_visit_columns(TableHeader& header) {
  add_measure_columns(header, visit_measures());
  add_measure_columns(header, queue_measures());
}

/// Online nobody waits, so what describes a queue stays empty there.
void add_visit_cells(Row& row, Channel channel, const std::vector<VisitTally>& tallies) {
  add_measure_cells(row, visit_measures(), tallies);
  if (channel == Channel::online) {
    row.resize(row.size() + 2 * queue_measures().size());
  } else {
    add_measure_cells(row, queue_measures(), tallies);
  }
}

}  // namespace

Table make_services_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{{"services", "Each service by channel over the counted days.", {}}, {}};
  add_text_column(table.header, "service", "Id of the service.");
  add_name_columns(table.header, "service");
  add_text_column(table.header, "agency", "Id of the agency.");
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_measure_columns(table.header, citizen_measures());
  add_visit_columns(table.header);
  const std::size_t keys = province.services.size() * kChannels;
  const auto visits = collect<VisitTally>(results, keys, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) at(i) = trial.services[i];
  });
  const auto citizens = collect<CitizenTally>(results, keys, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.citizens.size(); ++i) at(i) = trial.citizens[i];
  });
  for (std::size_t key = 0; key < keys; ++key) {
    const Service& service = province.services[key / kChannels];
    const auto channel = static_cast<Channel>(key % kChannels);
    Row row{service.id, service.name_en, service.name_fa, province.agencies[service.agency.index()].id,
            std::string(to_string(channel))};
    add_measure_cells(row, citizen_measures(), citizens[key]);
    add_visit_cells(row, channel, visits[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_agencies_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Table table{
      {"agencies",
       "Each agency's services by channel over the counted days, with the clerk time of its own counters on "
       "the traditional rows (offices give the services of all agencies, so theirs cannot be split).",
       {}},
      {}};
  add_text_column(table.header, "agency", "Id of the agency.");
  add_name_columns(table.header, "agency");
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_visit_columns(table.header);
  add_measure_columns(table.header, staff_measures());
  const auto visits =
      collect<VisitTally>(results, province.agencies.size() * kChannels, [&](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.services.size(); ++i) {
          const std::size_t agency = province.services[i / kChannels].agency.index();
          add_to(at(agency * kChannels + i % kChannels), trial.services[i]);
        }
      });
  const auto counters =
      collect<StationTally>(results, province.agencies.size(), [&](const auto& trial, auto at) {
        for (std::size_t i = 0; i < province.counters.size(); ++i) {
          add_to(at(province.counters[i].agency.index()), trial.stations[province.offices.size() + i]);
        }
      });
  for (std::size_t key = 0; key < visits.size(); ++key) {
    const Agency& agency = province.agencies[key / kChannels];
    const auto channel = static_cast<Channel>(key % kChannels);
    Row row{agency.id, agency.name_en, agency.name_fa, std::string(to_string(channel))};
    add_visit_cells(row, channel, visits[key]);
    if (channel == Channel::traditional) {
      add_measure_cells(row, staff_measures(), counters[key / kChannels]);
    } else {
      row.resize(table.header.columns.size());
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_channels_table(const Results& results) {
  Table table{{"channels", "Each channel over the counted days; online has no stations and no clerks.", {}},
              {}};
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_measure_columns(table.header, citizen_measures());
  add_visit_columns(table.header);
  add_measure_columns(table.header, staff_measures());
  const auto visits = visits_by_channel(results);
  const auto citizens = citizens_by_channel(results);
  const auto stations = stations_by_channel(results);
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    Row row{std::string(to_string(static_cast<Channel>(channel)))};
    add_measure_cells(row, citizen_measures(), citizens[channel]);
    add_visit_cells(row, static_cast<Channel>(channel), visits[channel]);
    if (channel < stations.size()) add_measure_cells(row, staff_measures(), stations[channel]);
    row.resize(table.header.columns.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_days_table(const Results& results) {
  Table table{{"days", "Each day of the run by channel, warm-up days included.", {}}, {}};
  add_day_columns(table.header);
  add_text_column(table.header, "channel", "traditional, office or online.");
  add_visit_columns(table.header);
  const std::size_t keys = results.trials.empty() ? 0 : results.trials.front().days.size();
  const auto sums = collect<VisitTally>(results, keys, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.days.size(); ++i) at(i) = trial.days[i];
  });
  for (std::size_t key = 0; key < keys; ++key) {
    Row row;
    add_day_cells(row, results.scenario.run, key / kChannels);
    row.emplace_back(std::string(to_string(static_cast<Channel>(key % kChannels))));
    add_visit_cells(row, static_cast<Channel>(key % kChannels), sums[key]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table make_ledger_table(const Results& results) {
  const Province& province = *results.scenario.province;
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
  for (std::size_t replication = 0; replication < results.trials.size(); ++replication) {
    for (const LedgerEntry& entry : results.trials[replication].ledger) {
      const Migration& migration = results.scenario.migrations[entry.migration];
      const Service& service = province.services[entry.service.index()];
      table.rows.push_back({integer_cell(replication), migration.id, service.id,
                            province.agencies[service.agency.index()].id,
                            std::string(to_string(migration.from)), std::string(to_string(migration.to)),
                            integer_cell(entry.citizens)});
    }
  }
  return table;
}

}  // namespace pishkhan
