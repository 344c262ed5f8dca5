#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tools/page/verdict.hpp"
#include "tools/page/verdict_in_words.hpp"
#include "tools/texts/texts.hpp"
#include "tools/workbook/book.hpp"
#include "tools/workbook/sheet_table.hpp"

namespace pishkhan::workbook {

/// Rows of the largest table that gets a sheet; larger ones are for a database.
inline constexpr std::size_t kMostRows = 20'000;

/// The first sheet of a workbook: what it is about, line after line, and a list of the others.
class FrontSheet {
 public:
  /// A sheet of that name (a key of the texts), which begins with a title.
  FrontSheet(Book& book, const Texts& texts, const char* name, const std::string& title);

  [[nodiscard]] std::string number(double value) const;
  void write_heading(const char* key);
  void write_line(const std::string& label, const std::string& value, const std::string& more = "");
  /// The label is a text's key.
  void write_line(const char* key, const std::string& value) { write_line(texts_.at(key), value); }
  /// Of the Gregorian calendar.
  void write_date(const char* key, DayNumber day);
  /// A text over the whole width; nothing where it is empty.
  void write_paragraph(const std::string& text, double size = 0);
  /// The same in large letters.
  void write_sentence(const std::string& text);
  /// Its facts, sentences, the first in large letters, what failed, and how sure it is.
  void write_verdict(const page::VerdictInWords& verdict);
  void write_figures(const std::vector<page::Figure>& figures);
  /// Links to the other sheets, with what is said of them here alone.
  void write_list(const std::vector<SheetTable>& tables, bool has_charts);
  /// Nothing may be written after it.
  void close();

 private:
  Book& book_;
  const Texts& texts_;
  lxw_worksheet* sheet_;
  std::uint32_t row_ = 0;
};

}  // namespace pishkhan::workbook
