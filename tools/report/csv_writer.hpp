#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "tools/report/output_file.hpp"
#include "tools/report/writer.hpp"

namespace pishkhan {

/// A table as CSV with a header line.
std::string csv_text(const Table& table);

/// Adds a text as a field. A spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula: an
/// apostrophe comes before it, but for plain numbers.
void append_text_cell(std::string& text, const std::string& value);

/// Shortest decimal text that reads back as the same double.
void append_number(std::string& text, double value);

/// Each table a file `<name>.csv` in a folder: RFC 4180 but with line feeds, UTF-8, a header line,
/// an empty field for no number. By a byte-order mark, if there is to be one, spreadsheets know UTF-8.
class CsvWriter final : public Writer {
 public:
  explicit CsvWriter(std::filesystem::path folder, bool byte_order_mark = false);

  void begin(const TableHeader& header) override;
  void row(std::span<const Cell> cells) override;
  void end() override;
  void finish() override {}

 private:
  std::filesystem::path folder_;
  bool byte_order_mark_;
  std::unique_ptr<OutputFile> file_;
  std::string line_;
};

}  // namespace pishkhan
