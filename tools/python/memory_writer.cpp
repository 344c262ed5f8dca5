#include "tools/python/memory_writer.hpp"

#include <limits>
#include <variant>

namespace pishkhan {

void MemoryWriter::begin(const TableHeader& header) {
  MemoryTable& table = tables_.emplace_back();
  table.name = header.name;
  table.description = header.description;
  for (const Column& column : header.columns) table.columns.emplace_back().about = column;
  codes_.assign(header.columns.size(), {});
}

std::uint32_t MemoryWriter::code_of(std::size_t column, const std::string& word) {
  std::vector<std::string>& words = tables_.back().columns[column].words;
  const auto [at, is_new] = codes_[column].try_emplace(word, static_cast<std::uint32_t>(words.size()));
  if (is_new) words.push_back(word);
  return at->second;
}

void MemoryWriter::row(std::span<const Cell> cells) {
  MemoryTable& table = tables_.back();
  ++table.rows;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    MemoryColumn& column = table.columns[i];
    const Cell& cell = cells[i];
    const auto* integer = std::get_if<std::int64_t>(&cell);
    const auto* real = std::get_if<double>(&cell);
    const auto* text = std::get_if<std::string>(&cell);
    switch (column.about.type) {
      case CellType::integer:
        column.integers.push_back(integer != nullptr ? *integer : 0);
        column.present.push_back(integer != nullptr);
        column.has_gaps = column.has_gaps || integer == nullptr;
        break;
      case CellType::real:
        column.reals.push_back(real != nullptr      ? *real
                               : integer != nullptr ? static_cast<double>(*integer)
                                                    : std::numeric_limits<double>::quiet_NaN());
        break;
      case CellType::text:
        column.codes.push_back(code_of(i, text != nullptr ? *text : ""));
        break;
    }
  }
}

}  // namespace pishkhan
