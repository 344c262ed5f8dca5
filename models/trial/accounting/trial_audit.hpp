#pragma once
#include "models/plan/plan_data.hpp"
#include "models/trial/station_day/station_runner.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/lanes/lane_days.hpp"

namespace pishkhan {

/// Audits a replication: every station-day is checked for conservation of visits and for Little's law, a
/// sample of them is replayed by an independent simulation, and at the end every citizen and every call is
/// accounted for, and what is reported of stations is within its bounds.
class TrialAudit {
 public:
  /// Checks are counted, and failures written, in `verdict`. All must outlive it.
  TrialAudit(const Scenario& scenario, const Plan::Data& data, Audit& verdict, StopCheck stop)
      : scenario_(scenario), data_(data), verdict_(verdict), stop_(stop) {}

  /// Audits a decided station-day that was observed by the rules; `tally` is the observation's.
  void station_day(const Day& day, StationIndex station, const StationRunner& runner, const VisitTally& tally,
                   const ObservationRules& rules);
  /// The same of a day that was decided side by side with others. `twin` has decided it by itself where
  /// replays() says so, and is null elsewhere.
  void lane_day(const Day& day, StationIndex station, const LaneDay& found, StationRunner* twin,
                const ObservationRules& rules);
  /// Whether the station-day is one of those that are replayed.
  [[nodiscard]] bool replays(const Day& day, StationIndex station) const;
  /// Every citizen who was redirected arrives at the next office.
  void redirects(std::uint64_t redirected, std::uint64_t arrived);
  /// No transaction is lost, and every visit that began its call was answered or failed.
  void calls(const CallCounts& counts);
  /// Of a whole run: who booked came, stayed away, found nobody on duty or is still to come.
  void appointments(const Plan::Data::AppointmentRow& of, const AppointmentBook& book);
  /// All that a completed result shows by itself.
  void result(const TrialResult& result, bool coupled);
  /// What is reported of stations is possible: shares are at most 1, and no clerk works more than an hour in
  /// an hour.
  void stations(const TrialResult& result);

 private:
  void citizens(const TrialResult& result);
  void given(const TrialResult& result);
  /// No slot is used twice, and who came in a slot is a visit of somebody who booked.
  void slots(const TrialResult& result);
  /// No system or link works, or is down, for more than the time there is, and clerks' waiting for systems is
  /// what unloaded calls take and what is lost.
  void backbone(const TrialResult& result);
  void waiting(const TrialResult& result);
  void hours(StationIndex station, std::span<const HourTally> hours);
  [[nodiscard]] double clerk_days(StationIndex station) const;
  void check(bool holds, const std::string& failure);
  void check_little(const Day& day, StationIndex station, const LittleCheck& little);
  /// Of a check that was counted.
  void fail(const std::string& failure);
  /// Whether a replay of the station-day is quick.
  static bool is_short(const StationRunner& runner);
  void replay(StationIndex station, const StationRunner& runner);
  [[nodiscard]] std::string name_of(StationIndex station) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  Audit& verdict_;
  StopCheck stop_;
};

}  // namespace pishkhan
