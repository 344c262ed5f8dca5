#include "tools/workbook/workbook.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/page/station_verdicts.hpp"
#include "tools/page/table_view.hpp"
#include "tools/texts/name_order.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

/// Rows of the table `targets` have goals of their own, and one ramp of colours fits them if they agree.
LevelGoals goals_of(const SheetTable& table, const Scenario& scenario,
                    const page::StationVerdicts& verdicts) {
  LevelGoals goals{kServiceLevelGoal, std::nullopt};
  if (const page::TargetCount* main = verdicts.main_target(table.name)) {
    if (asks_for_share(*main)) goals.in_time = main->goal;
    if (asks_for_service_level(*main, scenario)) goals.service_level = main->goal;
  }
  const auto& targets = scenario.targets;
  const bool agree = !targets.empty() && std::all_of(targets.begin(), targets.end(), [&](const Target& one) {
    return one.is_in_time() && one.goal == targets.front().goal;
  });
  if (table.name == "targets" && agree) goals.in_time = targets.front().goal;
  return goals;
}

/// Lists of what has names are in the order of the names: that of ids is another.
std::optional<Table> sorted_by_name(const Table& table, Language language) {
  const page::TableView view(table);
  const char* const name = language == Language::persian ? "name_fa" : "name_en";
  const auto& columns = table.header.columns;
  const auto identities = std::count_if(columns.begin(), columns.end(), [](const Column& column) {
    return column.kind == ColumnKind::identity;
  });
  if (identities != 1 || !view.find(name)) return std::nullopt;
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t row = 0; row < view.rows(); ++row) order.emplace_back(view.text(row, name), row);
  const NameOrder comes_before(language);
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto& a, const auto& b) { return comes_before(a.first, b.first); });
  Table sorted{table.header, {}};
  for (const auto& [text, row] : order) sorted.rows.push_back(table.rows[row]);
  return sorted;
}

}  // namespace

std::string file_name(Language language) {
  return language == Language::persian ? "workbook_fa.xlsx" : "workbook_en.xlsx";
}

void write_workbook(const std::filesystem::path& file, const page::PageSource& source, Language language) {
  const Texts texts(language);
  const Scenario& scenario = source.scenario;
  const CellWords words(scenario, texts);
  const page::StationVerdicts verdicts = read_verdicts(source);
  const page::JudgedSource judged(source, verdicts);
  std::vector<SheetTable> tables;
  for (const Table* table : judged.get().tables) {
    const std::optional<Table> sorted = sorted_by_name(*table, language);
    if (auto shown = make_sheet_table(sorted ? *sorted : *table, words)) tables.push_back(std::move(*shown));
  }
  Book book(file, language, scenario.title, scenario.run.start);
  write_first_sheet(book, source, texts, tables);
  write_charts(book, tables, texts);
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, goals_of(table, scenario, verdicts));
  book.close();
}

}  // namespace pishkhan::workbook
