#pragma once
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "sim/station/station.hpp"

namespace pishkhan {

// Rules that all methods share, so that they cannot come to differ.

/// Probability of balking with `waiting` before the customer. `clerks` counts those on shift or, before a
/// shift and in a break of all, those whom the next shift brings; it is 0 when none will come any more.
inline double balk_probability(const BalkCurve& curve, double waiting, std::size_t clerks) {
  const auto& points = curve.points;
  if (points.empty()) return 0;
  const double x = !curve.per_clerk || waiting <= 0 ? waiting
                   : clerks == 0                    ? kForever
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

/// Replaces `kinds` by one clerk of each run of clerks with the same shifts.
inline void find_kinds(std::span<const Clerk> clerks, std::vector<Clerk>& kinds) {
  kinds.clear();
  for (const Clerk& clerk : clerks)
    if (kinds.empty() || !same_shifts(kinds.back(), clerk)) kinds.push_back(clerk);
}

/// Whether customers may enter at time t.
inline bool doors_open(const StationDay& station, double t) {
  return std::any_of(station.doors.begin(), station.doors.end(),
                     [t](const Interval& door) { return door.from_s <= t && t < door.to_s; });
}

/// Whether the clerk, after shift number `shift`, stays to serve customers who came in during doors[door]:
/// the clerk was on shift when those doors, or later ones, closed.
inline bool stays(const StationDay& station, const Clerk& clerk, std::size_t shift, std::size_t door) {
  if (station.at_closing != AtClosing::serve_out) return false;
  const std::span<const Interval> doors = station.doors.subspan(door);
  for (std::size_t j = shift + 1; j-- > 0;) {
    const auto later = std::upper_bound(doors.begin(), doors.end(), clerk.shifts[j].to_s,
                                        [](double t, const Interval& of) { return t < of.to_s; });
    if (later == doors.begin()) return false;  // they all close after this shift, and after those before it
    if (std::prev(later)->to_s > clerk.shifts[j].from_s) return true;
  }
  return false;
}

/// When those who came in during doors[door] and still wait are sent away, though the queue is served out: so
/// long after the first closing from then on that is not followed by doors within that time.
inline double served_out_until(const StationDay& station, std::size_t door) {
  if (station.serve_out_at_most_s == kForever) return kForever;
  for (;; ++door) {
    const double until_s = station.doors[door].to_s + station.serve_out_at_most_s;
    if (door + 1 == station.doors.size() || until_s < station.doors[door + 1].from_s) return until_s;
  }
}

/// When customers who came in during doors[door] have to leave unserved. If they are sent away: at closing.
/// If the queue is served out: never, if a clerk stays who is able to serve them; otherwise when the last of
/// these clerks has gone; and at the latest at served_out_until, and when an unbroken run ends. `clerks` has
/// at least one clerk of each skill set and shifts.
inline double leave_limit(const StationDay& station, std::span<const Clerk> clerks, std::size_t door,
                          SkillMask able) {
  double limit = station.doors[door].to_s;
  if (station.at_closing != AtClosing::serve_out) return limit;
  const double latest_s = std::min(served_out_until(station, door), station.ends_s);
  for (const auto& clerk : clerks) {
    if (clerk.shifts.empty() || !(able >> clerk.skill_set & 1)) continue;
    const double gone_s = clerk.shifts.back().to_s;
    if (gone_s >= station.ends_s || stays(station, clerk, clerk.shifts.size() - 1, door)) return latest_s;
    limit = std::max(limit, gone_s);
  }
  return std::min(limit, latest_s);
}

/// Time at the desk: human time at the clerk's speed, and the system's time.
inline double handling_time(const Visits& visits, std::size_t i, const Clerk& clerk) {
  return visits.human_s[i] / clerk.speed + visits.system_s[i];
}

/// `waiting` counts those before the customer in the room, `clerks` as in balk_probability.
inline bool wants_to_balk(const StationDay& station, const Visits& visits, std::size_t i, std::size_t waiting,
                          std::size_t clerks) {
  if (waiting >= station.room) return true;
  if (station.balking.points.empty()) return false;
  return visits.balk[i] < balk_probability(station.balking, static_cast<double>(waiting), clerks);
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

/// When an unbroken run ends; kForever on a day.
inline double end_of_run(const StationDay& station) {
  return station.at_closing == AtClosing::stop ? station.doors.back().to_s : station.ends_s;
}

/// Visits that wait when an unbroken run ends, or whose handling ends after it, are inside.
inline void mark_inside(const StationDay& station, Visits& visits) {
  const double end_s = end_of_run(station);
  if (end_s == kForever) return;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits.leave_s[i] >= end_s)
      record_unserved(visits, i, Outcome::inside, end_s);
    else if (visits.outcome[i] == Outcome::served && visits.end_s[i] > end_s)
      visits.outcome[i] = Outcome::inside;
  }
}

}  // namespace pishkhan
