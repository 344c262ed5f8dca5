#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/province/csv.hpp"

namespace pishkhan {

/// False for the second and later bytes of a character in UTF-8.
inline bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

/// Cuts text into rows of cells and keeps count of lines and columns. White space around a value is no part
/// of it.
class CsvParser {
 public:
  /// `first_line`: the number of the text's first line in the file.
  CsvParser(std::string_view text, char separator, int first_line, const std::string& file,
            std::vector<Diagnostic>& diagnostics);

  /// Reads the next row; false at the end of the text or at a quote that is never closed.
  bool next(std::vector<CsvCell>& row);

 private:
  [[nodiscard]] bool at_line_end() const;
  [[nodiscard]] bool at_cell_end() const;
  char advance();
  bool take(char expected);
  void skip_blanks();
  CsvCell cell();
  void bare(CsvCell& cell);
  void quoted(CsvCell& cell);
  void after_quote();
  void report(int line, int column, std::string problem, std::string hint);

  std::string_view text_;
  char separator_;
  const std::string& file_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t at_ = 0;
  int line_;
  int column_ = 1;
  bool broken_ = false;
};

}  // namespace pishkhan
