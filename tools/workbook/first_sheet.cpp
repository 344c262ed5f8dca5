#include "sim/base/printable.hpp"
#include "tools/page/station_verdicts.hpp"
#include "tools/page/verdict.hpp"
#include "tools/texts/notices.hpp"
#include "tools/workbook/sheets.hpp"

namespace pishkhan::workbook {
namespace {

/// Heights of rows, in points: some programs do not fit them to large letters.
constexpr double kLineOfTitle = 30, kLineOfHeading = 21, kLine = 15;

class FirstSheetWriter {
 public:
  FirstSheetWriter(Book& book, const page::PageSource& source, const Texts& texts)
      : book_(book), source_(source), texts_(texts), sheet_(book.add_sheet(texts.at("book.first"))) {}

  void run(const std::vector<SheetTable>& tables) {
    constexpr double kWidths[] = {30, 70, 44};
    for (std::uint16_t column = 0; column < 3; ++column)
      expect_done(worksheet_set_column(sheet_, column, column, kWidths[column], nullptr));
    worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
    Style title;
    title.size = 18;
    title.bold = true;
    expect_done(worksheet_set_row(sheet_, row_, kLineOfTitle, nullptr));
    book_.write(sheet_, row_++, 0, printable(source_.scenario.title), title);
    write_verdict();
    write_run();
    write_reading();
    write_list(tables);
    expect_done(worksheet_print_area(sheet_, 0, 0, row_, 2));
  }

 private:
  [[nodiscard]] std::string number(double value) const {
    return set_number(rounded(value), texts_.language());
  }

  void write_heading(const char* key) {
    Style style;
    style.bold = style.border = true;
    style.size = 13;
    ++row_;
    expect_done(worksheet_set_row(sheet_, row_, kLineOfHeading, nullptr));
    for (std::uint16_t column = 0; column < 3; ++column)
      book_.write(sheet_, row_, column, column == 0 ? texts_.at(key) : "", style);
    ++row_;
  }

  void write_line(const std::string& label, const std::string& value, const std::string& more = "") {
    Style style;
    style.wrap = true;
    book_.write(sheet_, row_, 0, label, style);
    book_.write(sheet_, row_, 1, value, style);
    book_.write(sheet_, row_, 2, more, style);
    constexpr std::size_t kBytesOfLine = 75;  // in the third column, of Persian letters
    if (more.size() > kBytesOfLine) {
      const double lines = 1 + static_cast<double>(more.size() / kBytesOfLine);
      expect_done(worksheet_set_row(sheet_, row_, lines * kLine, nullptr));
    }
    ++row_;
  }
  void write_line(const char* key, const std::string& value) { write_line(texts_.at(key), value); }

  /// A text over the three columns. Rows of joined cells do not grow by themselves.
  void write_paragraph(const std::string& text, double size = 0) {
    if (text.empty()) return;
    constexpr std::size_t kBytesOfLine = 190;
    Style style;
    style.wrap = true;
    style.size = size;
    const double lines = 1 + static_cast<double>(text.size() * (size > 0 ? 3 : 2) / 2 / kBytesOfLine);
    expect_done(worksheet_set_row(sheet_, row_, lines * (size > 0 ? 1.7 * size : kLine), nullptr));
    expect_done(worksheet_merge_range(sheet_, row_, 0, row_, 2, "", book_.format(style)));
    book_.write(sheet_, row_, 0, text, style);
    ++row_;
  }

  void write_verdict() {
    const page::Verdict verdict = verdict_of(source_, page::read_verdicts(source_), texts_);
    constexpr double kSize = 14;
    write_paragraph(verdict.sentence, kSize);
    for (const page::Figure& figure : verdict.figures) {
      Style style, label;
      style.bold = true;
      label.wrap = true;
      book_.write(sheet_, row_, 0, figure.label, label);
      book_.write(sheet_, row_, 1, figure.value, style);
      book_.write(sheet_, row_, 2, figure.interval);
      ++row_;
    }
    write_paragraph(verdict.cost);
    write_paragraph(verdict.how_sure);
  }

  void write_run() {
    const Run& run = source_.scenario.run;
    write_heading("book.run");
    if (run.length_s > 0) {
      write_line("book.length", texts_.fill("run.unbroken", {{"hours", number(run.length_s / 3600)}}));
    } else if (page::has_dates(source_.scenario)) {
      write_line("book.start", long_date(run.start, texts_));
      book_.write(sheet_, row_, 0, texts_.at("book.start_gregorian"));
      book_.write_date(sheet_, row_++, 1, run.start);
    }
    if (run.length_s <= 0) write_line("book.days", number(run.days));
    if (run.warm_up_days > 0) write_line("book.warm_up", number(run.warm_up_days));
    write_line("book.replications", number(run.replications));
    write_line("book.seed", std::to_string(run.seed));
    write_line("book.visits", number(static_cast<double>(source_.record.visits)));
    write_line("book.version", printable(source_.record.version));
    const std::string evidence(to_string(source_.scenario.evidence));
    write_line("book.evidence", texts_.at("evidence." + evidence));
    for (const Notice& notice : source_.record.notices)
      write_line("book.notice", printable(notice_text(texts_, notice)));
  }

  void write_reading() {
    write_heading("book.reading");
    for (const char* key : {"words.interval", "words.verdict", "words.evidence", "book.columns",
                            "book.colours", "book.empty", "book.left_out"})
      write_paragraph(texts_.at(key));
    write_paragraph(texts_.at("column.in_time") + texts_.at("list.colon") + texts_.at("definition.in_time"));
  }

  void write_list(const std::vector<SheetTable>& tables) {
    write_heading("book.sheets");
    if (has_charts(tables, texts_)) book_.write_link(sheet_, row_++, 0, texts_.at("book.charts"));
    for (const SheetTable& table : tables) {
      std::string same;
      for (const auto& [title, value] : table.same_in_all_rows) {
        same +=
            (same.empty() ? texts_.at("book.same") + texts_.at("list.colon") : texts_.at("list.semicolon")) +
            title + texts_.at("list.colon") + value;
      }
      const std::string rows = texts_.fill("book.rows", {{"n", number(static_cast<double>(table.rows))}});
      const bool has_sheet = table.rows <= kMostRows;
      write_line(table.title, has_sheet ? rows : rows + " " + texts_.at("book.too_large"), same);
      if (has_sheet) book_.write_link(sheet_, row_ - 1, 0, table.title);
    }
  }

  Book& book_;
  const page::PageSource& source_;
  const Texts& texts_;
  lxw_worksheet* sheet_;
  std::uint32_t row_ = 0;
};

}  // namespace

void write_first_sheet(Book& book, const page::PageSource& source, const Texts& texts,
                       const std::vector<SheetTable>& tables) {
  FirstSheetWriter(book, source, texts).run(tables);
}

}  // namespace pishkhan::workbook
