#pragma once
#include <string>
#include <type_traits>
#include <utility>

#include "models/province/calendar.hpp"
#include "tools/report/columns.hpp"
#include "tools/report/possible.hpp"
#include "tools/report/sums.hpp"
#include "tools/report/targets.hpp"

// Columns that several tables have.
namespace pishkhan {

/// name_en and name_fa of the county, office ... that `thing_of(source)` gives.
template <class Source, class ThingOf>
void add_names(ColumnList<Source>& list, const std::string& thing, ThingOf thing_of) {
  list.add_attribute("name_en", "Name of the " + thing + " in English.",
                     [thing_of](const Source& row) { return thing_of(row).name_en; });
  list.add_attribute("name_fa", "Name of the " + thing + " in Persian.",
                     [thing_of](const Source& row) { return thing_of(row).name_fa; });
}

/// The clerks of the office, or of the station of another kind, that `station_of(source)` gives.
template <class Source, class StationOf>
void add_clerks(ColumnList<Source>& list, const Run& run, StationOf station_of) {
  list.add(ColumnKind::count, "clerks", "clerks",
           "Clerks of the groups with a shift on the first counted day on which any has one (of an office "
           "that opens later, since it is open), the absent included; 0: none on any counted day; empty: "
           "unlimited.",
           [&run, station_of](const Source& row) {
             const auto& station = station_of(row);
             if (station.rules.unlimited_clerks) return std::optional<int>();
             if constexpr (std::is_same_v<std::decay_t<decltype(station)>, Office>)
               return std::optional(clerks_of(station, run));
             else
               return std::optional(clerks_of(station.rules, run));
           });
}

/// The columns `targets` and `verdict`: verdict_of(source) is a StationVerdict.
template <class Source, class VerdictOf>
void add_station_verdict(ColumnList<Source>& list, VerdictOf verdict_of) {
  list.add_attribute("targets", "Ids of the targets that judge the station, with spaces between.",
                     [verdict_of](const Source& row) { return verdict_of(row).targets; });
  list.add_attribute("verdict",
                     "The worst of what they say of it in their periods (table targets): missed, undecided, "
                     "at the target or met; empty of a single replication.",
                     [verdict_of](const Source& row) {
                       const auto& worst = verdict_of(row).worst;
                       return worst ? to_string(*worst) : std::string_view();
                     });
}

/// Which day of the run the row is about: source.day counts from 0.
template <class Source>
void add_day(ColumnList<Source>& list, const Run& run) {
  const auto number = [&run](const Source& row) { return run.start + static_cast<DayNumber>(row.day); };
  list.add(ColumnKind::identity, "day", "d", "Day of the run, counting from 1.",
           [](const Source& row) { return row.day + 1; });
  list.add_identity("date_solar_hijri", "Date, Solar Hijri, year-month-day.", [number](const Source& row) {
    return format_date(number(row), CalendarKind::solar_hijri);
  });
  list.add_identity("date_gregorian", "Date, Gregorian, year-month-day.", [number](const Source& row) {
    return format_date(number(row), CalendarKind::gregorian);
  });
  list.add_attribute("weekday", "Saturday to Friday.",
                     [number](const Source& row) { return weekday_name(weekday(number(row))); });
  list.add_attribute("warm_up", "1 on a warm-up day, which no other table counts but the visits; else 0.",
                     [&run](const Source& row) { return static_cast<int>(row.day) < run.warm_up_days; });
}

template <class Source>
void add_hour(ColumnList<Source>& list) {
  list.add(ColumnKind::identity, "hour", "h",
           "Hour of the day it begins at; 24 to 47: past midnight, when the day's work goes on; 48: all that "
           "is later.",
           [](const Source& row) { return row.hour; });
}

/// Visits and their queue at a station or several, of the tallies that `tallies(source)` points to. `usual`
/// as add_measures takes it.
template <class Source, class Usual, class Tallies>
void add_visits(ColumnList<Source>& list, const Usual& usual, Tallies tallies) {
  list.add_measures(visit_measures(), tallies, usual);
  list.add_measures(queue_measures(), tallies, usual);
}

/// The design effects of a row of stations: none where they never open. `usual(row)` and `tallies` as
/// add_measures takes them.
template <class Usual, class Tallies>
auto usual_where_open(Usual usual, Tallies tallies) {
  return [usual, tallies](const auto& row) -> const DesignEffects& {
    const auto* by_replication = tallies(row);
    return by_replication && never_open(*by_replication) ? no_effects() : usual(row);
  };
}

/// What can be said of stations.
template <class Source, class Usual, class Tallies>
void add_station(ColumnList<Source>& list, Usual usual, Tallies tallies) {
  const auto usual_of_row = usual_where_open(usual, tallies);
  add_visits(list, usual_of_row, tallies);
  list.add_measures(staff_measures(), tallies, usual_of_row);
  list.add_measures(percentile_measures(), tallies, usual_of_row);
}

}  // namespace pishkhan
