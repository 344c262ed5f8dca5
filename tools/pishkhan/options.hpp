#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/trial/run_trial.hpp"

namespace pishkhan {

/// Which scenario, and what the command line changes in it.
struct ScenarioOptions {
  std::filesystem::path file;
  std::vector<std::string> sets;  ///< path=value
  std::optional<std::uint64_t> seed;
  std::optional<int> replications;
  std::vector<std::string> costs;  ///< of what; empty: as the scenario says
  std::string visits;              ///< share of the visits to write; empty: as the scenario says
};

struct RunOptions {
  ScenarioOptions scenario;
  int threads = 1;
  std::filesystem::path out;  ///< empty: results/<scenario name>
  std::vector<std::string> formats{"csv", "sqlite"};
  std::vector<std::string> tables;  ///< which to write; empty: all
  bool json = false;
  bool quiet = false;
  bool force = false;
};

struct CheckOptions {
  ScenarioOptions scenario;
  int threads = 1;
  bool json = false;
  bool all = false;  ///< every station and hour, not the worst only
};

struct ListOptions {
  ScenarioOptions scenario;
  std::string agency, kind, county, search;  ///< empty: any
  bool json = false;
};

/// The simulation as the commands see it, so that a test may put another in its place.
using TrialFunction = std::function<TrialResult(const Plan&, std::uint32_t, const TrialOptions&)>;

/// load_scenario with the options' changes as overrides.
Scenario load(const ScenarioOptions& options);

}  // namespace pishkhan
