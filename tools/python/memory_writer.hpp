#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tools/report/writer.hpp"

namespace pishkhan {

/// A column in memory. Of its three lists, the one of its type has a value a row, but for `present`.
struct MemoryColumn {
  Column about;
  std::vector<std::int64_t> integers;
  std::vector<double> reals;         ///< NaN where there is no number
  std::vector<std::uint32_t> codes;  ///< of texts: places in `words`
  std::vector<std::string> words;    ///< each once
  bool has_gaps = false;             ///< of integers: rows without a number, whose value here is 0
  std::vector<bool> present;         ///< of integers: which rows have a number
};

struct MemoryTable {
  std::string name, description;
  std::size_t rows = 0;
  std::vector<MemoryColumn> columns;
};

/// Keeps the tables that it is given as columns.
class MemoryWriter : public Writer {
 public:
  void begin(const TableHeader& header) override;
  void row(std::span<const Cell> cells) override;
  void end() override {}
  void finish() override {}

  [[nodiscard]] std::vector<MemoryTable>& tables() { return tables_; }

 private:
  std::uint32_t code_of(std::size_t column, const std::string& word);

  std::vector<MemoryTable> tables_;
  std::vector<std::map<std::string, std::uint32_t>> codes_;  ///< of the latest table, by column
};

}  // namespace pishkhan
