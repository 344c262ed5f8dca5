#include "models/trial/trial_audit.hpp"

#include "sim/statistics/audit_day.hpp"

namespace pishkhan {
namespace {

/// One station-day in so many is replayed, by a rule that does not depend on what was observed.
constexpr std::uint32_t kReplayOneIn = 199;
/// Longer station-days (unbroken runs) are not replayed: the auditor is plain and slow.
constexpr std::size_t kReplayAtMost = 4000;

constexpr std::size_t kFailuresKept = 100;

bool balances(const VisitTally& t) {
  return t.arrived == t.served + t.abandoned + t.balked + t.sent_away + t.inside + t.failed;
}

}  // namespace

void TrialAudit::check(bool holds, const std::string& what) {
  ++audit_.checks;
  if (!holds && audit_.failures.size() < kFailuresKept) audit_.failures.push_back(what);
}

std::string TrialAudit::station_name(std::uint32_t station) const {
  if (data_.bare) return scenario_.stations[station].id;
  const Province& province = *scenario_.province;
  return station < data_.offices ? province.offices[station].id
                                 : province.counters[station - data_.offices].id;
}

void TrialAudit::station_day(std::uint32_t station, DayNumber day, const StationRunner& runner,
                             const VisitTally& tally, const ObservationRules& rules) {
  const bool all_counted = rules.from_s <= 0;
  const bool conserved = balances(tally) && (!all_counted || tally.arrived == runner.visits().size());
  ++audit_.checks;
  if (!conserved)
    check(false, station_name(station) + ", day " + std::to_string(day) + ": visits do not balance");
  if (data_.stations[station].cores > 0) return;
  ++audit_.checks;
  if (!runner.little().holds())
    check(false, station_name(station) + ", day " + std::to_string(day) +
                     ": Little's law: integral of the queue " + std::to_string(runner.little().integral_s) +
                     " s, waits " + std::to_string(runner.little().waits_s) + " s");
  const bool drawn = (station * 31u + static_cast<std::uint32_t>(day)) % kReplayOneIn == 0;
  if (drawn && runner.visits().size() <= kReplayAtMost) replay(station, runner);
}

void TrialAudit::replay(std::uint32_t station, const StationRunner& runner) {
  std::size_t clerks = 0;
  for (const auto& group : data_.stations[station].rules->groups)
    clerks += static_cast<std::size_t>(group.clerks);
  const AuditFindings findings = audit_station_day(audit_day(runner.station_day(), runner.visits(), clerks));
  audit_.checks += findings.checks;
  for (const auto& failure : findings.failures) check(false, station_name(station) + ": " + failure);
}

void TrialAudit::redirects(std::uint64_t went_on, std::uint64_t arrived) {
  check(went_on == arrived, std::to_string(went_on) + " citizens went on to another office, " +
                                std::to_string(arrived) + " arrived");
}

void TrialAudit::calls(const CallCounts& counts) {
  const TransactionCounts& t = counts.transactions;
  check(t.balanced() && t.in_flight == 0, std::to_string(t.started) + " transactions began, " +
                                              std::to_string(t.completed + t.failed + t.cancelled) +
                                              " ended");
  check(counts.visits == counts.called && counts.visits + counts.too_late == counts.answered + counts.failed,
        std::to_string(counts.called) + " visits called a system, " + std::to_string(counts.visits) +
            " calls began, " + std::to_string(counts.answered) + " were answered, " +
            std::to_string(counts.failed) + " failed");
  check(t.completed >= counts.answered && t.completed <= counts.visits + counts.web,
        std::to_string(t.completed) + " transactions completed for " + std::to_string(counts.answered) +
            " answers");
}

void TrialAudit::citizens(const TrialResult& result) {
  std::uint64_t by_station = 0, by_service = 0;
  for (const auto& tally : result.stations) by_station += tally.arrived;
  for (std::size_t k = 0; k < result.services.size(); ++k) {
    const bool online = k % kChannels == static_cast<std::size_t>(Channel::online);
    check(balances(result.services[k]),
          "visits of service " + std::to_string(k / kChannels) + " do not balance");
    if (!online) by_service += result.services[k].arrived;
    const CitizenTally& citizens = result.citizens[k];
    check(citizens.created == citizens.completed + citizens.lost + citizens.pending,
          "citizens of service " + std::to_string(k / kChannels) +
              " are not all accounted for: " + std::to_string(citizens.created) + " created, " +
              std::to_string(citizens.completed) + " completed, " + std::to_string(citizens.lost) +
              " lost, " + std::to_string(citizens.pending) + " pending");
  }
  check(by_station == by_service, "visits by station and by service differ");
}

}  // namespace pishkhan
