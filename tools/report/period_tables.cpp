#include "tools/report/period_tables.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "tools/report/shared_columns.hpp"

namespace pishkhan {
namespace {

/// The stations of a row, and a period.
struct PeriodRow {
  std::size_t group;
  const Period& period;
  const std::vector<StationTally>& tallies;
};
using AddGroup = std::function<void(ColumnList<PeriodRow>&)>;
using Groups = std::vector<std::vector<std::size_t>>;  ///< stations, by group

constexpr int kDaysOfShortestMonth = 29;

template <class T>
std::vector<Measure<T>> brief(std::span<const Measure<T>> measures) {
  std::vector<Measure<T>> chosen;
  for (const Measure<T>& measure : measures)
    if (measure.form == TableForm::brief) chosen.push_back(measure);
  return chosen;
}

void add_period(ColumnList<PeriodRow>& list) {
  list.add_identity("period", "month (Solar Hijri) or week (from Saturday).",
                    [](const PeriodRow& row) { return row.period.is_week ? "week" : "month"; });
  list.add_identity(
      "date_solar_hijri", "First counted day, Solar Hijri, year-month-day.",
      [](const PeriodRow& row) { return format_date(row.period.first, CalendarKind::solar_hijri); });
  list.add_identity(
      "date_gregorian", "First counted day, Gregorian, year-month-day.",
      [](const PeriodRow& row) { return format_date(row.period.first, CalendarKind::gregorian); });
  list.add(ColumnKind::attribute, "days", "d", "Counted days of the run in the period.",
           [](const PeriodRow& row) { return row.period.days; });
}

/// A table with rows of all groups of stations, months before weeks. `all`: all measures, not the brief ones.
Table make_table(const Results& results, std::string name, std::string description, const AddGroup& add_group,
                 const Groups& groups, bool all) {
  const std::vector<Period> periods = periods_of(results.scenario.run);
  const std::size_t cells = period_cells(results.scenario.run).size();
  std::vector<StationTally> tallies(results.trials.size());
  const auto tallies_of_row = [&](std::size_t row) -> const std::vector<StationTally>& {
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      tallies[i] =
          sum_of(results.trials[i], groups[row / periods.size()], cells, periods[row % periods.size()]);
    }
    return tallies;
  };
  const std::size_t rows = groups.size() * periods.size();
  ColumnList<PeriodRow> list;
  add_group(list);
  add_period(list);
  const auto tallies_of = [](const PeriodRow& row) { return &row.tallies; };
  const auto usual = [&](const PeriodRow& row) -> const DesignEffects& {
    return results.station_effects.of(groups[row.group]);
  };
  const auto add = [&](const auto& measures) {
    list.add_measures(std::span(measures), tallies_of, usual_where_open(usual, tallies_of));
  };
  if (all) {
    std::vector<Measure<VisitTally>> queue;
    for (const auto& measure : queue_measures()) {
      const std::string_view what = measure.name;
      if (what != "reworked_share" && what != "sojourn_s" && what != "handling_s" && what != "system_s")
        queue.push_back(measure);
    }
    std::vector<Measure<StationTally>> staff;
    for (const auto& measure : staff_measures()) {
      const std::string_view what = measure.name;
      if (what != "handling_share" && what != "waiting_share" && what != "queue_max")
        staff.push_back(measure);
    }
    add(std::span<const Measure<VisitTally>>(visit_measures()));
    add(std::span<const Measure<VisitTally>>(queue));
    add(std::span<const Measure<StationTally>>(staff));
  } else {
    const auto visits = brief(visit_measures()), queue = brief(queue_measures());
    const auto staff = brief(staff_measures());
    add(std::span<const Measure<VisitTally>>(visits));
    add(std::span<const Measure<VisitTally>>(queue));
    add(std::span<const Measure<StationTally>>(staff));
  }
  TableOf<PeriodRow> table(
      std::move(name),
      std::move(description) +
          " by Solar Hijri month and by week, over the counted days in it; the first and "
          "the last may be cut by the run.",
      std::move(list), results);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto& of_row = tallies_of_row(row);
    const bool any = std::any_of(of_row.begin(), of_row.end(), [](const StationTally& tally) {
      return tally.arrived > 0 || tally.open_s > 0;
    });
    if (any) table.add({row / periods.size(), periods[row % periods.size()], tallies});
  }
  return table.take();
}

/// Stations of each channel that has some.
Groups by_channel(const Province& province) {
  Groups groups(kStationChannels);
  for (std::size_t i = 0; i < province.offices.size() + province.counters.size(); ++i) {
    const Channel channel = i < province.offices.size() ? Channel::office : Channel::traditional;
    groups[static_cast<std::size_t>(channel)].push_back(i);
  }
  return groups;
}

/// [county * kStationChannels + channel].
Groups by_county(const Province& province) {
  Groups groups(province.counties.size() * kStationChannels);
  const auto add = [&](std::size_t station, CountyId county, Channel channel) {
    groups[county.index() * kStationChannels + static_cast<std::size_t>(channel)].push_back(station);
  };
  const std::size_t offices = province.offices.size();
  for (std::size_t i = 0; i < offices; ++i) add(i, province.offices[i].county, Channel::office);
  for (std::size_t i = 0; i < province.counters.size(); ++i)
    add(offices + i, province.counters[i].county, Channel::traditional);
  return groups;
}

template <class Row>
void add_county(ColumnList<Row>& list, const Province& province) {
  list.add_identity("county", "Id of the county.",
                    [&](const Row& row) { return province.counties[row.group / kStationChannels].id; });
  list.add_identity(
      "channel", "office: the county's offices; traditional: its counters.",
      [](const Row& row) { return to_string(static_cast<Channel>(row.group % kStationChannels)); });
}

/// Whether all its days are counted.
bool is_whole(const Period& period) {
  if (period.is_week) return period.days == static_cast<int>(kDaysPerWeek);
  const Date first = to_solar_hijri(period.first);
  return period.days == solar_month_days(first.year, first.month);
}

}  // namespace

std::vector<Period> periods_of(const Run& run) {
  const std::vector<PeriodCell> cells = period_cells(run);
  std::vector<Period> periods;
  for (const bool is_week : {false, true}) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool same =
          i > 0 && (is_week ? cells[i].week == cells[i - 1].week : cells[i].month == cells[i - 1].month);
      if (!same) periods.push_back({is_week, cells[i].first, 0, i, i});
      periods.back().days += cells[i].days;
      periods.back().end = i + 1;
    }
  }
  return periods;
}

Period end_period(const Run& run) {
  const int counted = run.days - run.warm_up_days;
  const bool weekly = counted < 3 * kDaysOfShortestMonth;
  Period last;
  if (counted < 14) return last;
  for (const Period& period : periods_of(run))
    if (period.is_week == weekly && is_whole(period)) last = period;
  return last;
}

StationTally sum_of(const TrialResult& trial, const std::vector<std::size_t>& stations, std::size_t cells,
                    const Period& period) {
  StationTally sum;
  for (const std::size_t station : stations) {
    if ((station + 1) * cells > trial.periods.size()) continue;
    for (std::size_t cell = period.begin; cell < period.end; ++cell)
      add_to(sum, trial.periods[station * cells + cell]);
  }
  return sum;
}

std::vector<StationTally> tallies_of_period(const Results& results, Channel channel, const Period& period) {
  const std::size_t cells = period_cells(results.scenario.run).size();
  const Groups groups = by_channel(*results.scenario.province);
  std::vector<StationTally> tallies;
  for (const TrialResult& trial : results.trials)
    tallies.push_back(sum_of(trial, groups[static_cast<std::size_t>(channel)], cells, period));
  return tallies;
}

Table make_channel_periods_table(const Results& results) {
  return make_table(
      results, "channel_periods", "The stations of each channel",
      [](ColumnList<PeriodRow>& list) {
        list.add_identity("channel", "office: all offices; traditional: all counters.",
                          [](const PeriodRow& row) { return to_string(static_cast<Channel>(row.group)); });
      },
      by_channel(*results.scenario.province), true);
}

Table make_county_periods_table(const Results& results) {
  const Province& province = *results.scenario.province;
  return make_table(
      results, "county_periods", "The stations of each county",
      [&](ColumnList<PeriodRow>& list) { add_county(list, province); }, by_county(province), true);
}

Table make_agency_periods_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Groups groups(province.agencies.size());
  for (std::size_t i = 0; i < province.counters.size(); ++i)
    groups[province.counters[i].agency.index()].push_back(province.offices.size() + i);
  return make_table(
      results, "agency_periods", "Each agency's own counters (offices serve all agencies)",
      [&](ColumnList<PeriodRow>& list) {
        list.add_identity("agency", "Id of the agency.",
                          [&](const PeriodRow& row) { return province.agencies[row.group].id; });
      },
      groups, true);
}

Table make_office_periods_table(const Results& results) {
  const Province& province = *results.scenario.province;
  Groups groups;
  for (std::size_t i = 0; i < province.offices.size(); ++i) groups.push_back({i});
  return make_table(
      results, "office_periods", "Each office",
      [&](ColumnList<PeriodRow>& list) {
        list.add_identity("office", "Id of the office.",
                          [&](const PeriodRow& row) { return province.offices[row.group].id; });
      },
      groups, false);
}

Table make_station_periods_table(const Results& results) {
  const std::vector<BareStation>& stations = results.scenario.stations;
  Groups groups;
  for (std::size_t i = 0; i < stations.size(); ++i) groups.push_back({i});
  return make_table(
      results, "station_periods", "Each station",
      [&](ColumnList<PeriodRow>& list) {
        list.add_identity("station", "Id of the station.",
                          [&](const PeriodRow& row) { return stations[row.group].id; });
      },
      groups, true);
}

namespace {

struct WeekHourRow {
  std::size_t group;
  std::size_t weekday, hour;
  const std::vector<HourTally>& tallies;
};

void add_weekday_and_hour(ColumnList<WeekHourRow>& list) {
  list.add_identity("weekday", "Saturday to Friday.",
                    [](const WeekHourRow& row) { return weekday_name(static_cast<int>(row.weekday)); });
  add_hour(list);
}

constexpr std::size_t kSlots = kDaysPerWeek * kHoursOfWork;

std::size_t slot_of(const WeekHour& hour) { return hour.weekday * std::size_t{kHoursOfWork} + hour.hour; }

WeekHourRow row_of(std::size_t key, const std::vector<HourTally>& tallies) {
  return {key / kSlots, key % kSlots / kHoursOfWork, key % kHoursOfWork, tallies};
}

}  // namespace

Table make_county_week_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const Groups groups = by_county(province);
  std::vector<std::size_t> group_of(province.offices.size() + province.counters.size());
  for (std::size_t group = 0; group < groups.size(); ++group)
    for (const std::size_t station : groups[group]) group_of[station] = group;
  const auto sums = collect<HourTally>(results, groups.size() * kSlots, [&](const auto& trial, auto at) {
    for (const WeekHour& hour : trial.week_hours)
      add_to(at(group_of[hour.station] * kSlots + slot_of(hour)), hour.tally);
  });
  ColumnList<WeekHourRow> list;
  add_county(list, province);
  add_weekday_and_hour(list);
  list.add_measures(
      hour_measures(), [](const WeekHourRow& row) { return &row.tallies; }, results.design_effects);
  TableOf<WeekHourRow> table("county_week_hours",
                             "Hours of each weekday by county and channel" + std::string(kHoursLeftOut),
                             std::move(list), results);
  for (std::size_t key = 0; key < sums.size(); ++key)
    if (has_content(sums[key])) table.add(row_of(key, sums[key]));
  return table.take();
}

Table make_office_week_hours_table(const Results& results) {
  const Province& province = *results.scenario.province;
  std::vector<Measure<HourTally>> measures;
  for (const auto& measure : hour_measures())
    if (measure.method != Method::proportion && measure.name != "joined") measures.push_back(measure);
  ColumnList<WeekHourRow> list;
  list.add_identity("office", "Id of the office.",
                    [&](const WeekHourRow& row) { return province.offices[row.group].id; });
  add_weekday_and_hour(list);
  list.add_measures(
      std::span<const Measure<HourTally>>(measures), [](const WeekHourRow& row) { return &row.tallies; },
      results.design_effects);
  TableOf<WeekHourRow> table("office_week_hours",
                             "Hours of each weekday of each office" + std::string(kHoursLeftOut),
                             std::move(list), results);
  // The replications are walked side by side, as all rows of all of them would take much memory.
  std::vector<std::size_t> next(results.trials.size(), 0);
  std::vector<HourTally> tallies(results.trials.size());
  const auto key_of = [&](std::size_t trial) {
    const auto& hours = results.trials[trial].week_hours;
    if (next[trial] >= hours.size()) return SIZE_MAX;
    return hours[next[trial]].station * kSlots + slot_of(hours[next[trial]]);
  };
  while (true) {
    std::size_t key = SIZE_MAX;
    for (std::size_t i = 0; i < next.size(); ++i) key = std::min(key, key_of(i));
    if (key >= province.offices.size() * kSlots) break;
    for (std::size_t i = 0; i < next.size(); ++i) {
      const bool here = key_of(i) == key;
      tallies[i] = here ? results.trials[i].week_hours[next[i]].tally : HourTally();
      next[i] += here ? 1 : 0;
    }
    if (has_content(tallies)) table.add(row_of(key, tallies));
  }
  return table.take();
}

}  // namespace pishkhan
