#pragma once
#include "sim/station/station.hpp"
#include "sim/statistics/audit.hpp"

namespace pishkhan {

/// A kernel's station-day in the auditor's terms. `clerks`: how many the station has, absent ones too.
AuditDay audit_day(const StationDay& station, const Visits& visits, std::size_t clerks);

}  // namespace pishkhan
