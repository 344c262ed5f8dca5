#include <numeric>
#include <string>
#include <vector>

#include "tools/report/changes_table.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/office_tables.hpp"
#include "tools/report/period_tables.hpp"
#include "tools/report/service_tables.hpp"
#include "tools/report/summary_table.hpp"
#include "tools/report/sums.hpp"
#include "tools/report/system_tables.hpp"
#include "tools/report/tables.hpp"
#include "tools/report/targets.hpp"
#include "tools/report/theory_table.hpp"
#include "tools/report/travel_tables.hpp"

namespace pishkhan {
namespace {

/// The stations of each channel in the last whole month or week of the run: where it went, beside its mean.
void add_end_state(const Results& results, SummaryTable& table) {
  const Period period = end_period(results.scenario.run);
  if (period.days == 0) return;
  for (const Channel channel : {Channel::traditional, Channel::office}) {
    const std::vector<StationTally> tallies = tallies_of_period(results, channel, period);
    const DesignEffects& usual = results.station_effects.of(channel);
    const std::string group =
        std::string(to_string(channel)) + (period.is_week ? ", last week" : ", last month");
    table.add(group, find_measure(visit_measures(), "arrived"), tallies, usual);
    for (const char* name : {"abandoned_share", "service_level", "wait_s", "wait_joined_s"})
      table.add(group, find_measure(queue_measures(), name), tallies, usual);
    for (const char* name : {"utilization", "queue_length", "missed_days_share"})
      table.add(group, find_measure(staff_measures(), name), tallies, usual);
  }
}

/// Offices and counters together.
void add_all_stations(const Results& results, SummaryTable& table) {
  const std::size_t stations =
      results.scenario.province->offices.size() + results.scenario.province->counters.size();
  std::vector<std::size_t> numbers(stations);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  const DesignEffects& usual = results.station_effects.of(numbers);
  const std::vector<StationResult> all =
      sum_stations(results, 1, std::vector<std::size_t>(stations, 0)).front();
  table.add("all stations", visit_measures(), all, usual);
  table.add("all stations", queue_measures(), all, usual);
  table.add("all stations", staff_measures(), all);
  table.add("all stations", percentile_measures(), all);
}

Table make_province_summary(const Results& results) {
  const Province& province = *results.scenario.province;
  SummaryTable table(
      "The run in numbers: by channel, by kind of office, of all stations together, and what each migration "
      "moved, over the counted days. Of runs of 87 counted days and more the groups `..., last month` are "
      "the last whole Solar Hijri "
      "month, of shorter ones from 14 on `..., last week` the last whole week, Saturday to Friday.",
      results);
  const auto visits = visits_by_channel(results);
  const auto citizens = citizens_by_channel(results);
  const auto stations = stations_by_channel(results);
  const auto travel = travel_by_channel(results);
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    const auto name = to_string(static_cast<Channel>(channel));
    const bool online = static_cast<Channel>(channel) == Channel::online;
    table.add(name, citizen_measures(), citizens[channel]);
    const DesignEffects& usual =
        online ? results.online_effects : results.station_effects.of(static_cast<Channel>(channel));
    table.add(name, visit_measures(), visits[channel], usual);
    if (online) continue;
    table.add(name, queue_measures(), visits[channel], usual);
    table.add(name, staff_measures(), stations[channel]);
    table.add(name, percentile_measures(), stations[channel]);
    table.add(name, travel_measures().subspan(1), travel[channel]);  // without the visits, told above
  }
  add_end_state(results, table);
  std::vector<std::size_t> kind_of_station;
  for (const Office& office : province.offices)
    kind_of_station.push_back(static_cast<std::size_t>(office.kind));
  std::vector<std::vector<std::size_t>> stations_of_kind(kKinds);
  for (std::size_t i = 0; i < kind_of_station.size(); ++i) stations_of_kind[kind_of_station[i]].push_back(i);
  kind_of_station.resize(kind_of_station.size() + province.counters.size(), kNoRow);
  const auto kinds = sum_stations(results, kKinds, kind_of_station);
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const std::string group = std::string(to_string(static_cast<Kind>(kind))) + " offices";
    const DesignEffects& usual = results.station_effects.of(stations_of_kind[kind]);
    table.add(group, visit_measures(), kinds[kind], usual);
    table.add(group, queue_measures(), kinds[kind], usual);
    table.add(group, staff_measures(), kinds[kind]);
    table.add(group, percentile_measures(), kinds[kind]);
  }
  add_all_stations(results, table);
  for (std::size_t migration = 0; migration < results.scenario.migrations.size(); ++migration) {
    std::vector<double> moved;
    for (const TrialResult& trial : results.trials) {
      double citizens_moved = 0;
      for (const LedgerEntry& entry : trial.ledger)
        if (entry.migration == migration) citizens_moved += static_cast<double>(entry.citizens);
      moved.push_back(citizens_moved);
    }
    table.add("migration " + results.scenario.migrations[migration].id, "citizens_moved", "citizens",
              estimate_count(moved), moved.size());
  }
  return table.take();
}

}  // namespace

std::span<const MakeTable> makers_of_province_tables() {
  static constexpr MakeTable kMakers[] = {
      make_province_summary,
      make_offices_table,
      make_counters_table,
      make_services_table,
      make_agencies_table,
      make_channels_table,
      make_classes_table,
      make_counties_table,
      make_hours_table,
      make_office_hours_table,
      make_days_table,
      make_channel_periods_table,
      make_county_periods_table,
      make_agency_periods_table,
      make_office_periods_table,
      make_county_week_hours_table,
      make_office_week_hours_table,
      make_county_travel_table,
      make_place_travel_table,
      make_service_travel_table,
      make_closed_offices_table,
      make_changes_table,
      make_ledger_table,
      make_targets_table,
      make_agency_systems_table,
      make_links_table,
      make_lost_clerk_hours_table,
      make_costs_table,
      make_theory_table,
  };
  return kMakers;
}

}  // namespace pishkhan
