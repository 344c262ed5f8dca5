#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace pishkhan {

/// One value of a table; monostate is "no number" (an empty field, NULL). Never a NaN.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

enum class CellType : std::uint8_t { integer, real, text };

struct Column {
  std::string name;
  std::string unit;  ///< empty for names and ids
  CellType type = CellType::text;
  std::string description;
};

/// What a table is, apart from its rows: the data dictionary's entry.
struct TableHeader {
  std::string name;
  std::string description;
  std::vector<Column> columns;
};

struct Table {
  TableHeader header;
  std::vector<Row> rows;
};

}  // namespace pishkhan
