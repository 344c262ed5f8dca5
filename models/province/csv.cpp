#include "models/province/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "sim/base/read_file.hpp"

namespace pishkhan {
namespace {

constexpr std::uintmax_t kLargestFile = 64u << 20;

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

/// Cuts text into rows of cells and keeps count of lines and columns.
class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics)
      : text_(text), file_(file), diagnostics_(diagnostics) {}

  /// Reads the next row; false at the end of the text or at a quote that is never closed.
  bool next(std::vector<CsvCell>& row) {
    row.clear();
    if (at_ == text_.size() || broken_) return false;
    do {
      row.push_back(cell());
    } while (!broken_ && take(','));
    if (broken_) return false;
    end_of_line();
    return true;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool at_line_end() const {
    return at_ == text_.size() || text_[at_] == '\n' ||
           (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }

  char advance() {
    const char byte = text_[at_++];
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if (starts_character(byte)) {
      ++column_;
    }
    return byte;
  }

  bool take(char expected) {
    if (at_ == text_.size() || text_[at_] != expected) return false;
    advance();
    return true;
  }

  void end_of_line() {
    take('\r');
    take('\n');
  }

  CsvCell cell() {
    CsvCell cell{"", line_, column_};
    if (take('"')) {
      quoted(cell);
      return cell;
    }
    bool reported = false;
    while (!at_line_end() && peek() != ',') {
      if (peek() == '"' && !reported) {
        report(line_, column_, "a quote inside a value that is not quoted",
               "put the whole value in quotes and double the quotes inside");
        reported = true;
      }
      cell.text += advance();
    }
    return cell;
  }

  void quoted(CsvCell& cell) {
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

  void after_quote() {
    if (at_line_end() || peek() == ',') return;
    report(line_, column_, "text after the closing quote", "double the quotes inside a quoted value");
    while (!at_line_end() && peek() != ',') advance();
  }

  void report(int line, int column, std::string problem, std::string hint) {
    diagnostics_.push_back({file_, line, column, "", std::move(problem), std::move(hint)});
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
  bool broken_ = false;
};

void report_invalid_utf8(std::string_view text, std::size_t offset, const std::string& file,
                         std::vector<Diagnostic>& diagnostics) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::string_view on_line = before.substr(line_start);
  const auto column = 1 + std::count_if(on_line.begin(), on_line.end(), starts_character);
  diagnostics.push_back({file, static_cast<int>(line), static_cast<int>(column), "", "the text is not UTF-8",
                         "save the file in the encoding UTF-8"});
}

void check_header(const CsvTable& table, std::vector<Diagnostic>& diagnostics) {
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const CsvCell& cell = table.header[i];
    const auto same = [&](const CsvCell& other) { return other.text == cell.text; };
    if (cell.text.empty()) {
      diagnostics.push_back({table.file, cell.line, cell.column, "", "a column without a name", ""});
    } else if (std::any_of(table.header.begin(), table.header.begin() + static_cast<std::ptrdiff_t>(i),
                           same)) {
      diagnostics.push_back(
          {table.file, cell.line, cell.column, cell.text, "the column stands here twice", ""});
    }
  }
}

/// Bytes of the character that starts with this byte; 0 when none does.
std::size_t utf8_length(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

}  // namespace

std::optional<std::size_t> CsvTable::find(std::string_view column) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i].text == column) return i;
  return std::nullopt;
}

CsvTable parse_csv(std::string_view text, std::string file, std::vector<Diagnostic>& diagnostics) {
  CsvTable table;
  table.file = std::move(file);
  if (const auto offset = find_invalid_utf8(text)) {
    report_invalid_utf8(text, *offset, table.file, diagnostics);
    return table;
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());

  CsvParser parser(text, table.file, diagnostics);
  if (!parser.next(table.header)) {
    if (text.empty())
      diagnostics.push_back({table.file, 1, 1, "", "the file is empty", "its first line names the columns"});
    table.header.clear();
    return table;
  }
  check_header(table, diagnostics);
  for (std::vector<CsvCell> row; parser.next(row);) {
    if (row.size() == table.header.size()) {
      table.rows.push_back(std::move(row));
      continue;
    }
    const bool blank = row.size() == 1 && row[0].text.empty();
    diagnostics.push_back({table.file, row[0].line, row[0].column, "",
                           blank ? "an empty line"
                                 : std::to_string(row.size()) + " values where the header has " +
                                       std::to_string(table.header.size()) + " columns",
                           blank ? "remove it" : "put a value that holds a comma in quotes"});
  }
  return table;
}

CsvTable read_csv(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics) {
  CsvTable nothing;
  nothing.file = file.string();
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    diagnostics.push_back({nothing.file, 0, 0, "", "no such file", ""});
    return nothing;
  }
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > kLargestFile) {
    diagnostics.push_back(
        {nothing.file, 0, 0, "", "the file is larger than 64 MiB", "is it the right file?"});
    return nothing;
  }
  const std::string text = read_file(file, kLargestFile);
  if (error || text.size() != size) throw EnvironmentError("cannot read " + nothing.file);
  return parse_csv(text, nothing.file, diagnostics);
}

std::vector<std::size_t> match_columns(const CsvTable& table, const std::vector<std::string_view>& columns,
                                       std::vector<Diagnostic>& diagnostics,
                                       const std::vector<std::string_view>& optional) {
  if (table.header.empty()) return {};
  std::vector<std::string_view> missing;
  std::vector<std::size_t> indices;
  for (const std::string_view column : columns) {
    if (const auto index = table.find(column)) {
      indices.push_back(*index);
    } else {
      missing.push_back(column);
      diagnostics.push_back(
          {table.file, table.header[0].line, 0, std::string(column), "the column is missing", ""});
    }
  }
  const bool complete = missing.empty();
  std::vector<std::string_view> known = columns;
  for (const std::string_view column : optional) {
    known.push_back(column);
    indices.push_back(table.find(column).value_or(kNoColumn));
    if (indices.back() == kNoColumn) missing.push_back(column);
  }
  for (const CsvCell& cell : table.header) {
    if (cell.text.empty() || std::find(known.begin(), known.end(), cell.text) != known.end()) continue;
    // A misspelt column is one of the missing ones before it is anything else.
    std::string_view nearest = nearest_name(cell.text, missing);
    if (nearest.empty()) nearest = nearest_name(cell.text, known);
    diagnostics.push_back({table.file, cell.line, cell.column, cell.text, "unknown column",
                           nearest.empty() ? "" : "did you mean '" + std::string(nearest) + "'?"});
  }
  return complete ? indices : std::vector<std::size_t>{};
}

void append_csv_text(std::string& text, std::string_view value) {
  if (value.find_first_of(",\"\r\n") == value.npos) {
    text += value;
    return;
  }
  text += '"';
  for (const char c : value) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<long long> parse_whole(std::string_view text) {
  long long value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known) {
  std::string_view nearest;
  std::size_t fewest = std::max<std::size_t>(2, name.size() / 3) + 1;
  std::vector<std::size_t> row;
  for (const std::string_view candidate : known) {
    row.resize(candidate.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= name.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= candidate.size(); ++j) {
        const std::size_t replaced = diagonal + (name[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
      }
    }
    if (row.back() < fewest) {
      fewest = row.back();
      nearest = candidate;
    }
  }
  return nearest;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i);
    const std::size_t length = utf8_length(lead);
    if (length == 0 || i + length > text.size()) return i;
    for (std::size_t j = 1; j < length; ++j)
      if ((byte(i + j) & 0xC0) != 0x80) return i;
    // Overlong forms, surrogates and what lies beyond U+10FFFF (RFC 3629).
    const unsigned second = length > 1 ? byte(i + 1) : 0;
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
      return i;
    i += length;
  }
  return std::nullopt;
}

}  // namespace pishkhan
