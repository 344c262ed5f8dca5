#pragma once
#include <array>
#include <span>
#include <string>
#include <vector>

#include "tools/report/cell_names.hpp"
#include "tools/report/compared_run.hpp"
#include "tools/report/table.hpp"

namespace pishkhan {

/// What a change does to a station, or to a service at the stations of a channel.
enum class ChangeResult : std::uint8_t {
  better,     ///< who joins waits less; tested
  worse,      ///< who joins waits longer; tested
  undecided,  ///< something differs, and the test decides nothing
  untouched,  ///< nothing differs in any replication
  opened,     ///< only the second run has it, or has visits there
  closed,     ///< only the first
};
inline constexpr std::size_t kChangeResults = 6;
std::string_view to_string(ChangeResult result);

struct Changed {
  const std::string* run;  ///< name of the run that is compared with the first
  CellKey key;
  ChangeResult result = ChangeResult::untouched;
  double arrived_a = 0, arrived_b = 0;  ///< mean over replications
  PairedDifference wait_joined_s;       ///< exactly 0, if untouched
  PairedDifference service_level;
  double p_adjusted = kNan;                         ///< of wait_joined_s, by Benjamini and Hochberg
  std::string_view verdict_a = {}, verdict_b = {};  ///< on the first target; empty where there is none
};

/// Stations, then services by channel. Of those called better or worse at most 5% are neither, in
/// expectation, among stations and among services. Those who did not come in either run are left out.
std::vector<Changed> find_changed(const ComparedRun& a, const ComparedRun& b);

/// How many stations (or services) of a run got each result; index as ChangeResult.
using ChangedCounts = std::array<std::size_t, kChangeResults>;
ChangedCounts count_changed(std::span<const Changed> changed, const std::string& run, bool services);

/// The table `changed`.
Table make_changed_table(std::span<const Changed> changed, const CellNames& names, Evidence weakest);

}  // namespace pishkhan
