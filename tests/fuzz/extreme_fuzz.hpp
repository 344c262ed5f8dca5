#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/fuzz/finish_rule.hpp"
#include "tests/fuzz/key_coverage.hpp"

namespace pishkhan {

struct FuzzOptions {
  std::uint64_t seed = 1;        ///< of the first scenario; the next has the next seed
  std::uint64_t loads = 1;       ///< scenarios
  std::uint64_t runs = 1;        ///< of those accepted, evenly chosen, until so many are finished
  double seconds = 1e9;          ///< no scenario is begun later
  std::filesystem::path folder;  ///< for the province's tables, and for the scenario at work: `last.yaml`
  bool until_fault = false;      ///< ends with the first fault
  RunLimits limits;
};

/// A scenario that needs a look.
struct Finding {
  std::uint64_t seed = 0;
  RunFinding found;
};

struct FuzzReport {
  std::uint64_t loads = 0, accepted = 0;
  std::array<std::uint64_t, kEndings> endings{};  ///< by Ending
  std::vector<Finding> faults, slow;
  std::map<std::string, std::uint64_t> refusals;  ///< by path and problem, numbers left out
  KeyCoverage coverage;
  double seconds = 0;
  std::uint64_t memory_early_kib = 0,
                memory_late_kib = 0;  ///< resident, after a tenth of the loads, and at the end
};

/// Makes scenarios, loads them, and runs some. A crash leaves the scenario in the folder, and so does one
/// that hangs: the process is then killed by SIGPROF.
FuzzReport fuzz_extremes(const FuzzOptions& options);

/// What was found, in words; with every key if `keys`.
std::string report_text(const FuzzReport& report, bool keys);

}  // namespace pishkhan
