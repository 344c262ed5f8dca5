#include "tools/workbook/proof_book.hpp"

#include <cstddef>
#include <optional>

#include "sim/base/printable.hpp"
#include "sim/base/time.hpp"
#include "tools/page/table_view.hpp"
#include "tools/workbook/chart_sheet.hpp"
#include "tools/workbook/front_sheet.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

void write_front(Book& book, const ProofBook& content, const Texts& texts,
                 const std::vector<SheetTable>& tables, bool has_charts) {
  const page::ProofRecord& record = content.record;
  FrontSheet sheet(book, texts, content.name, record.title);
  sheet.write_verdict(content.verdict);
  sheet.write_heading(content.heading);
  sheet.write_line("book.scenario", printable(record.title));
  sheet.write_line("book.seed", std::to_string(record.seed));
  sheet.write_line("book.version", printable(record.version));
  sheet.write_line("book.evidence", texts.at("evidence." + std::string(to_string(record.evidence))));
  sheet.write_heading("book.reading");
  for (const char* key : content.reading) sheet.write_paragraph(texts.at(key));
  for (const char* key : {"words.interval", "book.columns", "book.empty", "book.left_out"})
    sheet.write_paragraph(texts.at(key));
  sheet.write_list(tables, has_charts);
  sheet.close();
}

/// The table of the charts, if there is more than one number of clerks.
std::optional<page::TableView> frontier_of(const ProofBook& content) {
  const auto table = page::find_table(content, content.frontier);
  return table && table->rows() > 1 ? table : std::nullopt;
}

void write_charts(Book& book, const ProofBook& content, const page::TableView& table, const Texts& texts) {
  ChartSheet sheet(book, texts);
  for (const auto& [quantity, unit] : content.quantities) {
    const bool is_share = unit == "percent", is_hours = unit == "h";
    const std::string title = texts.at("column." + quantity);
    ChartNumbers numbers;
    numbers.over = texts.at(content.over);
    ChartNumbers::Values values{title, {}, 0x2F6F9F, false};
    for (std::size_t row = 0; row < table.rows(); ++row) {
      numbers.numbers.push_back(table.number(row, "clerks").value_or(0));
      const auto value = table.number(row, quantity);
      values.cells.push_back(value ? std::optional(is_share || is_hours ? *value : *value / kSecondsPerMinute)
                                   : std::nullopt);
    }
    numbers.columns.push_back(std::move(values));
    ChartForm form;
    form.type = LXW_CHART_SCATTER_STRAIGHT;
    form.title = title;
    form.axis = title_with_unit(title, unit, texts);
    form.in_percent = is_share;
    sheet.add(numbers, form);
  }
  sheet.close();
}

}  // namespace

void write_proof_workbook(const std::filesystem::path& file, const ProofBook& content, Language language) {
  const Texts texts(language);
  const CellWords words(content.names, texts);
  std::vector<SheetTable> tables;
  for (const Table* table : content.tables)
    if (auto shown = make_sheet_table(*table, words, content.kept)) tables.push_back(std::move(*shown));
  Book book(file, language, content.record.title, 0);
  const auto frontier = frontier_of(content);
  write_front(book, content, texts, tables, frontier.has_value());
  if (frontier) write_charts(book, content, *frontier, texts);
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, {});
  book.close();
}

}  // namespace pishkhan::workbook
