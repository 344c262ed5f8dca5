#pragma once
#include <string>

#include "tools/mazandaran/tables.hpp"

namespace pishkhan::mazandaran {

/// What the tables imply, for people: totals and expected utilization by kind of station.
std::string summarize(const Made& made);

}  // namespace pishkhan::mazandaran
