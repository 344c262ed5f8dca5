#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/report/writer.hpp"

namespace pishkhan {

/// What is to be known of a run as a whole: title, seed, days ..., in order.
using RunFacts = std::vector<std::pair<std::string, std::string>>;

/// All tables in one SQLite database, with typed columns and NULL for no number, and beside them the
/// data dictionary: `tables` (name, description, rows) and `columns` (table_name, position, name,
/// unit, type, description); `run` (key, value) says of which run they are. The same tables give the same
/// bytes.
class SqliteWriter final : public Writer {
 public:
  /// Makes the file; it must not exist.
  explicit SqliteWriter(const std::filesystem::path& file, const RunFacts& facts = {});
  ~SqliteWriter() override;

  void begin(const TableHeader& header) override;
  void row(std::span<const Cell> cells) override;
  void end() override;
  void finish() override;

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace pishkhan
