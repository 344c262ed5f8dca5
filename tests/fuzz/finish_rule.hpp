#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "models/scenario/scenario.hpp"

namespace pishkhan {

// The rule: what `check` accepts, `run` finishes with exit code 0, or 3 for want of disk, memory or threads.

/// What became of a scenario that was loaded and perhaps run.
enum class Ending : unsigned char {
  refused,    ///< with diagnostics
  accepted,   ///< and not run
  too_large,  ///< accepted, and too much work to be run here
  too_slow,   ///< accepted, and stopped after some time
  finished,   ///< run, with tables and a clean audit
  in_want,    ///< run, until the surroundings failed
  at_fault,   ///< the rule is broken
};
inline constexpr std::size_t kEndings = 7;
std::string_view to_string(Ending ending);

struct RunFinding {
  Ending ending = Ending::refused;
  std::string fault;  ///< in words; of a refusal the first problem
};

/// What a run here may cost.
struct RunLimits {
  double visits = 20'000;  ///< expected of a replication
  double station_days = 40'000;
  double failures = 20'000;          ///< expected of a replication
  double clerk_shifts = 1e6;         ///< of a station on a day
  double clerk_shifts_of_run = 2e7;  ///< of a station on all days
  double seconds = 20;               ///< of the processor
};

/// Loads a text as `name`, and runs it with at most two replications if `run` says so and it is accepted.
RunFinding judge(const std::string& text, const std::string& name, bool run, const RunLimits& limits);

}  // namespace pishkhan
