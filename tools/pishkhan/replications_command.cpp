#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <ostream>

#include "models/scenario/text/mistakes.hpp"
#include "sim/base/read_file.hpp"
#include "sim/base/sha256.hpp"
#include "tools/page/comparison.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/report/csv_writer.hpp"
#include "tools/report/replication_store.hpp"
#include "tools/report/replication_table.hpp"
#include "tools/report/written_files.hpp"

namespace pishkhan {

ExitCode print_replications(const ReplicationsOptions& options, std::ostream& out) {
  ScenarioOptions manifest;
  manifest.file = options.folder / "manifest.json";
  std::error_code error;
  if (std::filesystem::is_regular_file(manifest.file, error) &&
      page::is_comparison(read_file(manifest.file, SIZE_MAX))) {
    throw UserError({{manifest.file.string(), 0, 0, "", "it is of a comparison, which keeps no replications",
                      "name the folder of a run that was written with --format store"}});
  }
  const Scenario scenario = load(manifest);
  const int only = options.replication.empty() ? -1 : std::stoi(options.replication);
  const std::vector<std::string> names = find_names_by_replication(scenario);
  const std::string table =
      options.table.empty() ? scenario.province ? "offices" : "stations" : options.table;
  if (std::find(names.begin(), names.end(), table) == names.end()) {
    throw UserError(
        {{"", 0, 0, "--table", "there is no table " + in_backticks(table) + " of single replications",
          "one of " + join_or(names)}});
  }
  const std::vector<TrialResult> trials = read_store_in(options.folder, sha256(scenario.resolved), only);
  out << csv_text(
      make_replication_table(scenario, trials, static_cast<std::size_t>(std::max(only, 0)), table));
  return kDone;
}

}  // namespace pishkhan
