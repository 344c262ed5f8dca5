#include "tools/workbook/workbook.hpp"

#include <algorithm>

#include "tools/page/station_verdicts.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

/// Rows of the table `targets` have goals of their own, and one ramp of colours fits them if they agree.
LevelGoals goals_of(const SheetTable& table, const Scenario& scenario,
                    const page::StationVerdicts& verdicts) {
  LevelGoals goals{kServiceLevelGoal, std::nullopt};
  if (const page::TargetCount* main = verdicts.main_target(table.name)) {
    goals.in_time = main->goal;
    if (asks_for_service_level(*main, scenario)) goals.service_level = main->goal;
  }
  const auto& targets = scenario.targets;
  const bool agree = !targets.empty() && std::all_of(targets.begin(), targets.end(), [&](const Target& one) {
    return one.goal == targets.front().goal;
  });
  if (table.name == "targets" && agree) goals.in_time = targets.front().goal;
  return goals;
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
  for (const Table* table : judged.get().tables)
    if (auto shown = make_sheet_table(*table, words)) tables.push_back(std::move(*shown));
  Book book(file, language, scenario.title, scenario.run.start);
  write_first_sheet(book, source, texts, tables);
  write_charts(book, tables, texts);
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, goals_of(table, scenario, verdicts));
  book.close();
}

}  // namespace pishkhan::workbook
