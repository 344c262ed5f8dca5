#include "models/trial/accounting/trial_audit.hpp"

#include "sim/statistics/audit_day.hpp"

namespace pishkhan {
namespace {

/// One station-day in so many is replayed, by a rule that does not depend on what was observed.
constexpr std::uint32_t kReplayOneIn = 199;
/// Longer station-days (of unbroken runs) are not replayed: the replay is simple and slow.
constexpr std::size_t kReplayAtMost = 4000;

constexpr std::size_t kFailuresKept = 100;

bool balances(const VisitTally& t) {
  return t.arrived == t.served + t.abandoned + t.balked + t.sent_away + t.inside + t.failed;
}

}  // namespace

void TrialAudit::check(bool holds, const std::string& failure) {
  ++verdict_.checks;
  if (!holds && verdict_.failures.size() < kFailuresKept) verdict_.failures.push_back(failure);
}

std::string TrialAudit::name_of(StationIndex station) const {
  const std::size_t i = station.index();
  if (data_.bare) return scenario_.stations[i].id;
  const Province& province = *scenario_.province;
  return i < data_.offices ? province.offices[i].id : province.counters[i - data_.offices].id;
}

void TrialAudit::station_day(const Day& day, StationIndex station, const StationRunner& runner,
                             const VisitTally& tally, const ObservationRules& rules) {
  const bool all_counted = rules.from_s <= 0;
  const bool conserved = balances(tally) && (!all_counted || tally.arrived == runner.visits().size());
  ++verdict_.checks;
  if (!conserved)
    check(false, name_of(station) + ", day " + std::to_string(day.date) + ": visits do not balance");
  if (data_.stations[station.index()].cores > 0) return;
  ++verdict_.checks;
  if (!runner.little().holds()) {
    check(false, name_of(station) + ", day " + std::to_string(day.date) +
                     ": Little's law: integral of the queue " + std::to_string(runner.little().integral_s) +
                     " s, waits " + std::to_string(runner.little().waits_s) + " s");
  }
  const bool drawn = (station.value * 31u + static_cast<std::uint32_t>(day.date)) % kReplayOneIn == 0;
  if (drawn && runner.visits().size() <= kReplayAtMost) replay(station, runner);
}

void TrialAudit::replay(StationIndex station, const StationRunner& runner) {
  std::size_t clerks = 0;
  for (const auto& group : data_.stations[station.index()].rules->groups)
    clerks += static_cast<std::size_t>(group.clerks);
  const AuditFindings findings = audit_station_day(audit_day(runner.station_day(), runner.visits(), clerks));
  verdict_.checks += findings.checks;
  for (const auto& failure : findings.failures) check(false, name_of(station) + ": " + failure);
}

void TrialAudit::redirects(std::uint64_t redirected, std::uint64_t arrived) {
  check(redirected == arrived, std::to_string(redirected) + " citizens went on to another office, " +
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
