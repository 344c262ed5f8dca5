#include <string>

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

namespace pishkhan {
namespace {

/// The stations of each channel in the last whole month or week of the run: where it went, beside its mean.
void add_end_state(const Results& results, SummaryTable& table) {
  const Period period = end_period(results.scenario.run);
  if (period.days == 0) return;
  for (const Channel channel : {Channel::traditional, Channel::office}) {
    const std::vector<StationTally> tallies = tallies_of_period(results, channel, period);
    const std::string group =
        std::string(to_string(channel)) + (period.is_week ? ", last week" : ", last month");
    table.add(group, find_measure(visit_measures(), "arrived"), tallies);
    for (const char* name : {"abandoned_share", "service_level", "wait_s", "wait_joined_s"})
      table.add(group, find_measure(queue_measures(), name), tallies);
    for (const char* name : {"utilization", "queue_length", "missed_days_share"})
      table.add(group, find_measure(staff_measures(), name), tallies);
  }
}

Table make_province_summary(const Results& results) {
  const Province& province = *results.scenario.province;
  SummaryTable table(
      "The run in numbers: by channel, by kind of office, and what each migration moved, over the counted "
      "days. Of runs of 87 counted days and more the groups `..., last month` are the last whole Solar Hijri "
      "month, of shorter ones from 14 on `..., last week` the last whole week, Saturday to Friday.",
      results);
  const auto visits = visits_by_channel(results);
  const auto citizens = citizens_by_channel(results);
  const auto stations = stations_by_channel(results);
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    const auto name = to_string(static_cast<Channel>(channel));
    table.add(name, citizen_measures(), citizens[channel]);
    table.add(name, visit_measures(), visits[channel]);
    if (static_cast<Channel>(channel) == Channel::online) continue;
    table.add(name, queue_measures(), visits[channel]);
    table.add(name, staff_measures(), stations[channel]);
    table.add(name, percentile_measures(), stations[channel]);
  }
  add_end_state(results, table);
  const auto kinds = collect<StationResult>(results, kKinds, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < province.offices.size() && i < trial.stations.size(); ++i)
      add_to(at(static_cast<std::size_t>(province.offices[i].kind)), trial.stations[i]);
  });
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const std::string group = std::string(to_string(static_cast<Kind>(kind))) + " offices";
    table.add(group, visit_measures(), kinds[kind]);
    table.add(group, queue_measures(), kinds[kind]);
    table.add(group, staff_measures(), kinds[kind]);
    table.add(group, percentile_measures(), kinds[kind]);
  }
  for (std::size_t migration = 0; migration < results.scenario.migrations.size(); ++migration) {
    std::vector<double> moved;
    for (const TrialResult& trial : results.trials) {
      double citizens_moved = 0;
      for (const LedgerEntry& entry : trial.ledger)
        if (entry.migration == migration) citizens_moved += static_cast<double>(entry.citizens);
      moved.push_back(citizens_moved);
    }
    table.add("migration " + results.scenario.migrations[migration].id, "citizens_moved", "citizens",
              estimate_mean(moved), moved.size());
  }
  return table.take();
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
  tables.push_back(make_classes_table(results));
  tables.push_back(make_counties_table(results));
  tables.push_back(make_hours_table(results));
  tables.push_back(make_office_hours_table(results));
  tables.push_back(make_days_table(results));
  tables.push_back(make_channel_periods_table(results));
  tables.push_back(make_county_periods_table(results));
  tables.push_back(make_agency_periods_table(results));
  tables.push_back(make_office_periods_table(results));
  tables.push_back(make_county_week_hours_table(results));
  tables.push_back(make_office_week_hours_table(results));
  tables.push_back(make_changes_table(results));
  tables.push_back(make_ledger_table(results));
  tables.push_back(make_targets_table(results));
  tables.push_back(make_agency_systems_table(results));
  tables.push_back(make_links_table(results));
  tables.push_back(make_lost_clerk_hours_table(results));
  tables.push_back(make_costs_table(results));
  return tables;
}

}  // namespace pishkhan
