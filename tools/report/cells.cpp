#include "tools/report/cells.hpp"

#include <algorithm>
#include <cmath>

#include "models/province/calendar.hpp"

namespace pishkhan {

void add_evidence(Table& table, Evidence evidence) {
  add_text_column(table.header, "evidence",
                  "Weakest grade of the numbers the row rests on: measured, stated or assumed.");
  for (Row& row : table.rows) row.emplace_back(std::string(to_string(evidence)));
}

void add_name_columns(TableHeader& header, const std::string& thing) {
  add_text_column(header, "name_en", "Name of the " + thing + " in English.");
  add_text_column(header, "name_fa", "Name of the " + thing + " in Persian.");
}

int clerks_of(const StationRules& rules, const Run& run) {
  const DayNumber day = run.start + run.warm_up_days;
  int clerks = 0;
  for (const ClerkGroup& group : rules.groups) {
    if (group.from_day <= day && day < group.until_day) clerks += group.clerks;
  }
  return clerks;
}

bool has_content(const std::vector<HourTally>& hour) {
  return std::any_of(hour.begin(), hour.end(), [](const HourTally& tally) {
    return tally.arrived > 0 || tally.staffed_s > 0 || tally.open_s > 0 || tally.queue_area_s > 0;
  });
}

void add_day_columns(TableHeader& header) {
  add_integer_column(header, "day", "d", "Day of the run, counting from 1.");
  add_text_column(header, "date_solar_hijri", "Date, Solar Hijri, year-month-day.");
  add_text_column(header, "date_gregorian", "Date, Gregorian, year-month-day.");
  add_text_column(header, "weekday", "Saturday to Friday.");
  add_integer_column(header, "warm_up", "", "1 on a warm-up day, which no other table counts; else 0.");
}

void add_day_cells(Row& row, const Run& run, std::size_t day) {
  const DayNumber number = run.start + static_cast<DayNumber>(day);
  row.push_back(integer_cell(day + 1));
  row.emplace_back(format_date(number, CalendarKind::solar_hijri));
  row.emplace_back(format_date(number, CalendarKind::gregorian));
  row.emplace_back(std::string(weekday_name(weekday(number))));
  row.push_back(integer_cell(static_cast<int>(day) < run.warm_up_days ? 1 : 0));
}

Table make_summary_table(std::string description) {
  Table table;
  table.header = {"summary", std::move(description), {}};
  add_text_column(table.header, "group", "What the row is about.");
  add_text_column(table.header, "quantity",
                  "Quantity, defined as the columns of the same name in the other tables.");
  add_text_column(table.header, "unit", "Unit of mean and half_width.");
  table.header.columns.push_back(
      {"mean", "see unit", CellType::real, "Mean over replications, or ratio of sums over them."});
  table.header.columns.push_back(
      {"half_width", "see unit", CellType::real, "95% half-width of mean over replications."});
  add_integer_column(table.header, "replications", "replications",
                     "Replications that observed the quantity.");
  add_text_column(table.header, "note", "Why there is no number, where there is none.");
  return table;
}

std::string_view note_on(const Estimate& estimate, std::size_t replications) {
  if (std::isfinite(estimate.mean) && std::isfinite(estimate.half_width)) return "";
  if (replications == 1) return "one replication: no interval, so no number";
  return "too few replications observed it";
}

void add_summary_row(Table& summary, std::string_view group, std::string_view quantity, std::string_view unit,
                     const Estimate& estimate, std::size_t replications) {
  Row row;
  row.emplace_back(std::string(group));
  row.emplace_back(std::string(quantity));
  row.emplace_back(std::string(unit));
  add_estimate_cells(row, estimate);
  row.push_back(integer_cell(estimate.replications));
  row.emplace_back(std::string(note_on(estimate, replications)));
  summary.rows.push_back(std::move(row));
}

}  // namespace pishkhan
