#include "tools/interval_coverage/county.hpp"

#include <set>
#include <string_view>

#include "models/province/csv.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/report/output_file.hpp"

namespace pishkhan::interval_coverage {
namespace {

namespace fs = std::filesystem;
using Ids = std::set<std::string>;

/// The rows of a table whose `column` is among `ids`, in a file of the same name; gives their values of
/// `wanted`.
Ids copy_rows(const fs::path& table, const fs::path& folder, std::string_view column, const Ids& ids,
              std::string_view wanted) {
  std::vector<Diagnostic> mistakes;
  const CsvTable read = read_csv(table, mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
  const auto by = read.find(column), of = read.find(wanted);
  if (!by || !of) throw UserError({{table.string(), 1, 1, "", "a column is missing", ""}});
  std::string text;
  const auto append = [&text](const std::vector<CsvCell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      append_csv_text(text, row[i].text);
    }
    text += '\n';
  };
  append(read.header);
  Ids found;
  for (const auto& row : read.rows) {
    if (!ids.contains(row[*by].text)) continue;
    append(row);
    found.insert(row[*of].text);
  }
  if (found.empty()) throw UserError({{table.string(), 1, 1, "", "it has no row of the county", ""}});
  write_file(folder / table.filename(), text);
  return found;
}

}  // namespace

std::vector<std::string> write_county(const fs::path& province, const std::string& county,
                                      const fs::path& folder) {
  const auto copy = [&](const char* table, std::string_view column, const Ids& ids, std::string_view wanted) {
    return copy_rows(province / table, folder, column, ids, wanted);
  };
  copy("counties.csv", "id", {county}, "id");
  const Ids places = copy("places.csv", "county", {county}, "id");
  copy("offices.csv", "place", places, "id");
  const Ids agencies = copy("counters.csv", "county", {county}, "agency");
  copy("agencies.csv", "id", agencies, "id");
  copy("services.csv", "agency", agencies, "id");
  std::vector<std::string> overrides;
  for (const char* table : {"counties", "places", "agencies", "services", "offices", "counters"}) {
    overrides.push_back("province." + std::string(table) + '=' +
                        (folder / (std::string(table) + ".csv")).string());
  }
  return overrides;
}

}  // namespace pishkhan::interval_coverage
