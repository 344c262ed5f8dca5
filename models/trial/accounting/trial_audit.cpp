#include "models/trial/accounting/trial_audit.hpp"

#include <algorithm>
#include <cmath>

#include "sim/statistics/audit_day.hpp"

namespace pishkhan {
namespace {

/// One station-day in so many is replayed, chosen by a rule that does not depend on what was observed.
constexpr std::uint32_t kReplayOneIn = 199;
/// Longer station-days (of unbroken runs) are not replayed: the replay is simple and slow.
constexpr std::size_t kReplayAtMost = 4000;
/// The same for visits and shifts, times clerks.
constexpr std::size_t kReplayPairsAtMost = 400'000;
/// The same for openings of the doors, times shifts.
constexpr std::size_t kReplayHoursAtMost = 1000;

constexpr std::size_t kFailuresKept = 100;

/// Whether a sum is at most its bound, apart from rounding.
bool at_most(double sum, double bound) { return sum <= bound * (1 + 1e-9) + 1e-6; }

bool balances(const VisitTally& t) {
  return t.arrived == t.served + t.abandoned + t.balked + t.sent_away + t.inside + t.failed;
}

}  // namespace

void TrialAudit::check(bool holds, const std::string& failure) {
  ++verdict_.checks;
  if (!holds) fail(failure);
}

void TrialAudit::fail(const std::string& failure) {
  if (verdict_.failures.size() < kFailuresKept) verdict_.failures.push_back(failure);
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
  if (!conserved) fail(name_of(station) + ", day " + std::to_string(day.date) + ": visits do not balance");
  if (data_.stations[station.index()].cores > 0) return;
  check_little(day, station, runner.little());
  if (replays(day, station) && is_short(runner) && runner.is_complete() &&
      !data_.stations[station.index()].unlimited)
    replay(station, runner);
}

void TrialAudit::check_little(const Day& day, StationIndex station, const LittleCheck& little) {
  ++verdict_.checks;
  if (little.holds()) return;
  fail(name_of(station) + ", day " + std::to_string(day.date) + ": Little's law: integral of the queue " +
       std::to_string(little.integral_s) + " s, waits " + std::to_string(little.waits_s) + " s");
}

bool TrialAudit::replays(const Day& day, StationIndex station) const {
  return day_word(data_.stations[station.index()].key, day.date) % kReplayOneIn == 0;
}

void TrialAudit::lane_day(const Day& day, StationIndex station, const LaneDay& found, StationRunner* twin,
                          const ObservationRules& rules) {
  const std::string name = name_of(station) + ", day " + std::to_string(day.date);
  ++verdict_.checks;
  if (!balances(found.tally)) fail(name + ": visits do not balance");
  check_little(day, station, found.little);
  if (twin == nullptr) return;
  StationObservation observed;
  twin->observe(rules, observed);
  observed.tally.days = found.tally.days;
  if (!(observed.tally == found.tally && observed.hours == found.hours))
    fail(name + ": decided side by side with other days, it differs from the day by itself");
  if (is_short(*twin)) replay(station, *twin);
}

bool TrialAudit::is_short(const StationRunner& runner) {
  const std::size_t visits = runner.visits().size();
  const std::span<const Clerk> clerks = runner.station_day().clerks;
  std::size_t most_shifts = 0;
  for (const Clerk& clerk : clerks) most_shifts = std::max(most_shifts, clerk.shifts.size());
  return runner.station_day().doors.size() * most_shifts <= kReplayHoursAtMost && visits <= kReplayAtMost &&
         (visits + most_shifts) * clerks.size() <= kReplayPairsAtMost;
}

void TrialAudit::replay(StationIndex station, const StationRunner& runner) {
  std::size_t clerks = 0;
  for (const auto& group : data_.stations[station.index()].rules->groups)
    clerks += static_cast<std::size_t>(group.clerks);
  const AuditFindings findings =
      audit_station_day(audit_day(runner.station_day(), runner.visits(), clerks), stop_);
  verdict_.checks += findings.checks;
  for (const auto& failure : findings.failures) fail(name_of(station) + ": " + failure);
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

void TrialAudit::result(const TrialResult& result, bool coupled) {
  citizens(result);
  stations(result);
  if (coupled) backbone(result);
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
  if (data_.bare) return;
  std::uint64_t by_place = 0, by_way = 0, metres = 0, metres_by_service = 0;
  for (const TripCount& trips : result.trips) {
    by_place += trips.visits;
    metres += std::uint64_t{trips.visits} * trips.metres;
  }
  for (const TravelResult& travel : result.service_travel) {
    by_way += travel.km.unpack().count();
    for (const std::uint64_t of_kind : travel.metres) metres_by_service += of_kind;
  }
  check(by_place == by_station && by_way == by_station,
        "visits by station, by place and station, and by length of the way differ");
  check(metres == metres_by_service, "metres by place and by service differ");
  given(result);
  slots(result);
}

void TrialAudit::appointments(const Plan::Data::AppointmentRow& of, const AppointmentBook& book) {
  const std::uint64_t ended = book.all_came + book.all_stayed_away + book.all_shut;
  check(book.all_booked == ended + book.booked.size(),
        name_of(StationIndex(of.station)) + ": " + std::to_string(book.all_booked) + " slots were booked, " +
            std::to_string(ended) + " are over, " + std::to_string(book.booked.size()) + " to come");
}

void TrialAudit::slots(const TrialResult& result) {
  for (std::size_t row = 0; row < result.appointments.size(); ++row) {
    const AppointmentCounts& counts = result.appointments[row].counts;
    const VisitTally& booked = result.appointments[row].booked;
    const std::string name = name_of(StationIndex(data_.appointments[row].station));
    check(counts.used + counts.no_shows + counts.shut <= counts.offered,
          name + ": more slots are taken than " + std::to_string(counts.offered));
    check(counts.wanted == counts.booked + counts.without_slot && counts.not_yet <= counts.booked,
          name + ": citizens who want a slot are not all accounted for");
    check(balances(booked) && booked.arrived == counts.used, name + ": in " + std::to_string(counts.used) +
                                                                 " slots " + std::to_string(booked.arrived) +
                                                                 " citizens came");
  }
}

void TrialAudit::given(const TrialResult& result) {
  std::vector<std::uint64_t> by_station(result.services.size(), 0);
  for (const GivenCount& count : result.given) {
    const auto channel = static_cast<std::size_t>(data_.stations[count.station].channel);
    by_station[count.service * kChannels + channel] += count.visits;
  }
  bool agree = true;
  for (std::size_t k = 0; k < by_station.size(); ++k) {
    const bool online = k % kChannels == static_cast<std::size_t>(Channel::online);
    agree &= online || by_station[k] == result.services[k].served - result.services[k].reworked;
  }
  check(agree, "services given by station and by service differ");
}

void TrialAudit::stations(const TrialResult& result) {
  for (std::size_t s = 0; s < result.stations.size(); ++s) {
    const StationIndex station(s);
    const StationPlan& plan = data_.stations[s];
    const StationTally& tally = result.stations[s];
    const bool possible = tally.in_target + tally.waiting_in_target <= tally.arrived - tally.balked &&
                          tally.reworked <= tally.served && std::isfinite(tally.wait_joined_s) &&
                          std::isfinite(tally.sojourn_s) && at_most(tally.waiting_s, tally.busy_s) &&
                          at_most(tally.overtime_s, tally.staffed_s) &&
                          at_most(tally.busy_s, tally.staffed_s);
    ++verdict_.checks;
    if (!possible) {
      fail(name_of(station) + ": clerks are busy for " + std::to_string(tally.busy_s) + " s of " +
           std::to_string(tally.staffed_s) + " s, or another share or time is impossible");
    }
    // What a shared processor does is not divided by hours.
    if (plan.cores == 0 && !result.station_hours.empty())
      hours(station, std::span(result.station_hours).subspan(s * kHoursOfWork, kHoursOfWork));
  }
}

/// The stations' sum is of visits, the parts are of tries, each rounded to a tick of TimeSum.
void TrialAudit::waiting(const TrialResult& result) {
  const CallTally& calls = result.calls;
  if (calls.lost_clerk_s.empty()) return;  // calls are not simulated
  double waiting_s = 0, parts_s = calls.unloaded_s;
  for (const StationTally& station : result.stations) waiting_s += station.waiting_s;
  for (const auto& agency : calls.lost_clerk_s)
    for (const LostClerkTime& lost : agency) parts_s += lost.waiting_s;
  const auto tries = static_cast<double>(calls.backbone.counts.started + calls.backbone.counts.refused);
  constexpr double kRoundingOfTry_s = 4 * 0x1p-17;
  check(std::fabs(waiting_s - parts_s) <= kRoundingOfTry_s * (1 + tries),
        "clerks wait for systems for " + std::to_string(waiting_s) + " s, and its parts are " +
            std::to_string(parts_s) + " s");
}

void TrialAudit::backbone(const TrialResult& result) {
  const CallTally& calls = result.calls;
  waiting(result);
  const double counted_s = (scenario_.run.days - scenario_.run.warm_up_days) * kSecondsPerDay;
  const auto check_time = [this](double busy_s, double most_s, const std::string& what) {
    check(at_most(busy_s, most_s),
          what + " for " + std::to_string(busy_s) + " s of " + std::to_string(most_s) + " s");
  };
  for (std::size_t i = 0; i < calls.backbone.systems.size(); ++i) {
    const SystemTally& system = calls.backbone.systems[i];
    const std::string name = "the system of " + scenario_.province->agencies[i].id;
    check_time(system.busy_core_s, system.core_s, name + " has its cores busy");
    check_time(system.down_s, counted_s, name + " is down");
  }
  for (std::size_t i = 0; i < calls.backbone.link_kinds.size(); ++i) {
    const LinkTally& kind = calls.backbone.link_kinds[i];
    const std::string name = "links of kind " + std::to_string(i);
    const bool of_the_web = i + 1 == calls.backbone.link_kinds.size();  // a line for each call
    if (!of_the_web) check_time(kind.busy_s, 2 * kind.watched_s, name + " are busy");
    check_time(kind.down_s, static_cast<double>(kind.links) * counted_s, name + " are down");
  }
}

/// All that comes late is counted in the last hour.
void TrialAudit::hours(StationIndex station, std::span<const HourTally> hours) {
  const double most_s = clerk_days(station) * kSecondsPerHour;
  for (std::size_t hour = 0; hour < hours.size(); ++hour) {
    const HourTally& tally = hours[hour];
    const bool possible = tally.served <= tally.joined && tally.in_target <= tally.joined &&
                          tally.joined <= tally.arrived && at_most(tally.busy_s, tally.staffed_s) &&
                          (hour + 1 == hours.size() || at_most(tally.staffed_s, most_s));
    ++verdict_.checks;
    if (possible) continue;
    fail(name_of(station) + ", hour " + std::to_string(hour) + ": clerks are busy for " +
         std::to_string(tally.busy_s) + " s of " + std::to_string(tally.staffed_s) + " s on shift, " +
         std::to_string(most_s) + " s at most");
  }
}

/// Clerks of the station, added up over all counted days.
double TrialAudit::clerk_days(StationIndex station) const {
  const Run& run = scenario_.run;
  const DayNumber begin = run.start + run.warm_up_days, end = run.start + run.days;
  double sum = 0;
  for (const ClerkGroup& group : data_.stations[station.index()].rules->groups) {
    const DayNumber from = std::max(begin, group.from_day), until = std::min(end, group.until_day);
    if (from < until) sum += static_cast<double>(group.clerks) * (until - from);
  }
  return sum;
}

}  // namespace pishkhan
