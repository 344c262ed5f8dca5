#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "tools/report/measures.hpp"
#include "tools/report/tables.hpp"

// What the table builders share.
namespace pishkhan {

/// Sums of tallies: [key][replication].
template <class Tally>
using Sums = std::vector<std::vector<Tally>>;

/// For each replication calls fill(trial, at), where at(key) is the replication's tally of that key.
template <class Tally, class Fill>
Sums<Tally> collect(const Results& results, std::size_t keys, Fill fill) {
  Sums<Tally> sums(keys, std::vector<Tally>(results.trials.size()));
  for (std::size_t replication = 0; replication < results.trials.size(); ++replication) {
    fill(results.trials[replication], [&](std::size_t key) -> Tally& { return sums[key][replication]; });
  }
  return sums;
}

inline void add_text_column(TableHeader& header, std::string name, std::string description) {
  header.columns.push_back({std::move(name), "", CellType::text, std::move(description)});
}

inline void add_integer_column(TableHeader& header, std::string name, std::string unit,
                               std::string description) {
  header.columns.push_back({std::move(name), std::move(unit), CellType::integer, std::move(description)});
}

inline Cell integer_cell(std::size_t value) { return static_cast<std::int64_t>(value); }

/// The column every table ends with, and its cell in every row.
void add_evidence(Table& table, Evidence evidence);

/// Clerks of the groups that work on the first counted day, absence apart.
int clerks_of(const StationRules& rules, const Run& run);
inline constexpr std::string_view kClerksDescription =
    "Clerks of the groups that work on the first counted day, the absent included.";

/// Columns name_en and name_fa of an office, a county ...
void add_name_columns(TableHeader& header, const std::string& thing);

/// A province's visits, citizens and stations by channel, index as Channel; online has no station.
Sums<VisitTally> visits_by_channel(const Results& results);
Sums<CitizenTally> citizens_by_channel(const Results& results);
Sums<StationTally> stations_by_channel(const Results& results);

/// Whether anything can be said of the hour in any replication.
bool has_content(const std::vector<HourTally>& hour);

/// Columns and cells that say which day a row is about.
void add_day_columns(TableHeader& header);
void add_day_cells(Row& row, const Run& run, std::size_t day);

/// One measure per row, for the summary: group, quantity, unit, mean, half_width, replications, note.
Table make_summary_table(std::string description);

/// Why there is no number; empty when there is one.
std::string_view note_on(const Estimate& estimate, std::size_t replications);

void add_summary_row(Table& summary, std::string_view group, std::string_view quantity, std::string_view unit,
                     const Estimate& estimate, std::size_t replications);

template <class T, class Tally>
void add_summary_rows(Table& summary, std::string_view group, std::span<const Measure<T>> measures,
                      const std::vector<Tally>& tallies) {
  for (const auto& measure : measures) {
    add_summary_row(summary, group, measure.name, measure.unit, estimate(measure, tallies), tallies.size());
  }
}

}  // namespace pishkhan
