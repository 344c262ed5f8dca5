#pragma once
#include <cstddef>
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

/// `integer`, `real` or `text`, as the dictionaries say it.
inline const char* type_name(CellType type) {
  constexpr const char* names[] = {"integer", "real", "text"};
  return names[static_cast<std::size_t>(type)];
}

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
