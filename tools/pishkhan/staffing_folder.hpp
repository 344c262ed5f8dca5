#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/report/formats.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// What the folder of a staffing or a plan holds, beside its staffed or planned scenario.
struct StaffingFolder {
  std::string what;              ///< a sentence: this is no scenario
  nlohmann::ordered_json facts;  ///< keys of the manifest: replications and what else it hangs on
  std::vector<Table> tables;
  std::string kind = "staffing";  ///< name of the folder's own scenario in the manifest
  std::string of = "staffed";     ///< key of the scenario that it is of
};

/// Writes the tables in the formats (kUsualFormats, if there are none) and the manifest, which says of which
/// scenario the folder is and names every file in it.
void write_staffing_folder(const Scenario& scenario, const StaffingFolder& content, const Formats& formats,
                           const std::filesystem::path& folder);

/// The staffed or planned scenario of a province extends the file, with the options' changes of keys; it has
/// no place for a change within a list, which is refused.
void expect_no_changes_in_lists(const ScenarioOptions& options, const Scenario& scenario);

}  // namespace pishkhan
