#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "sim/station/station.hpp"
#include "sim/statistics/day_frame.hpp"
#include "sim/statistics/day_sums.hpp"
#include "sim/statistics/level_histogram.hpp"
#include "sim/statistics/tally.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {

/// What is counted, and where the run's window is.
struct ObservationRules {
  double target_s = 0;  ///< T of the service level
  double from_s = 0;    ///< unbroken runs: visits that arrive earlier are not counted, time before it neither
};

/// The time of an unbroken run to which the visits belong that are observed together: those that are decided
/// in it.
struct ObservedTime {
  double from_s = 0, until_s = kForever;
  std::span<const double> waiting_since_s = {};  ///< arrivals, ascending, of those who wait when it ends
};

/// One station over one replication.
struct StationObservation {
  StationTally tally;
  std::vector<HourTally> hours;  ///< kHoursOfWork of them, or none before anything was observed
  LevelHistogram levels;         ///< of the number waiting, while doors are open
  WaitHistogram waits;           ///< of the served
};

/// Difference found by Little's identity: the integral of the number waiting against the sum of waits.
struct LittleCheck {
  double integral_s = 0, waits_s = 0;
  [[nodiscard]] bool holds() const;
};

/// Adds a day's open hours, and those on duty for the clerks, to the day's hours and tally. `on_shift` is
/// working memory.
void add_time_on_shift(const DayFrame& frame, std::span<const Clerk> clerks, std::vector<int>& on_shift,
                       std::vector<HourTally>& hours, StationTally& tally);

/// Adds a simulated station-day to the observation and returns its visits' tally.
/// `reworked[i]` is nonzero for visits without the papers; `frame` is frame_day of the doors and the
/// groups' shifts, or frame_run. A run can be observed in parts, one after the other; of doors and shifts,
/// the first part has all, and a later one those that end after its first arrival.
class StationObserver {
 public:
  VisitTally observe(const StationDay& station, const DayFrame& frame, const Visits& visits,
                     std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                     StationObservation& into, const ObservedTime& time = {}, StopCheck stop = {});
  [[nodiscard]] const LittleCheck& little() const { return little_; }
  /// Of the last station-day (not of an unbroken run), visit by visit.
  [[nodiscard]] const VisitParts& parts() const { return parts_; }

 private:
  VisitTally tally_day(const StationDay& station, const Visits& visits,
                       std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                       StationObservation& into);
  VisitTally tally_run(const StationDay& station, const Visits& visits,
                       std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                       StationObservation& into);
  void tally_hours(const StationDay& station, const Visits& visits, const Visits& desks, double all_busy_s,
                   StationObservation& into);
  double count_failures(const Visits& visits, double target_s, VisitTally& day);
  const Visits& desk_times(const Visits& visits);
  void find_overtime(const StationDay& station, const Visits& visits, StationObservation& into);
  static void find_overtime_of_run(const StationDay& station, const Visits& visits,
                                   const ObservationRules& rules, StationTally& into);
  std::size_t collect_waiting(const Visits& visits, StopCheck stop);
  std::size_t limit_waiting(const ObservedTime& time, std::size_t count);
  std::span<const Stretch> stretches_within(const DayFrame& frame, const ObservedTime& time);
  void merge_events(std::size_t count);
  template <bool kWindow>
  void follow_queue(std::span<const Stretch> stretches, const ObservationRules& rules,
                    StationObservation& into);

  const Visits no_desks_;
  Visits desks_;  ///< `leave`, `end` and `clerk` of the stretches at desks, where somebody was aside
  // Working memory, kept from day to day.
  std::vector<double> joins_, leaves_, times_;
  std::vector<std::uint32_t> levels_;
  std::vector<Stretch> stretches_;
  VisitParts parts_;
  std::vector<int> on_shift_;     ///< clerks, by group
  std::vector<Clerk> kinds_;      ///< with different shifts
  std::vector<Interval> shared_;  ///< what the clerks' first shifts have in common, their second ...
  LevelHistogram closed_levels_;
  LittleCheck little_;
};

/// Time of a parked visit that no clerk spent on it.
inline double aside_s(const Aside& aside, const Visits& visits) {
  return std::min(aside.resumed_s, visits.end_s[aside.visit]) - aside.parked_s;
}

/// Adds visit i to a tally; what was aside is not known here (subtract_aside).
inline void tally_visit(const Visits& visits, std::size_t i, bool reworked, double target_s,
                        VisitTally& tally) {
  const Outcome outcome = visits.outcome[i];
  const double wait = visits.leave_s[i] - visits.arrival_s[i];
  ++tally.arrived;
  if (outcome == Outcome::served) {
    ++tally.served;
    tally.reworked += reworked;
    tally.in_target += wait <= target_s;
    tally.wait_s += wait;
    tally.wait_joined_s += wait;
    tally.sojourn_s += visits.end_s[i] - visits.arrival_s[i];
    tally.handling_s += visits.end_s[i] - visits.leave_s[i];
    tally.system_s += visits.system_s[i];
    return;
  }
  tally.wait_joined_s += wait;  // 0 for those who balk
  if (outcome == Outcome::failed) {
    ++tally.failed;
    tally.in_target += wait <= target_s;
    tally.failed_s += visits.end_s[i] - visits.leave_s[i];
    return;
  }
  tally.abandoned += outcome == Outcome::abandoned;
  tally.balked += outcome == Outcome::balked;
  tally.sent_away += outcome == Outcome::sent_away;
  if (outcome != Outcome::inside) return;
  ++tally.inside;
  const bool at_desk = visits.end_s[i] > visits.leave_s[i];
  (at_desk ? tally.in_target : tally.waiting_in_target) += wait <= target_s;
}

/// Takes a parked visit's time aside out of the clerk time that tally_visit added.
inline void subtract_aside(const Visits& visits, const Aside& aside, VisitTally& tally) {
  const double seconds = aside_s(aside, visits);
  if (visits.outcome[aside.visit] == Outcome::failed) {
    tally.failed_s -= seconds;
    tally.aside_s += seconds;
  } else {
    tally.handling_s -= seconds;
  }
}

}  // namespace pishkhan
