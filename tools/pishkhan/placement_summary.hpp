#pragma once
#include <filesystem>
#include <string>

#include "models/staffing/placement.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan {

/// What staff shows of placed clerks, after the tables are written.
struct PlacementReport {
  const Scenario& scenario;
  const PlacementResult& result;
  int budget;         ///< asked for
  double unserved_s;  ///< as PlacementOptions
  std::filesystem::path out;
  std::string staffed;  ///< name of the staffed scenario in it
};

/// In some ten lines: clerks placed, what they save, how far that is proven, where most change.
std::string placement_findings(const Texts& texts, const PlacementReport& report);
/// The same, and where scenario and tables are.
std::string placement_summary(const Texts& texts, const PlacementReport& report);
/// The same for scripts: one JSON object on one line.
std::string placement_json(const PlacementReport& report);

}  // namespace pishkhan
