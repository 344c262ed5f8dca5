#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>

#include "tools/pishkhan/exit_code.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

struct PlanOptions {
  ScenarioOptions scenario;
  int threads = 1;
  std::filesystem::path out;  ///< empty: results/plan-<scenario name>
  Formats formats;            ///< of kUsualFormats; empty: both
  std::string language;       ///< of the summary; empty: en
  int first_days = 500;       ///< station-days of a month in the first round of a proof, at least
  int most_days = 1000;       ///< in any round
  bool json = false;
  bool quiet = false;
  bool force = false;
};

/// Finds and proves which services move in which wave, as the scenario's `plan` says what may.
ExitCode plan_waves(const PlanOptions& options, std::ostream& out);

}  // namespace pishkhan
