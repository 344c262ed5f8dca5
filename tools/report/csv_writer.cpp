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
  void operator()(const std::string& value) const { append_csv_text(text, value); }
};

}  // namespace

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
  for (const Column& column : header.columns) {
    if (!line_.empty()) line_ += ',';
    append_csv_text(line_, column.name);
  }
  line_ += '\n';
  if (byte_order_mark_) file_->write("\xEF\xBB\xBF");
  file_->write(line_);
}

void CsvWriter::row(std::span<const Cell> cells) {
  line_.clear();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line_ += ',';
    std::visit(CellText{line_}, cells[i]);
  }
  line_ += '\n';
  file_->write(line_);
}

void CsvWriter::end() {
  file_->close();
  file_.reset();
}

}  // namespace pishkhan
