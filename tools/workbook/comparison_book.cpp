#include "tools/workbook/comparison_book.hpp"

#include <utility>

#include "sim/base/printable.hpp"
#include "tools/page/comparison_parts.hpp"
#include "tools/workbook/comparison_sheets.hpp"
#include "tools/workbook/front_sheet.hpp"
#include "tools/workbook/sheets.hpp"
#include "tools/workbook/waterfall_charts.hpp"

namespace pishkhan::workbook {
namespace {

void write_front(Book& book, const page::ComparisonSource& source, const Texts& texts,
                 const std::vector<SheetTable>& tables) {
  const page::ComparisonRecord& record = source.record;
  const page::ComparisonVerdict verdict = comparison_verdict_of(source, texts, false);
  FrontSheet sheet(book, texts, "book.first_of_comparison", title_of(record));
  sheet.write_paragraph(verdict.facts);
  for (const page::ComparisonVerdict::OfRun& run : verdict.runs) {
    sheet.write_sentence(run.sentence);
    sheet.write_figures(run.figures);
  }
  sheet.write_paragraph(verdict.how_sure);
  sheet.write_heading("book.compared");
  for (const auto& [name, title] : record.runs) sheet.write_line(printable(name), printable(title));
  sheet.write_line("book.replications", sheet.number(static_cast<double>(record.replications)));
  sheet.write_line("book.seed", std::to_string(record.seed));
  sheet.write_line("book.version", printable(record.version));
  sheet.write_heading("book.reading");
  for (const char* key :
       {"words.paired", "words.interval", "words.discovery", "words.points", "waterfall.note", "book.columns",
        "book.empty", "book.left_out", "book.differences"})
    sheet.write_paragraph(texts.at(key));
  sheet.write_list(tables, has_waterfall_charts(source));
  sheet.close();
}

}  // namespace

void write_comparison_workbook(const std::filesystem::path& file, const page::ComparisonSource& source,
                               Language language) {
  const Texts texts(language);
  const CellWords words(
      names_of({{"county", &source.record.counties}, {"agency", &source.record.agencies}}, language), texts);
  const std::vector<SheetTable> tables = make_comparison_sheets(source, words);
  Book book(file, language, title_of(source.record), 0);
  write_front(book, source, texts, tables);
  write_waterfall_charts(book, source, texts);
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, {});
  book.close();
}

}  // namespace pishkhan::workbook
