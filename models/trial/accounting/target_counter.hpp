#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/station_day/decided_station_day.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/station/station.hpp"
#include "sim/statistics/ratio_verdict.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// Clerk time of a station-day.
struct ClerkTime {
  /// kHoursOfWork of them; at a shared processor, which tells no hours apart, one of the whole day.
  std::span<const HourTally> hours;
  double overtime_s = 0;  ///< handling past the end of a shift
};

/// Of a target that counts visits: adds those of a station-day to its counts, the first, or those of the
/// shifts or hours.
void count_visits(const Target& target, const Visits& visits, const Intervals& doors, double from_s,
                  GoodCount* slots);
/// The same of a mean wait: seconds over visits.
void add_waits(const Target& target, const Visits& visits, const Intervals& doors, double from_s,
               RatioParts* slots);
/// The same of utilization, busy over staffed seconds, and of overtime, seconds over days on which a clerk is
/// on duty. Hours after midnight are the last of the day; one in which clerks only finish is none.
void add_clerk_time(const Target& target, const ClerkTime& time, RatioParts* slots);
/// How the ratios of a target that does not count visits are tested.
RatioRules ratio_rules(const Target& target);

/// Counts the visits that the scenario's targets are about, by station and day.
class TargetCounter {
 public:
  /// All must outlive it.
  TargetCounter(const Scenario& scenario, const Plan::Data& data, Totals& totals);

  /// Adds an observed station-day, not one of the warm-up, to the totals. `tally` is all of its visits';
  /// `time` is empty in an unbroken run, where that of Totals::stations counts.
  void station_day(const Day& day, const DecidedStationDay& decided, const VisitTally& tally,
                   const ClerkTime& time);
  /// The same where the tally alone is known, which needs_visits() must allow.
  void station_day(const Day& day, StationIndex station, const VisitTally& tally);
  /// Whether some target asks for more than the counts of the service level.
  [[nodiscard]] bool needs_visits() const;

 private:
  /// Whether the service level's own counts are the target's.
  [[nodiscard]] bool is_service_level(const Target& target) const;
  [[nodiscard]] std::size_t number_of(const Day& day) const;
  void add_visits(const Target& target, const DecidedStationDay& decided, const VisitTally& tally,
                  const Intervals& doors, GoodCount* slots) const;
  void add_parts(const Target& target, const DecidedStationDay& decided, const Intervals& doors,
                 const ClerkTime& time, RatioParts* slots) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  Totals& totals_;
  /// By target and station: the station's place among those of the target.
  std::vector<std::vector<std::uint32_t>> places_;
};

}  // namespace pishkhan
