#pragma once
#include <array>
#include <span>
#include <vector>

#include "sim/lanes/arrival_rows.hpp"
#include "sim/lanes/edge_rows.hpp"
#include "sim/lanes/level_rows.hpp"
#include "sim/lanes/wait_bins.hpp"
#include "sim/statistics/station_observer.hpp"

namespace pishkhan {

/// A day of a station, observed.
struct LaneDay {
  StationTally tally;            ///< without the time on shift, open time, queue_max and numbers of days
  std::vector<HourTally> hours;  ///< kHoursOfWork of them, without the time on shift and open time
  LittleCheck little;            ///< while the doors were open
};

/// Simulates and observes eight days of a station side by side: what simulate_station and StationObserver
/// find for each of them, to the last bit.
class LaneDays {
 public:
  /// This processor must have the instruction set; all give the same.
  explicit LaneDays(InstructionSet set = best_instruction_set()) : set_(set) {}

  std::array<LaneVisits, kLanes> visits;  ///< to be filled first

  /// Puts the visits in order. The caller then sets rows().arrival of all rows, by arrive() or otherwise,
  /// those without a visit in a lane to kNeverTick.
  void sort();
  void arrive(const std::array<std::span<const ArrivalPiece>, kLanes>& curves) {
    set_arrivals(set_, curves, rows_);
  }
  [[nodiscard]] VisitRows& rows() { return rows_; }
  /// False, and nothing is observed, if some time lies beyond the next day's noon.
  bool simulate(const LaneRules& rules);
  /// Adds the days to the station's histograms, and fills `days`, of the first lanes. Of the histogram of the
  /// queue, the time with nobody waiting still lacks the whole open time, which the caller adds.
  void observe(const LaneRules& rules, std::span<LaneDay* const> days, StationObservation& into);
  /// Adds the waits that were observed since the last call.
  void add_waits(WaitHistogram& into) { bins_.move_to(into); }

 private:
  void find_edges(const LaneRules& rules);
  void tally_lane(const LaneRules& rules, std::size_t lane, LaneDay& into) const;
  void tally_hours(const LaneRules& rules, std::size_t lane, LaneDay& into) const;
  void add_levels(LevelHistogram& into) const;

  InstructionSet set_;
  VisitSorter sorter_;
  VisitRows rows_;
  QueueRows queue_;
  LevelTimes levels_;
  EdgeSums edges_;
  WaitBins bins_;
  std::vector<Tick> moments_;  ///< the ends of the hours from first_hour_ on, then those of doors and shift
  std::size_t first_hour_ = 0, hours_ = 0;
};

}  // namespace pishkhan
