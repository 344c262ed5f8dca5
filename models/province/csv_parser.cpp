#include "models/province/csv_parser.hpp"

#include <utility>

#include "models/province/folding.hpp"

namespace pishkhan {
CsvParser::CsvParser(std::string_view text, char separator, int first_line, const std::string& file,
                     std::vector<Diagnostic>& diagnostics)
    : text_(text), separator_(separator), file_(file), diagnostics_(diagnostics), line_(first_line) {}

bool CsvParser::next(std::vector<CsvCell>& row) {
  row.clear();
  if (at_ == text_.size() || broken_) return false;
  do {
    row.push_back(cell());
  } while (!broken_ && take(separator_));
  if (broken_) return false;
  take('\r');
  take('\n');
  return true;
}

bool CsvParser::at_line_end() const {
  return at_ == text_.size() || text_[at_] == '\n' ||
         (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
}

bool CsvParser::at_cell_end() const { return at_line_end() || text_[at_] == separator_; }

char CsvParser::advance() {
  const char byte = text_[at_++];
  if (byte == '\n') {
    ++line_;
    column_ = 1;
  } else if (starts_character(byte)) {
    ++column_;
  }
  return byte;
}

bool CsvParser::take(char expected) {
  if (at_ == text_.size() || text_[at_] != expected) return false;
  advance();
  return true;
}

void CsvParser::skip_blanks() {
  while (!at_cell_end() && (text_[at_] == ' ' || text_[at_] == '\t')) advance();
}

CsvCell CsvParser::cell() {
  skip_blanks();
  CsvCell cell{"", line_, column_};
  if (take('"'))
    quoted(cell);
  else
    bare(cell);
  cell.text = trimmed(cell.text);
  return cell;
}

void CsvParser::bare(CsvCell& cell) {
  bool reported = false;
  while (!at_cell_end()) {
    if (text_[at_] == '"' && !reported) {
      report(line_, column_, "a quote inside a value that is not quoted",
             "put the whole value in quotes and double the quotes inside");
      reported = true;
    }
    cell.text += advance();
  }
}

void CsvParser::quoted(CsvCell& cell) {
  while (at_ < text_.size()) {
    const char byte = advance();
    if (byte != '"') {
      cell.text += byte;
    } else if (take('"')) {
      cell.text += '"';
    } else {
      after_quote();
      return;
    }
  }
  report(cell.line, cell.column, "a quote that is never closed", "close it with another quote");
  broken_ = true;
}

void CsvParser::after_quote() {
  skip_blanks();
  if (at_cell_end()) return;
  report(line_, column_, "text after the closing quote", "double the quotes inside a quoted value");
  while (!at_cell_end()) advance();
}

void CsvParser::report(int line, int column, std::string problem, std::string hint) {
  diagnostics_.push_back({file_, line, column, "", std::move(problem), std::move(hint)});
}

}  // namespace pishkhan
