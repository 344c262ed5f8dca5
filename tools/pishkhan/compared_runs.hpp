#pragma once
#include <memory>
#include <string>
#include <vector>

#include "models/trial/totals/trial_result.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// A scenario to compare, and its replications once they are known.
struct RunToCompare {
  std::string name;        ///< no other of the comparison has it
  ScenarioOptions source;  ///< from which `load` makes the scenario, always of the same files
  std::shared_ptr<const Scenario> scenario;
  bool is_finished = false;    ///< a run of before
  std::string left_precision;  ///< what its own replications ask for, where another's are taken; or empty
  std::vector<TrialResult> trials;  ///< empty where the scenario must be simulated
};

/// Reads what is to be compared, in the order given. Scenario files take the `run` of the first finished run,
/// or if there is none of the second file. A finished run that keeps the sums of its replications need not be
/// simulated. Throws UserError where runs cannot be paired: with all reasons.
std::vector<RunToCompare> load_runs(const CompareOptions& options);

/// One of the runs to compare, of a caller that has more than the name of a file.
struct AskedRun {
  /// The file is as in CompareOptions::runs; the changes are made before those of CompareOptions::scenario.
  ScenarioOptions source;
  std::shared_ptr<const Scenario> scenario = {};     ///< of a run that the caller has finished; else null
  const std::vector<TrialResult>* trials = nullptr;  ///< of such a run
};
/// The same of these, in the place of CompareOptions::runs.
std::vector<RunToCompare> load_runs(const std::vector<AskedRun>& asked, const ScenarioOptions& changes,
                                    int threads);

}  // namespace pishkhan
