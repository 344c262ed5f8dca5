#include "sim/statistics/audit_day.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

AuditVisit audit_visit(const StationDay& station, const Visits& visits, std::size_t i) {
  AuditVisit visit;
  visit.arrival_s = visits.arrival_s[i];
  visit.gives_up_s = visits.arrival_s[i] + visits.patience_s[i];
  if (visits.clerk[i] != kNoClerk) visit.start_s = visits.leave_s[i];
  visit.leave_s = visits.end_s[i];
  visit.outcome = visits.outcome[i];
  visit.clerk = visits.clerk[i];
  visit.priority = station.priorities ? visits.priority[i] : 0;
  // To the auditor who booked wants another service, which kept clerks give too.
  const bool booked = !visits.booked.empty() && visits.booked[i] != 0;
  visit.service = visits.service[i];
  if (booked) visit.service += static_cast<std::uint32_t>(station.able.size());
  return visit;
}

/// A visit with time aside is two to the auditor: what came before, and what the recall began.
void part(const Aside& aside, AuditDay& day) {
  AuditVisit& before = day.visits[aside.visit];
  AuditVisit rest = before;
  before.leave_s = aside.parked_s;
  before.steps_aside = true;
  if (aside.recalled_s == kForever) return;
  rest.recalled = true;
  rest.entered_s = before.arrival_s;
  rest.arrival_s = aside.recalled_s;
  rest.gives_up_s = kForever;
  const bool resumed = aside.resumed_s < kForever;
  rest.start_s = resumed ? aside.resumed_s : std::numeric_limits<double>::quiet_NaN();
  rest.clerk = resumed ? aside.clerk : AuditVisit::kNobody;
  day.visits.push_back(rest);
}

}  // namespace

AuditDay audit_day(const StationDay& station, const Visits& visits, std::size_t clerks) {
  AuditDay day;
  day.doors.assign(station.doors.begin(), station.doors.end());
  day.closing = station.at_closing == AtClosing::serve_out   ? AuditClosing::serve_out
                : station.at_closing == AtClosing::send_away ? AuditClosing::send_away
                                                             : AuditClosing::stop;
  day.serve_out_at_most_s = station.serve_out_at_most_s;
  day.ends_s = station.ends_s;
  if (station.room != UINT32_MAX) day.room = station.room;
  day.room_for_all = station.room_for_all;
  day.finishing_counts = station.finishing_counts;
  day.may_balk = !station.balking.points.empty();
  day.clerks.resize(clerks);
  for (const auto& clerk : station.clerks) {
    day.clerks[clerk.number].shifts.assign(clerk.shifts.begin(), clerk.shifts.end());
    for (const SkillMask able : station.able)
      day.clerks[clerk.number].skills.push_back((able & ~station.kept) >> clerk.skill_set & 1);
    for (std::size_t k = 0; station.kept != 0 && k < station.able.size(); ++k)
      day.clerks[clerk.number].skills.push_back(station.able[k] >> clerk.skill_set & 1);
  }
  for (std::size_t i = 0; i < visits.size(); ++i) day.visits.push_back(audit_visit(station, visits, i));
  std::vector<Aside> asides = visits.asides;
  std::sort(asides.begin(), asides.end(), [](const Aside& a, const Aside& b) { return a.visit < b.visit; });
  for (const Aside& aside : asides) part(aside, day);
  if (!asides.empty()) {
    std::stable_sort(day.visits.begin(), day.visits.end(),
                     [](const AuditVisit& a, const AuditVisit& b) { return a.arrival_s < b.arrival_s; });
  }
  return day;
}

}  // namespace pishkhan
