#include "sim/base/printable.hpp"
#include "tools/page/station_verdicts.hpp"
#include "tools/page/verdict.hpp"
#include "tools/texts/notices.hpp"
#include "tools/workbook/front_sheet.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

class FirstSheetWriter {
 public:
  FirstSheetWriter(Book& book, const page::PageSource& source, const Texts& texts)
      : source_(source), texts_(texts), sheet_(book, texts, "book.first", source.scenario.title) {}

  void run(const std::vector<SheetTable>& tables) {
    write_verdict();
    write_run();
    write_reading();
    sheet_.write_list(tables, has_charts(tables, texts_));
    sheet_.close();
  }

 private:
  void write_verdict() {
    const page::Verdict verdict = verdict_of(source_, page::read_verdicts(source_), texts_);
    sheet_.write_sentence(verdict.sentence);
    sheet_.write_figures(verdict.figures);
    sheet_.write_paragraph(verdict.cost);
    sheet_.write_paragraph(verdict.how_sure);
  }

  void write_run() {
    const Run& run = source_.scenario.run;
    sheet_.write_heading("book.run");
    if (run.length_s > 0) {
      sheet_.write_line("book.length",
                        texts_.fill("run.unbroken", {{"hours", sheet_.number(run.length_s / 3600)}}));
    } else if (page::has_dates(source_.scenario)) {
      sheet_.write_line("book.start", long_date(run.start, texts_));
      sheet_.write_date("book.start_gregorian", run.start);
    }
    if (run.length_s <= 0) sheet_.write_line("book.days", sheet_.number(run.days));
    if (run.warm_up_days > 0) sheet_.write_line("book.warm_up", sheet_.number(run.warm_up_days));
    sheet_.write_line("book.replications", sheet_.number(run.replications));
    sheet_.write_line("book.seed", std::to_string(run.seed));
    sheet_.write_line("book.visits", sheet_.number(static_cast<double>(source_.record.visits)));
    sheet_.write_line("book.version", printable(source_.record.version));
    const std::string evidence(to_string(source_.scenario.evidence));
    sheet_.write_line("book.evidence", texts_.at("evidence." + evidence));
    for (const Notice& notice : source_.record.notices)
      sheet_.write_line("book.notice", printable(notice_text(texts_, notice)));
  }

  void write_reading() {
    sheet_.write_heading("book.reading");
    for (const char* key : {"words.interval", "words.verdict", "words.evidence", "book.columns",
                            "book.colours", "book.empty", "book.left_out"})
      sheet_.write_paragraph(texts_.at(key));
    sheet_.write_paragraph(texts_.at("column.in_time") + texts_.at("list.colon") +
                           texts_.at("definition.in_time"));
  }

  const page::PageSource& source_;
  const Texts& texts_;
  FrontSheet sheet_;
};

}  // namespace

void write_first_sheet(Book& book, const page::PageSource& source, const Texts& texts,
                       const std::vector<SheetTable>& tables) {
  FirstSheetWriter(book, source, texts).run(tables);
}

}  // namespace pishkhan::workbook
