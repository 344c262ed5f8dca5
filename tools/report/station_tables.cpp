#include <algorithm>
#include <string>
#include <utility>

#include "tools/report/period_tables.hpp"
#include "tools/report/queue_tables.hpp"
#include "tools/report/shared_columns.hpp"
#include "tools/report/summary_table.hpp"
#include "tools/report/targets.hpp"
#include "tools/report/theory_table.hpp"

// The tables of bare stations.
namespace pishkhan {
namespace {

/// Whether people have names for a station or stream; else no table has columns of names.
bool has_names(const Scenario& scenario) {
  const auto is_named = [](const auto& thing) { return !thing.name_fa.empty() || !thing.name_en.empty(); };
  return std::any_of(scenario.stations.begin(), scenario.stations.end(), [&](const BareStation& station) {
    return is_named(station) || std::any_of(station.streams.begin(), station.streams.end(), is_named);
  });
}

/// `thing` gives the station or stream of a row.
template <class Row, class Thing>
void add_names(ColumnList<Row>& list, const Scenario& scenario, Thing thing) {
  if (!has_names(scenario)) return;
  list.add_attribute("name_fa", "Persian name, where the scenario names stations or streams.",
                     [thing](const Row& row) { return thing(row).name_fa; });
  list.add_attribute("name_en", "English name, likewise.",
                     [thing](const Row& row) { return thing(row).name_en; });
}

Table make_summary(const Results& results, const Sums<StationResult>& stations) {
  SummaryTable table("The run in numbers: all stations together, then each.", results);
  const auto all = sum_stations(results, 1, std::vector<std::size_t>(stations.size(), 0));
  table.add("all", visit_measures(), all[0]);
  table.add("all", queue_measures(), all[0]);
  table.add("all", staff_measures(), all[0]);
  table.add("all", percentile_measures(), all[0]);
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const std::string group = "station " + results.scenario.stations[i].id;
    const DesignEffects& usual = results.station_effects.at(i);
    table.add(group, visit_measures(), stations[i], usual);
    table.add(group, queue_measures(), stations[i], usual);
    table.add(group, staff_measures(), stations[i], usual);
    table.add(group, percentile_measures(), stations[i], usual);
  }
  return table.take();
}

Table make_stations_table(const Results& results, const Sums<StationResult>& stations) {
  struct StationRow {
    const BareStation& station;
    const std::vector<StationResult>& tallies;
  };
  ColumnList<StationRow> list;
  list.add_identity("station", "Id of the station.", [](const StationRow& row) { return row.station.id; });
  add_names(list, results.scenario, [](const StationRow& row) -> const BareStation& { return row.station; });
  add_clerks(list, results.scenario.run,
             [](const StationRow& row) -> const BareStation& { return row.station; });
  const BareStation* const first = results.scenario.stations.data();
  const std::vector<StationVerdict> verdicts = verdicts_of_stations(results);
  add_station_verdict(list, [&](const StationRow& row) -> const StationVerdict& {
    return verdicts[static_cast<std::size_t>(&row.station - first)];
  });
  add_station(
      list,
      [&results, first](const StationRow& row) -> const DesignEffects& {
        return results.station_effects.at(static_cast<std::size_t>(&row.station - first));
      },
      [](const StationRow& row) { return &row.tallies; });

  TableOf<StationRow> table("stations", "Each station over the counted days or time.", std::move(list),
                            results);
  for (std::size_t i = 0; i < stations.size(); ++i) table.add({results.scenario.stations[i], stations[i]});
  return table.take();
}

Table make_streams_table(const Results& results) {
  struct StreamRow {
    const BareStation& station;
    const ArrivalStream& stream;
    const std::vector<VisitTally>& tallies;
  };
  std::size_t count = 0;
  for (const BareStation& station : results.scenario.stations) count += station.streams.size();
  const auto sums = collect<VisitTally>(results, count, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) add_to(at(i / kChannels), trial.services[i]);
  });

  ColumnList<StreamRow> list;
  list.add_identity("station", "Id of the station.", [](const StreamRow& row) { return row.station.id; });
  list.add_identity("stream", "Id of the stream.", [](const StreamRow& row) { return row.stream.id; });
  add_names(list, results.scenario, [](const StreamRow& row) -> const ArrivalStream& { return row.stream; });
  list.add_attribute("priority", "Higher is served first.",
                     [](const StreamRow& row) { return row.stream.priority; });
  add_visits(list, results.design_effects, [](const StreamRow& row) { return &row.tallies; });

  TableOf<StreamRow> table("streams", "Each arrival stream over the counted days or time.", std::move(list),
                           results);
  std::size_t row = 0;
  for (const BareStation& station : results.scenario.stations)
    for (const ArrivalStream& stream : station.streams) table.add({station, stream, sums[row++]});
  return table.take();
}

Table make_station_hours_table(const Results& results) {
  struct HourRow {
    const BareStation& station;
    std::size_t hour;
    const std::vector<HourTally>& tallies;
  };
  const std::vector<BareStation>& stations = results.scenario.stations;
  const auto sums =
      collect<HourTally>(results, stations.size() * kHoursOfWork, [](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.station_hours.size(); ++i) at(i) = trial.station_hours[i];
      });

  ColumnList<HourRow> list;
  list.add_identity("station", "Id of the station.", [](const HourRow& row) { return row.station.id; });
  add_hour(list);
  list.add_measures(
      hour_measures(), [](const HourRow& row) { return &row.tallies; }, results.design_effects);

  TableOf<HourRow> table("hours", "Hours of the day of each station" + std::string(kHoursLeftOut),
                         std::move(list), results);
  for (std::size_t row = 0; row < sums.size(); ++row)
    if (has_content(sums[row])) table.add({stations[row / kHoursOfWork], row % kHoursOfWork, sums[row]});
  return table.take();
}

Table make_station_days_table(const Results& results) {
  struct DayRow {
    std::size_t day;
    const std::vector<VisitTally>& tallies;
  };
  const std::size_t days = results.trials.empty() ? 0 : results.trials.front().days.size() / kChannels;
  const auto sums = collect<VisitTally>(results, days, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.days.size(); ++i) add_to(at(i / kChannels), trial.days[i]);
  });

  ColumnList<DayRow> list;
  add_day(list, results.scenario.run);
  const auto usual = [&results](const DayRow& row) -> const DesignEffects& {
    return opens(results.scenario, Channel::office, row.day) ? results.design_effects : no_effects();
  };
  add_visits(list, usual, [](const DayRow& row) { return &row.tallies; });

  TableOf<DayRow> table("days", "Each day of the run, all stations together, warm-up days included.",
                        std::move(list), results);
  for (std::size_t day = 0; day < days; ++day) table.add({day, sums[day]});
  return table.take();
}

}  // namespace

std::vector<Table> make_station_tables(const Results& results) {
  const auto stations =
      collect<StationResult>(results, results.scenario.stations.size(), [](const auto& trial, auto at) {
        for (std::size_t i = 0; i < trial.stations.size(); ++i) at(i) = trial.stations[i];
      });
  std::vector<Table> tables;
  tables.push_back(make_summary(results, stations));
  tables.push_back(make_stations_table(results, stations));
  tables.push_back(make_streams_table(results));
  tables.push_back(make_targets_table(results));
  if (results.scenario.run.length_s <= 0) {
    tables.push_back(make_station_hours_table(results));
    tables.push_back(make_station_days_table(results));
    tables.push_back(make_station_periods_table(results));
  }
  tables.push_back(make_theory_table(results));
  if (results.scenario.queues)
    for (const MakeTable make : makers_of_queue_tables(results.scenario)) tables.push_back(make(results));
  return tables;
}

}  // namespace pishkhan
