#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/province/csv.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::tests {

using Row = std::map<std::string, std::string>;

/// The rows of a table in a CSV file: texts by column.
inline std::vector<Row> rows_of(const std::filesystem::path& file) {
  std::vector<Diagnostic> mistakes;
  const CsvTable table = read_csv(file, mistakes);
  EXPECT_TRUE(mistakes.empty()) << file;
  std::vector<Row> rows;
  for (const auto& cells : table.rows) {
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) row[table.header[i].text] = cells[i].text;
  }
  return rows;
}

}  // namespace pishkhan::tests
