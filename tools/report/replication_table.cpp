#include "tools/report/replication_table.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "tools/report/columns.hpp"

namespace pishkhan {
namespace {

/// Tables all of whose estimates are measures of tallies.
constexpr std::string_view kByReplication[] = {
    "offices",        "counters",       "services",          "agencies",
    "channels",       "classes",        "counties",          "hours",
    "office_hours",   "days",           "channel_periods",   "county_periods",
    "agency_periods", "office_periods", "county_week_hours", "office_week_hours",
    "county_travel",  "place_travel",   "service_travel",    "agency_systems",
    "links",          "stations",       "streams",           "station_periods"};

/// Without the bounds of intervals.
void remove_bounds(Table& table) {
  std::vector<Column>& columns = table.header.columns;
  for (std::size_t i = columns.size(); i-- > 0;) {
    if (!is_bound(columns[i].kind)) continue;
    columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(i));
    for (Row& row : table.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace

std::vector<std::string> find_names_by_replication(const Scenario& scenario) {
  std::vector<std::string> names;
  const std::vector<TrialResult> none;
  for (const Table& table : make_tables({scenario, none})) {
    if (std::find(std::begin(kByReplication), std::end(kByReplication), table.header.name) !=
        std::end(kByReplication))
      names.push_back(table.header.name);
  }
  return names;
}

Table make_replication_table(const Scenario& scenario, std::span<const TrialResult> trials, std::size_t first,
                             const std::string& name) {
  Table all;
  const Column number = plain_column(ColumnKind::identity, "replication", "", CellType::integer,
                                     "Replication, counting from 0.", TableForm::brief);
  const auto make = maker_of_table(scenario, name);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const std::vector<TrialResult> one{trials[i]};
    Results results{scenario, one};
    results.by_replication = true;
    Table table = make(results);
    remove_bounds(table);
    if (i == 0) {
      all.header = table.header;
      all.header.columns.insert(all.header.columns.begin(), number);
    }
    for (Row& row : table.rows) {
      row.insert(row.begin(), Cell(static_cast<std::int64_t>(first + i)));
      all.rows.push_back(std::move(row));
    }
  }
  return all;
}

}  // namespace pishkhan
