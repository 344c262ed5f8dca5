#include "models/province/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/province/csv_parser.hpp"
#include "models/province/folding.hpp"
#include "models/province/repeated.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/read_file.hpp"

namespace pishkhan {
namespace {

constexpr std::uintmax_t kLargestFile = 64u << 20;
constexpr std::string_view kDamage = "\xEF\xBF\xBD";  ///< U+FFFD

/// Line and column at which a text ends.
std::pair<int, int> end_of(std::string_view text) {
  const std::string_view on_line = text.substr(text.rfind('\n') + 1);
  return {1 + static_cast<int>(std::count(text.begin(), text.end(), '\n')),
          1 + static_cast<int>(std::count_if(on_line.begin(), on_line.end(), starts_character))};
}

std::string and_more(std::size_t found, const std::string& things) {
  return found > 1 ? ", here and in " + std::to_string(found - 1) + " more " + things : "";
}

/// The text with a mark (U+FFFD) for every byte that is no UTF-8, the first of which is reported.
std::string repair_utf8(std::string_view text, const std::string& file,
                        std::vector<Diagnostic>& diagnostics) {
  std::string repaired;
  std::pair<int, int> first;
  std::size_t broken = 0;
  for (auto offset = find_invalid_utf8(text); offset; offset = find_invalid_utf8(text)) {
    repaired += text.substr(0, *offset);
    text.remove_prefix(*offset + 1);
    if (broken++ == 0) first = end_of(repaired);
    repaired += kDamage;
  }
  if (broken > 0) {
    diagnostics.push_back({file, first.first, first.second, "",
                           "the text is not UTF-8" + and_more(broken, "bytes"),
                           "save the file in the encoding UTF-8; spreadsheets say \"CSV UTF-8\""});
  }
  return repaired += text;
}

/// The same for control characters, which no text has.
std::string repair_controls(std::string_view text, const std::string& file,
                            std::vector<Diagnostic>& diagnostics) {
  const std::size_t found = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_control));
  if (found == 0) return std::string(text);
  std::string repaired;
  bool reported = false;
  for (const char c : text) {
    if (!is_control(c)) {
      repaired += c;
      continue;
    }
    if (!reported) {
      const auto [line, column] = end_of(repaired);
      diagnostics.push_back({file, line, column, "",
                             "the character " + name_of_character(static_cast<unsigned char>(c)) +
                                 " is not part of any text" + and_more(found, "places"),
                             "remove it"});
    }
    reported = true;
    repaired += kDamage;
  }
  return repaired;
}

/// Line ends as the parser knows them: old spreadsheets end lines with a carriage return alone.
std::string with_line_feeds(std::string_view text) {
  std::string ended(text);
  for (std::size_t i = 0; i < ended.size(); ++i)
    if (ended[i] == '\r' && (i + 1 == ended.size() || ended[i + 1] != '\n')) ended[i] = '\n';
  return ended;
}

/// Two bytes a character, as some spreadsheets save "Unicode text".
bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         (text.size() > 1 && (text[0] == '\0') != (text[1] == '\0'));
}

const char* name_of(char separator) {
  return separator == ';' ? "semicolons" : separator == '\t' ? "tabs" : "commas";
}

/// What separates the values: the most frequent sign outside quotes of the first line that has any text.
char find_separator(std::string_view text, int line, const std::string& file,
                    std::vector<Diagnostic>& diagnostics) {
  constexpr std::string_view separators = ",;\t";
  std::array<std::size_t, separators.size()> counts{};
  bool quoted = false, blank = true;
  for (const char c : text) {
    if (c == '\n' && !quoted && !blank) break;
    if (c == '\n' && blank) ++line;
    if (c == '\n' && blank) counts.fill(0);
    if (c == '"') quoted = !quoted;
    const std::size_t which = separators.find(c);
    if (which != separators.npos && !quoted) ++counts[which];
    blank = blank && (which != separators.npos || c == ' ' || c == '\r' || c == '\n');
  }
  const auto most = std::max_element(counts.begin(), counts.end()) - counts.begin();
  const char separator = separators[static_cast<std::size_t>(most)];
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0 || separators[i] == separator) continue;
    diagnostics.push_back({file, line, 1, "",
                           std::string("the heading has ") + name_of(separator) + " and " +
                               name_of(separators[i]) + ": which of them separates is not clear",
                           "separate the columns of every line by one of them"});
  }
  return separator;
}

bool is_blank(const std::vector<CsvCell>& row) {
  return std::all_of(row.begin(), row.end(), [](const CsvCell& cell) { return cell.text.empty(); });
}

/// Takes off the empty cells at the end of a row, beyond the width.
void drop_empty_end(std::vector<CsvCell>& row, std::size_t width) {
  while (row.size() > width && row.back().text.empty()) row.pop_back();
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
          {table.file, cell.line, cell.column, cell.text, "the column stands here twice", "leave one out"});
    }
  }
}

/// Takes off the line `sep=;` by which some spreadsheets say what separates.
std::optional<char> take_separator(std::string_view& text, int& line) {
  if (!text.starts_with("sep=") || text.size() <= 5 || (text[5] != '\r' && text[5] != '\n'))
    return std::nullopt;
  const char separator = text[4];
  text.remove_prefix(text.find('\n') == text.npos ? text.size() : text.find('\n') + 1);
  ++line;
  return separator;
}

/// Whether a line names at least half of the columns.
bool is_heading(std::string_view line, const std::vector<std::string_view>& columns) {
  std::vector<Diagnostic> untold;
  std::vector<CsvCell> cells;
  const std::string nowhere;
  CsvParser(line, find_separator(line, 1, nowhere, untold), 1, nowhere, untold).next(cells);
  const auto stands_there = [&](std::string_view column) {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const CsvCell& cell) { return folded(cell.text) == column; });
  };
  const auto named = std::count_if(columns.begin(), columns.end(), stands_there);
  return named > 1 && 2 * static_cast<std::size_t>(named) >= columns.size();
}

/// Takes off, and reports, what stands above the heading, such as a title. The heading is the first line that
/// names the columns; where none does, it is taken for the first.
void skip_titles(std::string_view& text, int& line, const std::vector<std::string_view>& columns,
                 const std::string& file, std::vector<Diagnostic>& diagnostics) {
  constexpr int kMostAbove = 100;
  int title_line = 0;
  std::string_view rest = text;
  for (int above = 0; above < kMostAbove && !rest.empty(); ++above) {
    const std::string_view one = rest.substr(0, rest.find('\n'));
    if (is_heading(one, columns)) {
      text = rest;
      if (title_line > 0) {
        diagnostics.push_back({file, title_line, 1, "",
                               "text above the heading, which is in line " + std::to_string(line + above),
                               "leave out what stands above it"});
      }
      line += above;
      return;
    }
    if (title_line == 0 && one.find_first_not_of(",;\t\r ") != one.npos) title_line = line + above;
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
  }
}

/// Reads the header and the rows of a text that is UTF-8.
void read_rows(std::string_view text, const std::vector<std::string_view>& columns, CsvTable& table,
               std::vector<Diagnostic>& diagnostics) {
  int line = 1;
  const std::optional<char> separator = take_separator(text, line);
  skip_titles(text, line, columns, table.file, diagnostics);
  table.separator = separator ? *separator : find_separator(text, line, table.file, diagnostics);
  CsvParser parser(text, table.separator, line, table.file, diagnostics);
  const std::size_t before = diagnostics.size();
  bool any = parser.next(table.header);
  while (any && is_blank(table.header)) any = parser.next(table.header);
  if (!any) {
    if (diagnostics.size() == before)
      diagnostics.push_back({table.file, 1, 1, "", "the file is empty", "its first line names the columns"});
    table.header.clear();
    return;
  }
  drop_empty_end(table.header, 1);
  for (CsvCell& cell : table.header) cell.text = folded(cell.text);
  check_header(table, diagnostics);
  std::string separator_name = name_of(table.separator);
  separator_name.pop_back();  // one of them
  const std::size_t before_rows = diagnostics.size();
  for (std::vector<CsvCell> row; parser.next(row);) {
    if (is_blank(row)) continue;
    drop_empty_end(row, table.header.size());
    if (row.size() == table.header.size()) {
      table.rows.push_back(std::move(row));
      continue;
    }
    table.complete = false;
    const bool too_few = row.size() < table.header.size();
    diagnostics.push_back({table.file, row[0].line, row[0].column, "",
                           std::to_string(row.size()) + " values where the header has " +
                               std::to_string(table.header.size()) + " columns",
                           too_few ? "a total or remark is no row of the table: leave it out"
                                   : "put a value that holds a " + separator_name + " in quotes"});
  }
  merge_repeated(diagnostics, before_rows);
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

CsvTable parse_csv(std::string_view text, std::string file, std::vector<Diagnostic>& diagnostics,
                   const std::vector<std::string_view>& columns) {
  CsvTable table;
  table.file = std::move(file);
  if (is_utf16(text)) {
    diagnostics.push_back({table.file, 1, 1, "", "the text is UTF-16, two bytes a character",
                           "save the file as \"CSV UTF-8\", not as Unicode text"});
    return table;
  }
  const std::string ended = with_line_feeds(text);
  const std::string repaired =
      repair_controls(repair_utf8(ended, table.file, diagnostics), table.file, diagnostics);
  table.damaged = repaired != ended;
  text = repaired;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  read_rows(text, columns, table, diagnostics);
  return table;
}

bool is_damaged(const CsvTable& table, std::string_view value) {
  return table.damaged && value.find(kDamage) != value.npos;
}

CsvTable read_csv(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics,
                  const std::vector<std::string_view>& columns, const SourceFiles& files) {
  CsvTable nothing;
  nothing.file = file.string();
  if (!files.is_regular_file(file)) {
    diagnostics.push_back({nothing.file, 0, 0, "", "no such file", ""});
    return nothing;
  }
  const std::string text = files.read(file, kLargestFile + 1);
  if (text.size() > kLargestFile) {
    diagnostics.push_back(
        {nothing.file, 0, 0, "", "the file is larger than 64 MiB", "is it the right file?"});
    return nothing;
  }
  return parse_csv(text, nothing.file, diagnostics, columns);
}

std::vector<std::size_t> match_columns(const CsvTable& table, const std::vector<std::string_view>& columns,
                                       std::vector<Diagnostic>& diagnostics,
                                       const std::vector<std::string_view>& optional) {
  if (table.header.empty()) return {};
  const auto is_there = [&](std::string_view column) { return table.find(column).has_value(); };
  if (std::none_of(columns.begin(), columns.end(), is_there)) {
    std::string names;
    for (const std::string_view column : columns)
      names += (names.empty() ? "" : std::string(1, table.separator)) + std::string(column);
    diagnostics.push_back({table.file, table.header[0].line, table.header[0].column, "",
                           "no column of the table is named", "its heading: " + names});
    return {};
  }
  std::vector<std::string_view> missing;
  std::vector<std::size_t> indices;
  for (const std::string_view column : columns) {
    indices.push_back(table.find(column).value_or(kNoColumn));
    if (indices.back() != kNoColumn) continue;
    missing.push_back(column);
    diagnostics.push_back({table.file, table.header[0].line, table.header[0].column, std::string(column),
                           "the column is missing", ""});
  }
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
  return indices;
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
  return value + 0.0;  // no negative zero
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
