#include <ostream>

#include "sim/base/sha256.hpp"
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
  const Scenario scenario = load(manifest);
  const int only = options.replication.empty() ? -1 : std::stoi(options.replication);
  const std::vector<TrialResult> trials = read_store_in(options.folder, sha256(scenario.resolved), only);
  const Table table =
      make_replication_table({scenario, trials}, only < 0 ? 0 : static_cast<std::size_t>(only));
  out << csv_text(table);
  return kDone;
}

}  // namespace pishkhan
