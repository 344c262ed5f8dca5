#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
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

/// Of a target, and of stations of one kind: how many rows of the table `targets` have each verdict. A row is
/// a station, or a station in one month, day, shift or hour.
struct TargetCount {
  std::string target, stations;  ///< offices, counters or stations
  std::string period;            ///< whole, month, day, shift or hour
  TargetKind kind = TargetKind::share;
  double goal = 0;      ///< a share, or seconds
  double within_s = 0;  ///< of a share or percentile
  TargetOf of_visits = TargetOf::joined;
  bool left_is_late = true;
  std::array<std::size_t, kStandings> of{};

  [[nodiscard]] std::size_t operator[](Standing standing) const {
    return of[static_cast<std::size_t>(standing)];
  }
  /// Rows with a verdict.
  [[nodiscard]] std::size_t judged() const;
  [[nodiscard]] bool is_of_whole() const { return period == "whole"; }
};

struct StationVerdicts {
  std::vector<TargetCount> counts;  ///< in the order of the table
  /// By the main target of the station's kind: the worst of its rows, and the row where there is one alone.
  std::map<std::string, Standing> of_station;
  std::map<std::string, std::size_t> row_of_station;

  /// The target by which stations of a kind are ranked and coloured, and of which the headline speaks: their
  /// first over the whole run, else their first. Null without one.
  [[nodiscard]] const TargetCount* main_target(std::string_view stations) const;
};

/// From the table `targets`; empty without it.
StationVerdicts read_verdicts(const PageSource& source);

/// Which visits a target counts, and as what: joined, served, or left_in_time.
std::string_view visits_asked(const TargetCount& target);
/// Whether it asks for a share in time, at least.
bool asks_for_share(const TargetCount& target);

/// Whether a target asks for the service level: the same share of the same visits.
bool asks_for_service_level(const TargetCount& target, const Scenario& scenario);

/// A run's tables, those of stations with the share that their verdicts are about: `in_time` of the main
/// target, where that is one of shares in time, with the interval of the table `targets`. It takes the place
/// of `service_level` where it is the same share, and else stands before it.
class JudgedSource {
 public:
  JudgedSource(const PageSource& source, const StationVerdicts& verdicts);
  [[nodiscard]] const PageSource& get() const { return source_; }

 private:
  PageSource source_;
  std::list<Table> changed_;
};

}  // namespace pishkhan::page
