#pragma once
#include <vector>

#include "models/trial/accounting/follow_up.hpp"
#include "models/trial/accounting/observed_counter.hpp"
#include "models/trial/accounting/target_counter.hpp"
#include "models/trial/accounting/trial_audit.hpp"
#include "models/trial/accounting/visit_writer.hpp"
#include "models/trial/station_day/decided_station_day.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"

namespace pishkhan {

/// Accounts for what was decided: adds it to the totals, audits it, writes visits, and settles what becomes
/// of the citizens.
class Accounting {
 public:
  /// All must outlive it.
  Accounting(const Scenario& scenario, const Plan::Data& data, DrawKey key, const VisitSink& visits,
             Totals& totals, StopCheck stop);

  /// Accounts for a station-day of a province. Attempts that its citizens will make on a later day are added
  /// to `pending`.
  void province_station_day(const Day& day, const DecidedStationDay& decided, std::vector<Attempt>& pending);
  /// The same for a bare station.
  void bare_station_day(const Day& day, const DecidedStationDay& decided, std::vector<Attempt>& pending);
  /// The same for a counted day of a bare station that was decided side by side with others, where
  /// takes_lanes(). `twin` as TrialAudit::lane_day has it.
  void bare_lane_day(const Day& day, StationIndex station, const LaneDay& found, StationRunner* twin);
  /// Whether all that is asked for can be told from LaneDay.
  [[nodiscard]] bool takes_lanes() const;
  /// Whether the audit replays the station-day.
  [[nodiscard]] bool replays(const Day& day, StationIndex station) const {
    return audit_.replays(day, station);
  }
  /// Turns an online attempt that was counted as a success into one that failed.
  void fail_online(const Day& day, const Attempt& attempt);
  /// Writes a day's online attempts.
  void write_online(const Day& day, std::span<const Attempt> attempts) { writer_.online(day, attempts); }
  void count_lost(const Attempt& attempt) { follow_up_.count_lost(attempt); }

  /// Counts the citizens whose attempts are pending: they are not made before the run ends.
  void count_pending();
  /// Forgets what was observed of the warm-up days that were simulated together.
  void end_stretch() { warm_up_observation_ = {}; }
  /// Ends the replication: citizens with pending attempts are counted, the result is completed and audited.
  TrialResult close(bool coupled);
  /// The same without the audit of the whole result, of which this may be a part: as Totals::only says.
  TrialResult close_part();

 private:
  void complete();
  void complete_given();
  void complete_appointments();
  void count_not_yet();
  VisitTally observe(const Day& day, const DecidedStationDay& decided);
  VisitTally observe_counted(const Day& day, const DecidedStationDay& decided);
  void add_waits(Channel channel, const DecidedStationDay& decided);
  void add_classes(Channel channel, const DecidedStationDay& decided);
  [[nodiscard]] double target_of(const StationPlan& plan, const Attempt& attempt) const;
  [[nodiscard]] VisitTally& of_stream(StationIndex station, std::size_t stream);
  void add_citizens_of_one_trip(StationIndex station, const VisitTally& tally);
  void add_appointments(const Day& day, const DecidedStationDay& decided);

  const Scenario& scenario_;
  const Plan::Data& data_;
  Totals& totals_;
  ObservationRules rules_;
  StopCheck stop_;
  FollowUp follow_up_;
  TargetCounter target_counter_;
  ObservedCounter observed_counter_;
  TrialAudit audit_;
  VisitWriter writer_;
  bool writes_visits_;
  // Warm-up days are observed too, for the audit. Nothing of that enters the result.
  StationObservation warm_up_observation_;
  ServiceTotals warm_up_services_;
  std::vector<std::uint32_t> warm_up_given_;  ///< by service
  PeriodBook periods_;
  // Working memory, kept from day to day.
  std::vector<HourTally> day_hours_;  ///< of the counted station-day; none in an unbroken run
  double day_overtime_s_ = 0;
  std::vector<std::uint32_t> of_class_;    ///< visits of citizens of a class
  std::vector<VisitTally> class_tallies_;  ///< by class
};

}  // namespace pishkhan
