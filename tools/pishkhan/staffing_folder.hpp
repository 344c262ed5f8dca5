#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/source_files.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/formats.hpp"
#include "tools/report/output_folder.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// What the folder of a staffing or a plan holds, beside its staffed or planned scenario.
struct StaffingFolder {
  std::string what;              ///< a sentence: this is no scenario
  nlohmann::ordered_json facts;  ///< keys of the manifest: replications and what else it hangs on
  std::vector<Table> tables;
  std::string kind = "staffing";  ///< name of the folder's own scenario in the manifest
  std::string of = "staffed";     ///< key of the scenario that it is of
  /// Writes the page and the workbook, where they are asked for; empty: there are none.
  std::function<void(const Formats& formats, const std::filesystem::path& folder)> write_reports = {};
};

/// The options, with the files of the scenario read once for all who load it.
template <class Options>
Options with_files(Options options) {
  options.scenario.files = std::make_shared<const SourceFiles>();
  return options;
}
/// Where the results of a command go, as the user wrote it.
std::filesystem::path folder_of(const ProofOptions& options, const Scenario& scenario,
                                const std::string& command);
/// Tells the scenario's notices and makes the folder of the results. Refuses a folder that the scenario was
/// read from. From here on a signal is seen by InterruptGuard::interrupted alone.
OutputFolder begin_staffing(const ProofOptions& options, const Scenario& scenario,
                            const std::filesystem::path& folder);

/// What the manifest says of a proof: of one round, or of rounds until nothing is open or the most days are
/// reached.
nlohmann::ordered_json facts_of_round(const ProofOptions& options, std::uint64_t seed,
                                      std::uint32_t replications);
nlohmann::ordered_json facts_of_rounds(const ProofOptions& options, std::uint64_t seed,
                                       std::uint32_t replications);

/// Prints the object of `--json`, or the summary, as the options ask.
template <class Report>
void print_report(const ProofOptions& options, const Report& report, std::string (*json)(const Report&),
                  std::string (*summary)(const Texts&, const Report&), std::ostream& out) {
  if (options.json)
    out << json(report);
  else if (!options.quiet)
    out << summary(terminal_texts(options.language), report);
}

/// Writes the tables in the formats (kUsualFormats, if there are none) and the manifest, which says of which
/// scenario the folder is and names every file in it.
void write_staffing_folder(const Scenario& scenario, const StaffingFolder& content, const Formats& formats,
                           const std::filesystem::path& folder);

/// Adds the mistake of a proof that has fewer days than its first round.
void add_mistakes_of_days(const ProofOptions& options, std::vector<Diagnostic>& mistakes);

/// Refuses a page and a workbook of `what`, which has none.
void expect_tables_only(const Formats& formats, const std::string& what);

/// Refuses a backbone whose replications are processes, which what chooses offices does not start.
void expect_no_simgrid(const Scenario& scenario);

/// The staffed or planned scenario of a province extends the file, with the options' changes of keys; it has
/// no place for a change within a list, which is refused, nor for another list in place of one that it writes
/// itself, which have the keys `written`.
void expect_no_changes_in_lists(const ScenarioOptions& options, const Scenario& scenario,
                                std::initializer_list<std::string_view> written);

}  // namespace pishkhan
