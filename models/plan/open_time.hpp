#pragma once
#include <vector>

#include "models/scenario/scenario.hpp"

namespace pishkhan {

/// Notices of a run in whose counted time no station is open, or else of the stations that are not: never in
/// the run, or only in the warm-up. Offices that are closed for good, or have not opened, are left out.
std::vector<Notice> notices_of_open_time(const Scenario& scenario);

}  // namespace pishkhan
