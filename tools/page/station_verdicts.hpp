#pragma once
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/page/page_source.hpp"

namespace pishkhan::page {

/// What is known of a station and a target, worst first. `none` where nothing is judged, as with one
/// replication.
enum class Standing : std::uint8_t { missed, undecided, at_target, met, none };
inline constexpr std::size_t kStandings = 5;
std::string_view to_string(Standing standing);

/// Of a target, and of stations of one kind: how many rows of the table `targets` have each verdict.
struct TargetCount {
  std::string target, stations;  ///< offices, counters or stations
  std::string period;            ///< whole, month, day, shift or hour
  double goal = 0;               ///< share
  double within_s = 0;
  std::array<std::size_t, kStandings> of{};

  [[nodiscard]] std::size_t operator[](Standing standing) const {
    return of[static_cast<std::size_t>(standing)];
  }
};

struct StationVerdicts {
  /// Row of the table `targets` for the target that `service_level` asks for, over the whole run. Its share
  /// is the service level of the station, with the interval that the verdict rests on.
  std::map<std::string, std::size_t> row_of_station;
  std::vector<TargetCount> counts;             ///< in the order of the table
  std::map<std::string, Standing> of_station;  ///< the worst of its rows
};

/// From the table `targets`; empty without it.
StationVerdicts read_verdicts(const PageSource& source);

}  // namespace pishkhan::page
