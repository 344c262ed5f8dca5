#pragma once
#include <algorithm>
#include <cmath>

#include "sim/station/station.hpp"

namespace pishkhan {

// Rules that both methods share, so that they cannot drift apart.

/// Probability of balking with `waiting` before the citizen and `clerks` on shift.
inline double balk_probability(const BalkCurve& curve, double waiting, std::size_t clerks) {
  const auto& points = curve.points;
  if (points.empty()) return 0;
  const double x = !curve.per_clerk ? waiting
                   : clerks == 0    ? kForever
                                    : waiting / static_cast<double>(clerks);
  if (x <= points.front().first) return points.front().second;
  if (x >= points.back().first) return points.back().second;
  std::size_t k = 1;
  while (points[k].first < x) ++k;
  const auto& [x0, y0] = points[k - 1];
  const auto& [x1, y1] = points[k];
  return y0 + (x - x0) / (x1 - x0) * (y1 - y0);
}

/// Whether two clerks have the same shifts.
inline bool same_shifts(const Clerk& a, const Clerk& b) {
  return (a.shifts.data() == b.shifts.data() && a.shifts.size() == b.shifts.size()) ||
         std::equal(a.shifts.begin(), a.shifts.end(), b.shifts.begin(), b.shifts.end());
}

/// Whether citizens may enter at time t.
inline bool doors_open(const StationDay& station, double t) {
  return std::any_of(station.doors.begin(), station.doors.end(),
                     [t](const Interval& door) { return door.from_s <= t && t < door.to_s; });
}

/// Whether the clerk, after shift number `shift`, goes on for citizens who came in during doors[door]:
/// one of the shifts so far met the closing of those doors or of later ones.
inline bool stays(const StationDay& station, const Clerk& clerk, std::size_t shift, std::size_t door) {
  if (station.at_closing != AtClosing::serve_out) return false;
  for (std::size_t j = 0; j <= shift; ++j) {
    for (std::size_t k = door; k < station.doors.size(); ++k) {
      const double closing = station.doors[k].to_s;
      if (clerk.shifts[j].from_s < closing && closing <= clerk.shifts[j].to_s) return true;
    }
  }
  return false;
}

/// When citizens who came in during doors[door] have to leave unserved: at closing where they are sent
/// away; where the queue is served out, only if nobody able stays, when the last of the able has gone.
/// `clerks`: of each skill set and shifts at least one.
inline double leave_limit(const StationDay& station, std::span<const Clerk> clerks, std::size_t door,
                          SkillMask able) {
  double limit = station.doors[door].to_s;
  if (station.at_closing != AtClosing::serve_out) return limit;
  for (const auto& clerk : clerks) {
    if (clerk.shifts.empty() || !(able >> clerk.skill_set & 1)) continue;
    if (stays(station, clerk, clerk.shifts.size() - 1, door)) return kForever;
    limit = std::max(limit, clerk.shifts.back().to_s);
  }
  return limit;
}

/// Time at the desk: human time at the clerk's speed, and the system's.
inline double handling_time(const Visits& visits, std::size_t i, const Clerk& clerk) {
  return visits.human_s[i] / clerk.speed + visits.system_s[i];
}

/// `waiting` counts those before the citizen in the room, `on_shift` the clerks on shift at the arrival.
inline bool wants_to_balk(const StationDay& station, const Visits& visits, std::size_t i, std::size_t waiting,
                          std::size_t on_shift) {
  if (waiting >= station.room) return true;
  if (station.balking.points.empty()) return false;
  return visits.balk[i] < balk_probability(station.balking, static_cast<double>(waiting), on_shift);
}

inline void record_served(Visits& visits, std::size_t i, const Clerk& clerk, double start) {
  visits.leave_s[i] = start;
  visits.end_s[i] = start + handling_time(visits, i, clerk);
  visits.outcome[i] = Outcome::served;
  visits.clerk[i] = clerk.number;
}

inline void record_unserved(Visits& visits, std::size_t i, Outcome outcome, double when) {
  visits.leave_s[i] = visits.end_s[i] = when;
  visits.outcome[i] = outcome;
  visits.clerk[i] = kNoClerk;
}

/// At the end of an unbroken run, whoever is still at a desk is inside.
inline void mark_inside(const StationDay& station, Visits& visits) {
  if (station.at_closing != AtClosing::stop) return;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits.outcome[i] == Outcome::served && visits.end_s[i] > station.doors.back().to_s)
      visits.outcome[i] = Outcome::inside;
  }
}

}  // namespace pishkhan
