#include "tools/pishkhan/tables_size.hpp"

#include <algorithm>
#include <cmath>

#include "models/province/calendar.hpp"
#include "tools/report/period_tables.hpp"

namespace pishkhan {
namespace {

// Bytes of a row of CSV, as measured on runs of the province: of things with all measures, of months and
// weeks with most and with few, of hours, of days; and of what every run writes.
constexpr double kThing = 1030, kPeriod = 720, kStationPeriod = 235, kHour = 240, kWeekHour = 190, kDay = 450;
constexpr double kTarget = 220, kService = 700, kAlways = 7e3, kOfProvince = 39e3;
/// SQLite packs numbers, and has the dictionary.
constexpr double kSqliteShare = 0.67, kDictionary = 60e3;

/// Rows of every station in the tables by hour, by hour of the weekday, and by month and week.
struct StationRows {
  double hours = 0, week_hours = 0, periods = 0;
};

/// Hours of a weekday in which doors are open, and one more in which clerks finish.
double hours_of(const Intervals& doors) {
  double hours = 0;
  for (const Interval& door : doors)
    hours += std::ceil(door.to_s / kSecondsPerHour) - std::floor(door.from_s / kSecondsPerHour);
  return hours > 0 ? hours + 1 : 0;
}

StationRows rows_of(const StationRules& rules, const Run& run, double periods) {
  StationRows rows;
  rows.periods = periods;
  const int days = std::min(run.days - run.warm_up_days, 7);
  for (int k = 0; k < days; ++k) {
    const DayNumber day = run.start + run.warm_up_days + k;
    const double hours = hours_of(rules.doors_on(day)[static_cast<std::size_t>(weekday(day))]);
    rows.hours = std::max(rows.hours, hours);
    rows.week_hours += hours;
  }
  return rows;
}

double bytes_of_station(const StationRules& rules, const Run& run, double periods) {
  if (run.length_s > 0) return kThing;
  const StationRows rows = rows_of(rules, run, periods);
  return kThing + rows.hours * kHour + rows.week_hours * kWeekHour + rows.periods * kStationPeriod;
}

double csv_bytes(const Scenario& scenario) {
  const Run& run = scenario.run;
  const auto periods = static_cast<double>(periods_of(run).size());
  double bytes = kAlways;
  for (const Target& target : scenario.targets) {
    const std::size_t all = station_ids(scenario).size();
    bytes += kTarget * static_cast<double>(target.stations.empty() ? all : target.stations.size());
  }
  for (const BareStation& station : scenario.stations) {
    bytes += bytes_of_station(station.rules, run, periods) +
             kService * static_cast<double>(station.streams.size());
  }
  if (run.length_s <= 0) bytes += kDay * (run.days - run.warm_up_days) * static_cast<double>(kChannels);
  if (!scenario.province) return bytes;
  bytes += kOfProvince;
  const Province& province = *scenario.province;
  StationRows longest;
  for (const Office& office : province.offices) {
    bytes += bytes_of_station(office.rules, run, periods);
    const StationRows rows = rows_of(office.rules, run, periods);
    longest.week_hours = std::max(longest.week_hours, rows.week_hours);
  }
  const auto zones = static_cast<double>(province.zones.size());
  const auto agencies = static_cast<double>(province.agencies.size());
  bytes +=
      zones * (kThing + longest.week_hours * kHour) + static_cast<double>(province.counters.size()) * kThing;
  bytes += (zones + agencies) * periods * kPeriod + agencies * kThing;
  bytes += static_cast<double>(province.services.size() * kChannels) * kService;
  for (const Migration& migration : scenario.migrations)
    bytes += static_cast<double>(migration.services.size()) * kTarget;
  return bytes;
}

}  // namespace

double forecast_tables_bytes(const Scenario& scenario) {
  double inputs = 0;
  if (scenario.inputs)
    for (const InputFile& table : *scenario.inputs) inputs += static_cast<double>(table.text.size());
  return csv_bytes(scenario) * (1 + kSqliteShare) + kDictionary + inputs;
}

}  // namespace pishkhan
