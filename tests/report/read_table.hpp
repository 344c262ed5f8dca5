#pragma once
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/report/table.hpp"

// Cells of tables by name.
namespace pishkhan::tests {

inline const Table& named(const std::vector<Table>& tables, const std::string& name) {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.header.name == name; });
  if (found == tables.end()) throw std::out_of_range("no table " + name);
  return *found;
}

inline Cell cell(const Table& table, std::size_t row, const std::string& column) {
  const auto& columns = table.header.columns;
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
  if (found == columns.end()) throw std::out_of_range("no column " + column);
  return table.rows.at(row).at(static_cast<std::size_t>(found - columns.begin()));
}

inline double number(const Table& table, std::size_t row, const std::string& column) {
  return std::get<double>(cell(table, row, column));
}

inline std::string text(const Table& table, std::size_t row, const std::string& column) {
  return std::get<std::string>(cell(table, row, column));
}

}  // namespace pishkhan::tests
