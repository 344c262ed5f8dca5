#pragma once
#include "models/plan/plan_data.hpp"
#include "models/trial/joint_day.hpp"
#include "models/trial/station_runner.hpp"
#include "models/trial/trial_result.hpp"

namespace pishkhan {

/// Watches a replication: every station-day is checked for conservation and Little's law, a sample of
/// them replayed by an independent auditor, and at the end every citizen accounted for.
class TrialAudit {
 public:
  TrialAudit(const Scenario& scenario, const Plan::Data& data) : scenario_(scenario), data_(data) {}

  void station_day(std::uint32_t station, DayNumber day, const StationRunner& runner, const VisitTally& tally,
                   const ObservationRules& rules);
  /// Who went on to another office has to arrive there.
  void redirects(std::uint64_t went_on, std::uint64_t arrived);
  /// No transaction is lost, and every visit that came to its call got the answer or failed.
  void calls(const CallCounts& counts);
  void citizens(const TrialResult& result);
  [[nodiscard]] const Audit& verdict() const { return audit_; }
  /// Takes back what came after an earlier verdict.
  void go_back_to(const Audit& earlier) { audit_ = earlier; }

 private:
  void check(bool holds, const std::string& what);
  void replay(std::uint32_t station, const StationRunner& runner);
  [[nodiscard]] std::string station_name(std::uint32_t station) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  Audit audit_;
};

}  // namespace pishkhan
