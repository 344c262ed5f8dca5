#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "models/staffing/freed_hours.hpp"
#include "models/staffing/staffing.hpp"
#include "models/staffing/under_assumptions.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What staff shows after the tables are written.
struct StaffingReport {
  const Scenario& scenario;
  const StaffingResult& result;
  std::filesystem::path out;
  std::string staffed;                              ///< name of the staffed scenario in it
  const StaffingUnderAssumptions* under = nullptr;  ///< null: not repeated
  std::string robust;                               ///< name of the robust scenario; empty: not asked for
  std::vector<FreedHours> freed = {};
};

struct ChangedStation {
  StationIndex station;
  int now, then;  ///< clerks
};
/// The first five, `sari-u-001 2 to 3, ...`.
std::string changed_stations_text(const Texts& texts, const Scenario& scenario,
                                  std::span<const ChangedStation> list);

/// In some ten lines: clerks now and needed, how far that is proven, where most change, what cannot be met.
std::string staffing_summary(const Texts& texts, const StaffingReport& report);
/// The same for scripts: one JSON object on one line.
std::string staffing_json(const StaffingReport& report);

}  // namespace pishkhan
