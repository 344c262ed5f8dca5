#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostic.hpp"
#include "sim/base/source_files.hpp"

namespace pishkhan {

/// Begins a text by which spreadsheets know UTF-8, and is no part of it.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// A value and where it stands. line and column (in characters) count from 1.
struct CsvCell {
  std::string text;
  int line = 0;
  int column = 0;
};

/// A table read from a CSV file (RFC 4180, UTF-8, a header line). Every row has as many cells as
/// the header has columns; rows that did not were reported and left out, as blank rows were silently.
struct CsvTable {
  std::string file;
  char separator = ',';  ///< or a semicolon or tab, as the header has
  bool complete = true;  ///< no row was left out that is not blank
  bool damaged = false;  ///< bytes that are no UTF-8, or control characters, were replaced
  std::vector<CsvCell> header;
  std::vector<std::vector<CsvCell>> rows;

  /// Index of a column, if the header has it.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
};

/// Reads CSV text as spreadsheets write it: a byte-order mark, line ends of any system, commas, semicolons or
/// tabs between values, white space around them, blank rows, and empty columns at the end. Mistakes (UTF-16,
/// bad UTF-8, control characters, a quote that is never closed or stands in a bare value, rows of the wrong
/// width, an empty file, a column twice, text above the heading) are added to diagnostics. By the names of
/// `columns` the heading is known; without them it is the first line that is not blank.
CsvTable parse_csv(std::string_view text, std::string file, std::vector<Diagnostic>& diagnostics,
                   const std::vector<std::string_view>& columns = {});

/// Whether bytes of the value were no UTF-8 or no text: that is reported, and nothing more can be said of it.
bool is_damaged(const CsvTable& table, std::string_view value);

/// Reads a CSV file, of `files`. No such file and a file over 64 MiB are mistakes of the user.
/// Throws EnvironmentError when the file exists and cannot be read.
CsvTable read_csv(const std::filesystem::path& file, std::vector<Diagnostic>& diagnostics,
                  const std::vector<std::string_view>& columns = {}, const SourceFiles& files = {});

/// Reports the columns that are missing and, with the nearest known name, those that are unknown.
/// Returns the indices of `columns` and then of `optional` in their order, kNoColumn for one that the table
/// does not have; empty when it has none of `columns`.
inline constexpr std::size_t kNoColumn = SIZE_MAX;
std::vector<std::size_t> match_columns(const CsvTable& table, const std::vector<std::string_view>& columns,
                                       std::vector<Diagnostic>& diagnostics,
                                       const std::vector<std::string_view>& optional = {});

/// Adds a field of RFC 4180 to a text: quoted only where it must be.
void append_csv_text(std::string& text, std::string_view value);

/// A finite decimal number written whole (`12`, `0.5`, `1e-3`), independent of the locale.
std::optional<double> parse_number(std::string_view text);
/// A whole number that fits, without a point.
std::optional<long long> parse_whole(std::string_view text);

/// The known name with the fewest edits to `name` (at most a third of its length, at least 2);
/// empty when none is that near. Ties go to the first.
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known);

/// Byte offset of the first byte that is no valid UTF-8, if any.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

}  // namespace pishkhan
