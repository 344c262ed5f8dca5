#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "tools/pishkhan/compare_summary.hpp"
#include "tools/pishkhan/compared_runs.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/output_folder.hpp"

namespace pishkhan {

/// A comparison with its tables: differences, changed, waterfall, ranking.
struct FinishedComparison {
  std::vector<RunToCompare> runs;
  std::vector<ComparedRun> compared;  ///< of `runs`, to which it refers
  std::vector<Waterfall> waterfalls;
  std::vector<Changed> changed;
  std::vector<Table> tables;
  std::size_t simulated = 0;  ///< of the runs; the others were finished before
  ReusedWork reused;
  std::optional<AskedPrecision> asked;  ///< of differences that are simulated until they are precise

  [[nodiscard]] Comparison comparison(const std::filesystem::path& folder) const {
    return {compared, waterfalls, tables, simulated, reused, changed, folder};
  }
};

/// Simulates what is not finished, and compares. Throws FailedAudit and Interrupted.
FinishedComparison compare_runs(std::vector<RunToCompare> runs, const CompareOptions& options,
                                const TrialFunction& trial);

/// Refuses a folder that a comparison must not take the place of: that of a run that is compared, as it is in
/// memory or as it was read, or one from which one was read. Throws UserError.
void expect_no_compared_run(const std::filesystem::path& folder, const std::vector<RunToCompare>& runs);

/// Writes tables and manifest, and puts them in place. Throws UserError as expect_no_compared_run does.
void write_comparison(const FinishedComparison& finished, const CompareOptions& options,
                      OutputFolder& folder);

}  // namespace pishkhan
