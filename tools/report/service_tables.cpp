#include "tools/report/service_tables.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "tools/report/shared_columns.hpp"

// What became of the citizens' errands: by service, agency, channel and day.
namespace pishkhan {
namespace {

template <class Source>
void add_channel(ColumnList<Source>& list) {
  list.add_identity("channel", "traditional, office or online.",
                    [](const Source& row) { return to_string(row.channel); });
}

/// The design effects of a row of a channel; none where nobody came and, by `possible(row)`, nobody can.
template <class Possible>
auto usual_of_channel(const Results& results, Possible possible) {
  return [&results, possible](const auto& row) -> const DesignEffects& {
    const bool came = std::any_of(row.visits.begin(), row.visits.end(),
                                  [](const VisitTally& visits) { return visits.arrived > 0; });
    if (!came && !possible(row)) return no_effects();
    return row.channel == Channel::online ? results.online_effects : results.station_effects.of(row.channel);
  };
}

/// Online nobody waits, so what describes a queue stays empty there.
template <class Source, class Usual>
void add_channel_visits(ColumnList<Source>& list, const Usual& usual) {
  list.add_measures(
      visit_measures(), [](const Source& row) { return &row.visits; }, usual);
  list.add_measures(
      queue_measures(),
      [](const Source& row) { return row.channel == Channel::online ? nullptr : &row.visits; }, usual);
}

template <class Source, class Usual>
void add_citizens(ColumnList<Source>& list, const Usual& usual) {
  list.add_measures(
      citizen_measures(), [](const Source& row) { return &row.citizens; }, usual);
}

}  // namespace

Table make_services_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct ServiceRow {
    ServiceId id;
    const Service& service;
    Channel channel;
    const std::vector<CitizenTally>& citizens;
    const std::vector<VisitTally>& visits;
    const std::vector<CompactHistogram>* waits;  ///< null online
  };
  const std::size_t rows = province.services.size() * kChannels;
  const auto waits = collect<CompactHistogram>(results, province.services.size() * kStationChannels,
                                               [](const auto& trial, auto at) {
                                                 for (std::size_t i = 0; i < trial.service_waits.size(); ++i)
                                                   at(i) = trial.service_waits[i];
                                               });
  const auto visits = collect<VisitTally>(results, rows, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) at(i) = trial.services[i];
  });
  const auto citizens = collect<CitizenTally>(results, rows, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.citizens.size(); ++i) at(i) = trial.citizens[i];
  });

  ColumnList<ServiceRow> list;
  list.add_identity("service", "Id of the service.", [](const ServiceRow& row) { return row.service.id; });
  add_names(list, "service", [](const ServiceRow& row) -> const Service& { return row.service; });
  list.add_attribute("agency", "Id of the agency.",
                     [&](const ServiceRow& row) { return province.agencies[row.service.agency.index()].id; });
  add_channel(list);
  const auto usual = usual_of_channel(
      results, [&results](const ServiceRow& row) { return may_come(results.scenario, row.id, row.channel); });
  add_citizens(list, usual);
  add_channel_visits(list, usual);
  list.add_measures(
      wait_percentile_measures(), [](const ServiceRow& row) { return row.waits; }, results.design_effects);

  TableOf<ServiceRow> table("services", "Each service by channel over the counted days.", std::move(list),
                            results);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t service = row / kChannels, channel = row % kChannels;
    table.add({ServiceId(service), province.services[service], static_cast<Channel>(channel), citizens[row],
               visits[row],
               channel < kStationChannels ? &waits[service * kStationChannels + channel] : nullptr});
  }
  return table.take();
}

namespace {

/// Waits of the served by agency: [agency * kStationChannels + channel][replication].
Sums<CompactHistogram> waits_by_agency(const Results& results) {
  const Province& province = *results.scenario.province;
  const std::size_t rows = province.agencies.size() * kStationChannels;
  return collect<CompactHistogram>(results, rows, [&](const auto& trial, auto at) {
    std::vector<WaitHistogram> waits(rows);
    for (std::size_t i = 0; i < trial.service_waits.size(); ++i) {
      const std::size_t agency = province.services[i / kStationChannels].agency.index();
      waits[agency * kStationChannels + i % kStationChannels] += trial.service_waits[i].unpack();
    }
    for (std::size_t row = 0; row < rows; ++row) at(row) = CompactHistogram(waits[row]);
  });
}

}  // namespace

Table make_agencies_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct AgencyRow {
    AgencyId id;
    const Agency& agency;
    Channel channel;
    const std::vector<VisitTally>& visits;
    const std::vector<StationResult>& counters;
    const std::vector<CompactHistogram>* waits;  ///< null online
  };
  const auto visits =
      collect<VisitTally>(results, province.agencies.size() * kChannels, [&](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.services.size(); ++i) {
          const std::size_t agency = province.services[i / kChannels].agency.index();
          add_to(at(agency * kChannels + i % kChannels), trial.services[i]);
        }
      });
  const auto waits = waits_by_agency(results);
  std::vector<std::size_t> agency_of_station(province.offices.size(), kNoRow);
  for (const Counter& counter : province.counters) agency_of_station.push_back(counter.agency.index());
  const auto counters = sum_stations(results, province.agencies.size(), agency_of_station);

  ColumnList<AgencyRow> list;
  list.add_identity("agency", "Id of the agency.", [](const AgencyRow& row) { return row.agency.id; });
  add_names(list, "agency", [](const AgencyRow& row) -> const Agency& { return row.agency; });
  add_channel(list);
  add_channel_visits(
      list, usual_of_channel(results, [&](const AgencyRow& row) {
        for (std::size_t i = 0; i < province.services.size(); ++i) {
          if (province.services[i].agency == row.id && may_come(results.scenario, ServiceId(i), row.channel))
            return true;
        }
        return false;
      }));
  const auto counters_of = [](const AgencyRow& row) {
    return row.channel == Channel::traditional ? &row.counters : nullptr;
  };
  const auto usual_of_counters = [&results](const AgencyRow&) -> const DesignEffects& {
    return results.design_effects;
  };
  list.add_measures(staff_measures(), counters_of, usual_where_open(usual_of_counters, counters_of));
  list.add_measures(std::span(&find_measure(percentile_measures(), "queue_p95"), 1), counters_of,
                    results.design_effects);
  list.add_measures(
      wait_percentile_measures(), [](const AgencyRow& row) { return row.waits; }, results.design_effects);

  TableOf<AgencyRow> table(
      "agencies",
      "Each agency's services by channel over the counted days, with the clerk time and the queue of its own "
      "counters on the traditional rows (offices give the services of all agencies, so theirs cannot be "
      "split).",
      std::move(list), results);
  for (std::size_t row = 0; row < visits.size(); ++row) {
    const std::size_t agency = row / kChannels, channel = row % kChannels;
    table.add({AgencyId(agency), province.agencies[agency], static_cast<Channel>(channel), visits[row],
               counters[agency],
               channel < kStationChannels ? &waits[agency * kStationChannels + channel] : nullptr});
  }
  return table.take();
}

Table make_channels_table(const Results& results) {
  struct ChannelRow {
    Channel channel;
    const std::vector<CitizenTally>& citizens;
    const std::vector<VisitTally>& visits;
    const std::vector<StationResult>* stations;
  };
  const auto visits = visits_by_channel(results);
  const auto citizens = citizens_by_channel(results);
  const auto stations = stations_by_channel(results);

  ColumnList<ChannelRow> list;
  add_channel(list);
  const auto usual = usual_of_channel(results, [](const ChannelRow&) { return true; });
  add_citizens(list, usual);
  add_channel_visits(list, usual);
  const auto stations_of = [](const ChannelRow& row) { return row.stations; };
  list.add_measures(staff_measures(), stations_of, results.design_effects);
  list.add_measures(percentile_measures(), stations_of, results.design_effects);

  TableOf<ChannelRow> table("channels",
                            "Each channel over the counted days; online has no stations and no clerks.",
                            std::move(list), results);
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    table.add({static_cast<Channel>(channel), citizens[channel], visits[channel],
               channel < stations.size() ? &stations[channel] : nullptr});
  }
  return table.take();
}

Table make_classes_table(const Results& results) {
  const std::vector<CitizenClass>& classes = results.scenario.classes;
  struct ClassRow {
    const CitizenClass& citizen_class;
    Channel channel;
    const std::vector<ClassResult>& tallies;
  };
  const auto sums =
      collect<ClassResult>(results, classes.size() * kStationChannels, [](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.classes.size(); ++i) at(i) = trial.classes[i];
      });
  ColumnList<ClassRow> list;
  list.add_identity("class", "Id of the class of citizens.",
                    [](const ClassRow& row) { return row.citizen_class.id; });
  add_channel(list);
  list.add_attribute("priority", "Higher is served first.",
                     [](const ClassRow& row) { return row.citizen_class.priority; });
  const auto tallies = [](const ClassRow& row) { return &row.tallies; };
  std::vector<Measure<VisitTally>> queue;
  for (const auto& measure : queue_measures())
    if (measure.name != "handling_s" && measure.name != "system_s") queue.push_back(measure);
  const std::span<const Measure<VisitTally>> of_queue(queue);
  const auto usual = [&results](const ClassRow& row) -> const DesignEffects& {
    return results.station_effects.of(row.channel);
  };
  list.add_measures(visit_measures(), tallies, usual);
  list.add_measures(of_queue, tallies, usual);
  list.add_measures(class_percentile_measures(), tallies, results.design_effects);
  TableOf<ClassRow> table(
      "classes",
      "Visits of each class of citizens at the stations of a channel over the counted days; "
      "all others are what the table channels has beyond them.",
      std::move(list), results);
  for (std::size_t row = 0; row < sums.size(); ++row)
    table.add({classes[row / kStationChannels], static_cast<Channel>(row % kStationChannels), sums[row]});
  return table.take();
}

Table make_days_table(const Results& results) {
  struct DayRow {
    std::size_t day;
    Channel channel;
    const std::vector<VisitTally>& visits;
  };
  const std::size_t rows = results.trials.empty() ? 0 : results.trials.front().days.size();
  const auto sums = collect<VisitTally>(results, rows, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.days.size(); ++i) at(i) = trial.days[i];
  });

  ColumnList<DayRow> list;
  add_day(list, results.scenario.run);
  add_channel(list);
  add_channel_visits(list, usual_of_channel(results, [&results](const DayRow& row) {
                       return opens(results.scenario, row.channel, row.day);
                     }));

  TableOf<DayRow> table("days", "Each day of the run by channel, warm-up days included.", std::move(list),
                        results);
  for (std::size_t row = 0; row < rows; ++row)
    table.add({row / kChannels, static_cast<Channel>(row % kChannels), sums[row]});
  return table.take();
}

Table make_ledger_table(const Results& results) {
  const Province& province = *results.scenario.province;
  struct LedgerRow {
    std::size_t replication;
    const LedgerEntry& entry;
    const Migration& migration;
    const Service& service;
  };
  ColumnList<LedgerRow> list;
  list.add_identity("replication", "Replication, counting from 0.",
                    [](const LedgerRow& row) { return row.replication; });
  list.add_identity("migration", "Id of the migration.",
                    [](const LedgerRow& row) { return row.migration.id; });
  list.add_identity("service", "Id of the service.", [](const LedgerRow& row) { return row.service.id; });
  list.add_attribute("agency", "Id of the agency.",
                     [&](const LedgerRow& row) { return province.agencies[row.service.agency.index()].id; });
  list.add_attribute("from", "Channel the citizens would have chosen.",
                     [](const LedgerRow& row) { return to_string(row.migration.from); });
  list.add_attribute("to", "Channel they chose instead.",
                     [](const LedgerRow& row) { return to_string(row.migration.to); });
  list.add(ColumnKind::count, "citizens", "citizens", "Citizens moved on the counted days.",
           [](const LedgerRow& row) { return row.entry.citizens; });

  TableOf<LedgerRow> table(
      "ledger",
      "Citizens moved, by replication, migration and service: an account to the citizen, not an estimate. "
      "What the channel `from` lost is what the channel `to` gained. Nothing moved, no row.",
      std::move(list), results);
  for (std::size_t replication = 0; replication < results.trials.size(); ++replication) {
    for (const LedgerEntry& entry : results.trials[replication].ledger) {
      table.add({replication, entry, results.scenario.migrations[entry.migration],
                 province.services[entry.service.index()]});
    }
  }
  return table.take();
}

}  // namespace pishkhan
