#pragma once
#include <pybind11/pybind11.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/source_files.hpp"
#include "tools/pishkhan/finished_run.hpp"
#include "tools/pishkhan/options.hpp"
#include "tools/python/memory_writer.hpp"
#include "tools/report/visits.hpp"

namespace pishkhan {

/// A file of which scenarios are made, as it was when the first was.
struct PythonSource {
  std::filesystem::path file;
  std::shared_ptr<const SourceFiles> files = std::make_shared<const SourceFiles>();

  [[nodiscard]] ScenarioOptions with(const std::vector<std::string>& sets) const;
};

/// A run in memory. Its visits, if any are kept, are in files of a folder that goes with it.
class PythonRun {
 public:
  /// Simulates. `earlier`: the first replications, where they are known. To be called from do_work.
  PythonRun(RunOptions options, std::vector<TrialResult> earlier);

  [[nodiscard]] const RunOptions& options() const { return options_; }
  [[nodiscard]] const std::shared_ptr<const Scenario>& scenario() const { return finished_->scenario; }
  [[nodiscard]] const FinishedRun& finished() const { return *finished_; }
  [[nodiscard]] const std::vector<Table>& tables() const { return tables_; }
  [[nodiscard]] std::vector<MemoryTable> visits() const;
  /// As `pishkhan run --json` prints it.
  [[nodiscard]] std::string summary() const;
  /// Writes what `pishkhan run --out FOLDER` writes. Without formats, as the command without them.
  void write(const std::filesystem::path& folder, const Formats& formats, bool force) const;

 private:
  RunOptions options_;
  std::shared_ptr<const Scenario> asked_;  ///< that of the finished run, but for a precision
  std::shared_ptr<const std::filesystem::path> visits_folder_;  ///< removed at the end
  std::unique_ptr<VisitSpool> spool_;
  std::unique_ptr<const FinishedRun> finished_;
  std::vector<Table> tables_;
};

/// Loads a scenario of `options`, but none that this module cannot simulate.
std::shared_ptr<const Scenario> load_scenario_for_python(const ScenarioOptions& options);
/// Refuses a scenario that this module cannot simulate. `file` is where it is from. Throws UserError.
void expect_simulable(const Scenario& scenario, const std::filesystem::path& file);

/// Formats by name. Throws UserError.
Formats formats_of(const std::vector<std::string>& names, const Formats& allowed);

}  // namespace pishkhan
