#pragma once
#include <iosfwd>

#include "tools/pishkhan/exit_code.hpp"
#include "tools/pishkhan/options.hpp"

namespace pishkhan {

/// Finds and proves which services move in which wave, as the scenario's `plan` says what may.
ExitCode plan_waves(const PlanOptions& options, std::ostream& out);

}  // namespace pishkhan
