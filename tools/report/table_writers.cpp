#include "tools/report/table_writers.hpp"

#include "tools/report/csv_writer.hpp"

namespace pishkhan {

TableWriters make_writers(const Formats& formats, const std::filesystem::path& folder, const RunFacts& facts,
                          bool csv_bom) {
  TableWriters writers;
  for (const Format format : formats) {
    if (format == Format::csv) {
      writers.all.push_back(std::make_unique<CsvWriter>(folder, csv_bom));
      writers.csv = writers.all.back().get();
    } else if (format == Format::sqlite) {
      writers.all.push_back(std::make_unique<SqliteWriter>(folder / kDatabaseFile, facts));
    }
  }
  return writers;
}

}  // namespace pishkhan
