#include "tools/report/csv_writer.hpp"

#include <charconv>
#include <utility>

#include "models/province/csv.hpp"
#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

struct CellText {
  std::string& text;
  void operator()(std::monostate) const {}
  void operator()(std::int64_t value) const { text += std::to_string(value); }
  void operator()(double value) const { append_number(text, value); }
  void operator()(const std::string& value) const { append_text_cell(text, value); }
};

void append_header(std::string& text, const TableHeader& header) {
  for (std::size_t i = 0; i < header.columns.size(); ++i) {
    if (i > 0) text += ',';
    append_csv_text(text, header.columns[i].name);
  }
  text += '\n';
}

void append_row(std::string& text, std::span<const Cell> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text += ',';
    std::visit(CellText{text}, cells[i]);
  }
  text += '\n';
}

}  // namespace

std::string csv_text(const Table& table) {
  std::string text;
  append_header(text, table.header);
  for (const Row& row : table.rows) append_row(text, row);
  return text;
}

void append_text_cell(std::string& text, const std::string& value) {
  constexpr std::string_view kBeginningsOfFormulas = "=+-@\t\r";
  if (!value.empty() && kBeginningsOfFormulas.find(value.front()) != std::string_view::npos) {
    double number = 0;
    const char* const last = value.data() + value.size();
    const auto [end, error] = std::from_chars(value.data(), last, number);
    if (error != std::errc() || end != last) return append_csv_text(text, '\'' + value);
  }
  append_csv_text(text, value);
}

void append_number(std::string& text, double value) {
  char digits[32];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), value);
  PISHKHAN_ENSURE(error == std::errc());
  text.append(digits, end);
}

CsvWriter::CsvWriter(std::filesystem::path folder, bool byte_order_mark)
    : folder_(std::move(folder)), byte_order_mark_(byte_order_mark) {}

void CsvWriter::begin(const TableHeader& header) {
  file_ = std::make_unique<OutputFile>(folder_ / (header.name + ".csv"));
  line_.clear();
  append_header(line_, header);
  if (byte_order_mark_) file_->write("\xEF\xBB\xBF");
  file_->write(line_);
}

void CsvWriter::row(std::span<const Cell> cells) {
  line_.clear();
  append_row(line_, cells);
  file_->write(line_);
}

void CsvWriter::end() {
  file_->close();
  file_.reset();
}

}  // namespace pishkhan
