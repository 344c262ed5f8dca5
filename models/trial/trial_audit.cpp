#include "models/trial/trial_audit.hpp"

#include "sim/statistics/audit.hpp"

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
  return station < data_.offices ? province.offices[station].id : province.counters[station - data_.offices].id;
}

void TrialAudit::station_day(std::uint32_t station, DayNumber day, const StationRunner& runner,
                             const VisitTally& tally, const ObservationRules& rules) {
  const bool all_counted = rules.from_s <= 0;
  const bool conserved = balances(tally) && (!all_counted || tally.arrived == runner.visits().size());
  ++audit_.checks;
  if (!conserved) check(false, station_name(station) + ", day " + std::to_string(day) + ": visits do not balance");
  if (data_.stations[station].cores > 0) return;
  ++audit_.checks;
  if (!runner.little().holds())
    check(false, station_name(station) + ", day " + std::to_string(day) + ": Little's law: integral of the queue " +
                     std::to_string(runner.little().integral_s) + " s, waits " +
                     std::to_string(runner.little().waits_s) + " s");
  const bool drawn = (station * 31u + static_cast<std::uint32_t>(day)) % kReplayOneIn == 0;
  if (drawn && runner.visits().size() <= kReplayAtMost) replay(station, runner);
}

void TrialAudit::replay(std::uint32_t station, const StationRunner& runner) {
  const StationDay& from = runner.station_day();
  const Visits& visits = runner.visits();
  const StationPlan& plan = data_.stations[station];
  AuditDay day;
  day.doors.assign(from.doors.begin(), from.doors.end());
  day.closing = from.at_closing == AtClosing::serve_out   ? AuditClosing::serve_out
                : from.at_closing == AtClosing::send_away ? AuditClosing::send_away
                                                          : AuditClosing::stop;
  if (from.room != UINT32_MAX) day.room = from.room;
  day.may_balk = !from.balking.points.empty();
  std::size_t clerks = 0;
  for (const auto& group : plan.rules->groups) clerks += static_cast<std::size_t>(group.clerks);
  day.clerks.resize(clerks);
  for (const auto& clerk : from.clerks) {
    day.clerks[clerk.number].shifts.assign(clerk.shifts.begin(), clerk.shifts.end());
    for (const GroupMask able : from.able) day.clerks[clerk.number].skills.push_back(able >> clerk.group & 1);
  }
  day.visits.reserve(visits.size());
  for (std::size_t i = 0; i < visits.size(); ++i) {
    AuditVisit visit;
    visit.arrival_s = visits.arrival[i];
    visit.gives_up_s = visits.arrival[i] + visits.patience[i];
    if (visits.clerk[i] != kNoClerk) visit.start_s = visits.leave[i];
    visit.leave_s = visits.end[i];
    visit.outcome = visits.outcome[i];
    visit.clerk = visits.clerk[i];
    visit.priority = plan.priorities ? visits.priority[i] : 0;
    visit.service = visits.service[i];
    day.visits.push_back(visit);
  }
  const AuditFindings findings = audit_station_day(day);
  audit_.checks += findings.checks;
  for (const auto& failure : findings.failures) check(false, station_name(station) + ": " + failure);
}

void TrialAudit::redirects(std::uint64_t went_on, std::uint64_t arrived) {
  check(went_on == arrived,
        std::to_string(went_on) + " citizens went on to another office, " + std::to_string(arrived) + " arrived");
}

void TrialAudit::transactions(const TransactionCounts& counts, std::uint64_t visits_that_call) {
  check(counts.balanced() && counts.in_flight == 0 && counts.completed == visits_that_call,
        std::to_string(visits_that_call) + " visits called a system, " + std::to_string(counts.started) +
            " transactions began, " + std::to_string(counts.completed) + " were completed");
}

void TrialAudit::citizens(const TrialResult& result) {
  std::uint64_t by_station = 0, by_service = 0;
  for (const auto& tally : result.stations) by_station += tally.arrived;
  for (std::size_t k = 0; k < result.services.size(); ++k) {
    const bool online = k % kChannels == static_cast<std::size_t>(Channel::online);
    check(balances(result.services[k]), "visits of service " + std::to_string(k / kChannels) + " do not balance");
    if (!online) by_service += result.services[k].arrived;
    const CitizenTally& citizens = result.citizens[k];
    check(citizens.created == citizens.completed + citizens.lost + citizens.pending,
          "citizens of service " + std::to_string(k / kChannels) + " are not all accounted for: " +
              std::to_string(citizens.created) + " created, " + std::to_string(citizens.completed) + " completed, " +
              std::to_string(citizens.lost) + " lost, " + std::to_string(citizens.pending) + " pending");
  }
  check(by_station == by_service, "visits by station and by service differ");
}

}  // namespace pishkhan
