#include "tools/page/station_verdicts.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/contract.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/columns.hpp"

namespace pishkhan::page {
namespace {

Standing standing_named(const std::string& verdict) {
  if (verdict == "missed") return Standing::missed;
  if (verdict == "undecided") return Standing::undecided;
  if (verdict == "at the target") return Standing::at_target;
  return verdict == "met" ? Standing::met : Standing::none;
}

std::string stations_of(const std::string& channel) {
  if (channel == "office") return "offices";
  return channel == "traditional" ? "counters" : "stations";
}

TargetCount& count_of_row(std::vector<TargetCount>& counts, const TableView& table, std::size_t row,
                          const Scenario& scenario) {
  const std::string target = table.text(row, "target"), stations = stations_of(table.text(row, "channel"));
  const auto found = std::find_if(counts.begin(), counts.end(), [&](const TargetCount& one) {
    return one.target == target && one.stations == stations;
  });
  if (found != counts.end()) return *found;
  TargetCount added;
  added.target = target;
  added.stations = stations;
  added.period = table.text(row, "period_kind");
  added.goal = table.number(row, "goal").value_or(0);
  added.within_s = table.number(row, "within_s").value_or(0);
  for (const Target& of : scenario.targets) {
    if (of.id != target) continue;
    added.kind = of.kind;
    added.of_visits = of.of;
    added.left_is_late = of.left_is_late;
  }
  return counts.emplace_back(std::move(added));
}

/// Where a table has the columns of an estimate: from its value to its last bound.
std::pair<std::size_t, std::size_t> columns_of(const TableHeader& header, std::string_view quantity) {
  const std::string key = "column." + std::string(quantity);
  const auto is_of = [&](const Column& column) { return column.title_key == key; };
  const auto first = std::find_if(header.columns.begin(), header.columns.end(), is_of);
  const auto last = std::find_if_not(first, header.columns.end(), is_of);
  return {static_cast<std::size_t>(first - header.columns.begin()),
          static_cast<std::size_t>(last - header.columns.begin())};
}

template <typename Items>
void replace_range(Items& items, std::size_t from, std::size_t until, const Items& by) {
  const auto at = items.erase(items.begin() + static_cast<std::ptrdiff_t>(from),
                              items.begin() + static_cast<std::ptrdiff_t>(until));
  items.insert(at, by.begin(), by.end());
}

/// Puts the share that is judged in the place of the service level, or before it.
Table with_judged_share(const Table& stations, const Table& targets, const StationVerdicts& verdicts,
                        bool replaces_level) {
  Table table = stations;
  const auto [from, until] = columns_of(targets.header, "value");
  const auto [at, end] = columns_of(table.header, "service_level");
  const std::size_t kept_from = replaces_level ? end : at;
  const std::vector<Column> added =
      estimate_columns({"in_time", "share", ColumnKind::share, targets.header.columns[from].description,
                        TableForm::brief, Bounds::low_and_high});
  PISHKHAN_EXPECT(added.size() == until - from);
  replace_range(table.header.columns, at, kept_from, added);
  for (Row& row : table.rows) {
    Row cells(added.size());
    const auto judged = verdicts.row_of_station.find(std::get<std::string>(row.front()));
    if (judged != verdicts.row_of_station.end()) {
      const Row& of = targets.rows[judged->second];
      std::copy(of.begin() + static_cast<std::ptrdiff_t>(from),
                of.begin() + static_cast<std::ptrdiff_t>(until), cells.begin());
    }
    replace_range(row, at, kept_from, cells);
  }
  return table;
}

}  // namespace

std::string_view to_string(Standing standing) {
  constexpr std::string_view names[] = {"missed", "undecided", "at_target", "met", "none"};
  return names[static_cast<std::size_t>(standing)];
}

std::size_t TargetCount::judged() const {
  const TargetCount& count = *this;
  return count[Standing::missed] + count[Standing::undecided] + count[Standing::at_target] +
         count[Standing::met];
}

const TargetCount* StationVerdicts::main_target(std::string_view stations) const {
  const TargetCount* first = nullptr;
  for (const TargetCount& count : counts) {
    if (count.stations != stations || count.judged() == 0) continue;
    if (count.is_of_whole()) return &count;
    if (!first) first = &count;
  }
  return first;
}

StationVerdicts read_verdicts(const PageSource& source) {
  StationVerdicts verdicts;
  const auto table = find_table(source, "targets");
  if (!table) return verdicts;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const Standing standing = standing_named(table->text(row, "verdict"));
    ++count_of_row(verdicts.counts, *table, row, source.scenario).of[static_cast<std::size_t>(standing)];
  }
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const TargetCount* main = verdicts.main_target(stations_of(table->text(row, "channel")));
    if (!main || main->target != table->text(row, "target")) continue;
    const std::string station = table->text(row, "station");
    const Standing standing = standing_named(table->text(row, "verdict"));
    const auto [worst, is_new] = verdicts.of_station.emplace(station, standing);
    if (!is_new) worst->second = std::min(worst->second, standing);
    if (main->is_of_whole()) verdicts.row_of_station.emplace(station, row);
  }
  return verdicts;
}

std::string_view visits_asked(const TargetCount& target) {
  if (target.of_visits == TargetOf::served) return "served";
  return target.left_is_late ? "joined" : "left_in_time";
}

bool asks_for_share(const TargetCount& target) {
  return target.kind == TargetKind::share || target.kind == TargetKind::percentile;
}

bool asks_for_service_level(const TargetCount& target, const Scenario& scenario) {
  return asks_for_share(target) && target.of_visits == TargetOf::joined && target.left_is_late &&
         target.within_s == scenario.service_level_s;
}

JudgedSource::JudgedSource(const PageSource& source, const StationVerdicts& verdicts) : source_(source) {
  const auto targets = std::find_if(source.tables.begin(), source.tables.end(),
                                    [](const Table* table) { return table->header.name == "targets"; });
  for (const Table*& table : source_.tables) {
    const TargetCount* main = verdicts.main_target(table->header.name);
    if (!main || !main->is_of_whole() || !asks_for_share(*main) ||
        !TableView(*table).has_estimate("service_level"))
      continue;
    PISHKHAN_EXPECT(targets != source.tables.end());
    table = &changed_.emplace_back(
        with_judged_share(*table, **targets, verdicts, asks_for_service_level(*main, source.scenario)));
  }
}

}  // namespace pishkhan::page
