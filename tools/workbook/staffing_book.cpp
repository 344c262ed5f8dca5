#include "tools/workbook/staffing_book.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/printable.hpp"
#include "sim/base/time.hpp"
#include "tools/page/table_view.hpp"
#include "tools/workbook/chart_sheet.hpp"
#include "tools/workbook/front_sheet.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

CellWords::Names names_of(const page::StaffingRecord& record, Language language) {
  CellWords::Names names;
  for (const auto& [id, both] : record.counties) {
    const std::string& name = language == Language::persian ? both.first : both.second;
    names["county"].emplace(id, name.empty() ? id : name);
  }
  return names;
}

void write_front(Book& book, const page::StaffingSource& source, const Texts& texts,
                 const std::vector<SheetTable>& tables, bool has_charts) {
  const page::StaffingRecord& record = source.record;
  const page::StaffingVerdict verdict = staffing_verdict_of(source, texts);
  FrontSheet sheet(book, texts, "book.first_of_staffing", record.title);
  sheet.write_paragraph(verdict.facts);
  for (std::size_t i = 0; i < verdict.sentences.size(); ++i)
    i == 0 ? sheet.write_sentence(verdict.sentences[i]) : sheet.write_paragraph(verdict.sentences[i]);
  sheet.write_paragraph(verdict.how_sure);
  sheet.write_heading("book.staffed");
  sheet.write_line("book.scenario", printable(record.title));
  sheet.write_line("book.seed", std::to_string(record.seed));
  sheet.write_line("book.version", printable(record.version));
  sheet.write_line("book.evidence", texts.at("evidence." + std::string(to_string(record.evidence))));
  sheet.write_heading("book.reading");
  for (const char* key : {"staffing.note", "staffcurve.note_of_book", "frontier.note", "words.interval",
                          "book.columns", "book.empty", "book.left_out"})
    sheet.write_paragraph(texts.at(key));
  sheet.write_list(tables, has_charts);
  sheet.close();
}

/// The frontier, if there is more than one number of clerks.
std::optional<page::TableView> frontier_of(const page::StaffingSource& source) {
  const auto table = find_table(source, "staffing_frontier");
  return table && table->rows() > 1 ? table : std::nullopt;
}

/// Shares in time and waits over the clerks of all stations.
void write_frontier_charts(Book& book, const page::StaffingSource& source, const Texts& texts) {
  const auto table = frontier_of(source);
  if (!table) return;
  ChartSheet sheet(book, texts);
  for (const auto& [quantity, unit] :
       {std::pair("service_level", "percent"), std::pair("wait_joined_s", "min")}) {
    const bool is_share = std::string_view(unit) == "percent";
    const std::string title = texts.at(std::string("column.") + quantity);
    ChartNumbers numbers;
    numbers.over = texts.at("column.clerks");
    ChartNumbers::Values values{title, {}, 0x2F6F9F, false};
    for (std::size_t row = 0; row < table->rows(); ++row) {
      numbers.numbers.push_back(table->number(row, "clerks").value_or(0));
      const auto value = table->number(row, quantity);
      values.cells.push_back(value ? std::optional(is_share ? *value : *value / kSecondsPerMinute)
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

void write_staffing_workbook(const std::filesystem::path& file, const page::StaffingSource& source,
                             Language language) {
  const Texts texts(language);
  const CellWords words(names_of(source.record, language), texts);
  std::vector<SheetTable> tables;
  for (const Table* table : source.tables)
    if (auto shown = make_sheet_table(*table, words)) tables.push_back(std::move(*shown));
  Book book(file, language, source.record.title, 0);
  write_front(book, source, texts, tables, frontier_of(source).has_value());
  write_frontier_charts(book, source, texts);
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, {});
  book.close();
}

}  // namespace pishkhan::workbook
