#include "tools/workbook/plan_book.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/printable.hpp"
#include "tools/page/table_view.hpp"
#include "tools/workbook/chart_sheet.hpp"
#include "tools/workbook/front_sheet.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

CellWords::Names names_of(const page::PlanRecord& record, Language language) {
  CellWords::Names names;
  const auto add = [&](const char* column, const page::NamesAndPlaces::Names& all) {
    for (const auto& [id, both] : all) {
      const std::string& name = language == Language::persian ? both.first : both.second;
      names[column].emplace(id, name.empty() ? id : name);
    }
  };
  add("agency", record.agencies);
  add("service", record.services);
  add("station", record.stations);
  return names;
}

void write_front(Book& book, const page::PlanSource& source, const Texts& texts,
                 const std::vector<SheetTable>& tables, bool has_charts) {
  const page::PlanRecord& record = source.record;
  const page::PlanVerdict verdict = plan_verdict_of(source, texts);
  FrontSheet sheet(book, texts, "book.first_of_plan", record.title);
  sheet.write_paragraph(verdict.facts);
  for (std::size_t i = 0; i < verdict.sentences.size(); ++i)
    i == 0 ? sheet.write_sentence(verdict.sentences[i]) : sheet.write_paragraph(verdict.sentences[i]);
  sheet.write_paragraph(verdict.how_sure);
  sheet.write_heading("book.planned");
  sheet.write_line("book.scenario", printable(record.title));
  sheet.write_line("book.seed", std::to_string(record.seed));
  sheet.write_line("book.version", printable(record.version));
  sheet.write_line("book.evidence", texts.at("evidence." + std::string(to_string(record.evidence))));
  sheet.write_heading("book.reading");
  for (const char* key : {"planservices.note", "planoffices.note", "planfrontier.note", "words.interval",
                          "book.columns", "book.empty", "book.left_out"})
    sheet.write_paragraph(texts.at(key));
  sheet.write_list(tables, has_charts);
  sheet.close();
}

/// The frontier, if there is more than one number of clerks.
std::optional<page::TableView> frontier_of(const page::PlanSource& source) {
  const auto table = find_table(source, "plan_frontier");
  return table && table->rows() > 1 ? table : std::nullopt;
}

void write_frontier_chart(Book& book, const page::PlanSource& source, const Texts& texts) {
  const auto table = frontier_of(source);
  if (!table) return;
  ChartSheet sheet(book, texts);
  const std::string title = texts.at("column.moved_share");
  ChartNumbers numbers;
  numbers.over = texts.at("column.clerks_added");
  ChartNumbers::Values values{title, {}, 0x2F6F9F, false};
  for (std::size_t row = 0; row < table->rows(); ++row) {
    numbers.numbers.push_back(table->number(row, "clerks").value_or(0));
    values.cells.push_back(table->number(row, "moved_share"));
  }
  numbers.columns.push_back(std::move(values));
  ChartForm form;
  form.type = LXW_CHART_SCATTER_STRAIGHT;
  form.title = title;
  form.axis = title;
  form.in_percent = true;
  sheet.add(numbers, form);
  sheet.close();
}

}  // namespace

void write_plan_workbook(const std::filesystem::path& file, const page::PlanSource& source,
                         Language language) {
  const Texts texts(language);
  const CellWords words(names_of(source.record, language), texts);
  std::vector<SheetTable> tables;
  for (const Table* table : source.tables)
    if (auto shown = make_sheet_table(*table, words)) tables.push_back(std::move(*shown));
  Book book(file, language, source.record.title, 0);
  write_front(book, source, texts, tables, frontier_of(source).has_value());
  write_frontier_chart(book, source, texts);
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, {});
  book.close();
}

}  // namespace pishkhan::workbook
