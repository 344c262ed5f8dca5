#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "tools/report/table.hpp"

namespace pishkhan::page {

/// What a manifest says of a run beside its scenario.
struct RunRecord {
  std::string version;
  std::uint64_t visits = 0;  ///< simulated
  std::uint64_t checks = 0;  ///< of the audit
  std::vector<Notice> notices;
};

/// Of the text of a manifest.json. Throws EnvironmentError when it is not the manifest of a run.
RunRecord read_record(std::string_view manifest, const std::filesystem::path& file);

/// All that a page is made of: the same for a run that has just ended and for one that is stored.
struct PageSource {
  const Scenario& scenario;
  const RunRecord& record;
  std::vector<const Table*> tables;  ///< those that the run wrote, in any order
};

/// Whether the days of a run are days of a calendar: bare stations need not say when their run starts.
inline bool has_dates(const Scenario& scenario) { return scenario.province || scenario.run.start != 0; }

}  // namespace pishkhan::page
