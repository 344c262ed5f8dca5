#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "tools/report/formats.hpp"
#include "tools/report/sqlite_writer.hpp"
#include "tools/report/writer.hpp"

namespace pishkhan {

/// Writers of all tables, one for each of the formats csv and sqlite that is asked for.
struct TableWriters {
  std::vector<std::unique_ptr<Writer>> all;
  const Writer* csv = nullptr;  ///< the one of CSV files, if there is one

  void finish() const {
    for (const auto& writer : all) writer->finish();
  }
};

/// They write into a folder. `facts` go into the database; `csv_bom`: CSV files begin with a byte-order mark.
TableWriters make_writers(const Formats& formats, const std::filesystem::path& folder, const RunFacts& facts,
                          bool csv_bom = false);

}  // namespace pishkhan
