#include "tools/workbook/workbook.hpp"

#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {

std::string file_name(Language language) {
  return language == Language::persian ? "workbook_fa.xlsx" : "workbook_en.xlsx";
}

void write_workbook(const std::filesystem::path& file, const page::PageSource& source, Language language) {
  const Texts texts(language);
  const Scenario& scenario = source.scenario;
  const CellWords words(scenario, texts);
  std::vector<SheetTable> tables;
  for (const Table* table : source.tables)
    if (auto shown = make_sheet_table(*table, words)) tables.push_back(std::move(*shown));
  Book book(file, language, scenario.title, scenario.run.start);
  write_first_sheet(book, source, texts, tables);
  write_charts(book, tables, texts);
  const double goal = scenario.targets.empty() ? kServiceLevelGoal : scenario.targets.front().goal;
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, goal);
  book.close();
}

}  // namespace pishkhan::workbook
