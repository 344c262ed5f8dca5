#pragma once
#include "models/scenario/text/mistakes.hpp"
#include "tools/sweep/study.hpp"

namespace pishkhan {

/// What the design of a study asks of its factors, replications and responses; `design` is where it is
/// written.
void check_design(const Study& study, const Location& design, Diagnostics& mistakes);

}  // namespace pishkhan
