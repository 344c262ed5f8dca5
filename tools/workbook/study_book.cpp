#include "tools/workbook/study_book.hpp"

#include <string>
#include <vector>

#include "sim/base/printable.hpp"
#include "tools/page/study_words.hpp"
#include "tools/workbook/front_sheet.hpp"
#include "tools/workbook/sheets.hpp"
#include "tools/workbook/study_charts.hpp"
#include "tools/workbook/study_sheets.hpp"

namespace pishkhan::workbook {
namespace {

void write_front(Book& book, const page::StudySource& source, const Texts& texts,
                 const std::vector<SheetTable>& tables) {
  const page::StudyRecord& record = source.record;
  const page::StudyFindings& findings = source.findings;
  FrontSheet sheet(book, texts, "book.first_of_study", source.study.title);
  sheet.write_verdict(page::study_verdict_of(source, texts));
  sheet.write_heading("book.studied");
  sheet.write_line("book.scenario", printable(record.scenario));
  sheet.write_line("book.design", texts.at("design." + std::string(page::name_of(source.study.design))));
  sheet.write_line("book.points", sheet.number(static_cast<double>(findings.points)));
  if (findings.failed > 0)
    sheet.write_line("book.failed", sheet.number(static_cast<double>(findings.failed)));
  if (record.precision.empty())
    sheet.write_line("book.replications", sheet.number(record.replications));
  else
    sheet.write_line("book.precision", record.precision);
  sheet.write_line("book.seed", std::to_string(record.seed));
  sheet.write_line("book.version", printable(record.version));
  sheet.write_line("book.evidence", texts.at("evidence." + std::string(to_string(record.evidence))));
  for (const std::string& set : source.study.sets) sheet.write_line("book.set", printable(set));
  sheet.write_heading("book.reading");
  sheet.write_paragraph(texts.at("words.points_of_study"));
  sheet.write_paragraph(texts.at("words.interval"));
  if (!findings.best.empty()) sheet.write_paragraph(texts.at("words.best"));
  if (source.study.design == DesignKind::sobol_indices) sheet.write_paragraph(texts.at("words.sobol"));
  if (source.study.design == DesignKind::morris) sheet.write_paragraph(texts.at("words.morris"));
  for (const char* key : {"book.columns", "book.empty", "book.left_out"})
    sheet.write_paragraph(texts.at(key));
  if (findings.shown.size() < findings.points) {
    sheet.write_paragraph(
        texts.fill("points.first", {{"n", sheet.number(static_cast<double>(findings.shown.size()))},
                                    {"all", sheet.number(static_cast<double>(findings.points))}}));
  }
  sheet.write_list(tables, has_study_charts(source));
  sheet.close();
}

}  // namespace

void write_study_workbook(const std::filesystem::path& file, const page::StudySource& source,
                          Language language) {
  const Texts texts(language);
  const std::vector<SheetTable> tables = make_study_sheets(source, texts);
  Book book(file, language, source.study.title, 0);
  write_front(book, source, texts, tables);
  write_study_charts(book, source, texts);
  for (const SheetTable& table : tables)
    if (table.rows <= kMostRows) write_table(book, table, texts, {});
  book.close();
}

}  // namespace pishkhan::workbook
