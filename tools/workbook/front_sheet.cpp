#include "tools/workbook/front_sheet.hpp"

#include "sim/base/printable.hpp"

namespace pishkhan::workbook {
namespace {

/// Heights of rows, in points: some programs do not fit them to large letters.
constexpr double kLineOfTitle = 30, kLineOfHeading = 21, kLine = 15;

}  // namespace

FrontSheet::FrontSheet(Book& book, const Texts& texts, const char* name, const std::string& title)
    : book_(book), texts_(texts), sheet_(book.add_sheet(texts.at(name))) {
  constexpr double kWidths[] = {30, 70, 44};
  for (std::uint16_t column = 0; column < 3; ++column)
    expect_done(worksheet_set_column(sheet_, column, column, kWidths[column], nullptr));
  worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
  Style style;
  style.size = 18;
  style.bold = true;
  expect_done(worksheet_set_row(sheet_, row_, kLineOfTitle, nullptr));
  book_.write(sheet_, row_++, 0, printable(title), style);
}

std::string FrontSheet::number(double value) const { return set_number(rounded(value), texts_.language()); }

void FrontSheet::write_heading(const char* key) {
  Style style;
  style.bold = style.border = true;
  style.size = 13;
  ++row_;
  expect_done(worksheet_set_row(sheet_, row_, kLineOfHeading, nullptr));
  for (std::uint16_t column = 0; column < 3; ++column)
    book_.write(sheet_, row_, column, column == 0 ? texts_.at(key) : "", style);
  ++row_;
}

void FrontSheet::write_line(const std::string& label, const std::string& value, const std::string& more) {
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

void FrontSheet::write_date(const char* key, DayNumber day) {
  book_.write(sheet_, row_, 0, texts_.at(key));
  book_.write_date(sheet_, row_++, 1, day);
}

/// Rows of joined cells do not grow by themselves.
void FrontSheet::write_paragraph(const std::string& text, double size) {
  if (text.empty()) return;
  constexpr std::size_t kBytesOfLine = 190;
  Style style;
  style.wrap = true;
  style.size = size;
  const double lines = 1 + static_cast<double>(text.size() * (size > 0 ? 3 : 2) / 2 / kBytesOfLine);
  expect_done(worksheet_set_row(sheet_, row_, lines * (size > 0 ? 1.7 * size : 15), nullptr));
  expect_done(worksheet_merge_range(sheet_, row_, 0, row_, 2, "", book_.format(style)));
  book_.write(sheet_, row_, 0, text, style);
  ++row_;
}

void FrontSheet::write_sentence(const std::string& text) {
  constexpr double kSize = 14;
  write_paragraph(text, kSize);
}

void FrontSheet::write_verdict(const page::VerdictInWords& verdict) {
  write_paragraph(verdict.facts);
  for (std::size_t i = 0; i < verdict.sentences.size(); ++i)
    i == 0 ? write_sentence(verdict.sentences[i]) : write_paragraph(verdict.sentences[i]);
  write_paragraph(verdict.failed);
  write_paragraph(verdict.how_sure);
}

void FrontSheet::write_figures(const std::vector<page::Figure>& figures) {
  for (const page::Figure& figure : figures) {
    Style style, label;
    style.bold = true;
    label.wrap = true;
    book_.write(sheet_, row_, 0, figure.label, label);
    book_.write(sheet_, row_, 1, figure.value, style);
    book_.write(sheet_, row_, 2, figure.interval);
    ++row_;
  }
}

void FrontSheet::write_list(const std::vector<SheetTable>& tables, bool has_charts) {
  write_heading("book.sheets");
  if (has_charts) book_.write_link(sheet_, row_++, 0, texts_.at("book.charts"));
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

void FrontSheet::close() { expect_done(worksheet_print_area(sheet_, 0, 0, row_, 2)); }

}  // namespace pishkhan::workbook
