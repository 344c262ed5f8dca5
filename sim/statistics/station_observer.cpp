#include "sim/statistics/station_observer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/simd.hpp"

namespace pishkhan {
namespace {

constexpr double kHoursPerSecond = 1.0 / kSecondsPerHour;

std::size_t hour_of(double t) {
  const auto hour = static_cast<std::int64_t>(t * kHoursPerSecond);
  return static_cast<std::size_t>(std::clamp<std::int64_t>(hour, 0, kHoursPerDay - 1));
}

/// Calls add(hour, seconds) for each hour that [from, to) meets; time past midnight counts to hour 23.
template <class Add>
void split_by_hour(double from, double to, const Add& add) {
  std::size_t hour = hour_of(from);
  while (hour + 1 < kHoursPerDay) {
    const double edge = static_cast<double>(hour + 1) * kSecondsPerHour;
    if (to <= edge) break;
    add(hour, edge - from);
    from = edge;
    ++hour;
  }
  add(hour, to - from);
}

/// Sums over lanes of eight in one fixed order, so that every instruction set gives the same bits.
template <class Term>
PISHKHAN_INLINE double lane_sum(std::size_t n, const Term& term) {
  constexpr std::size_t kLanes = 8;
  double lanes[kLanes] = {};
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (std::size_t k = 0; k < kLanes; ++k) lanes[k] += term(i + k);
  for (std::size_t k = 0; i + k < n; ++k) lanes[k] += term(i + k);
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

struct TimeSums {
  double wait = 0, wait_joined = 0, sojourn = 0, handling = 0, system = 0;
};

PISHKHAN_VECTORISED
void sum_times(const double* __restrict arrival, const double* __restrict leave, const double* __restrict end,
               const double* __restrict system, const double* __restrict served, std::size_t n, TimeSums& sums) {
  sums.wait = lane_sum(n, [=](std::size_t i) { return served[i] * (leave[i] - arrival[i]); });
  sums.wait_joined = lane_sum(n, [=](std::size_t i) { return leave[i] - arrival[i]; });
  sums.sojourn = lane_sum(n, [=](std::size_t i) { return served[i] * (end[i] - arrival[i]); });
  sums.handling = lane_sum(n, [=](std::size_t i) { return end[i] - leave[i]; });
  sums.system = lane_sum(n, [=](std::size_t i) { return served[i] * system[i]; });
}

/// Time at the desks before `edge`.
PISHKHAN_VECTORISED
double busy_before(const double* __restrict leave, const double* __restrict end, std::size_t n, double edge) {
  return lane_sum(n, [=](std::size_t i) {
    const double from = leave[i] < edge ? leave[i] : edge;
    const double to = end[i] < edge ? end[i] : edge;
    return to - from;
  });
}

std::uint64_t count_outcome(const std::vector<Outcome>& outcomes, Outcome outcome) {
  return static_cast<std::uint64_t>(std::count(outcomes.begin(), outcomes.end(), outcome));
}

/// Calls add(from, to) for the parts of [start, end) outside the shifts.
template <class Add>
void off_shift(std::span<const Interval> shifts, double start, double end, const Add& add) {
  for (const auto& shift : shifts) {
    if (shift.to_s <= start) continue;
    if (shift.from_s > start) add(start, std::min(shift.from_s, end));
    start = std::max(start, shift.to_s);
    if (start >= end) return;
  }
  if (start < end) add(start, end);
}

}  // namespace

DayFrame frame_day(std::span<const Interval> doors, std::span<const Intervals> shifts, bool hourly) {
  std::vector<double> edges;
  for (const auto& door : doors) edges.insert(edges.end(), {door.from_s, door.to_s});
  if (hourly)
    for (int hour = 0; hour <= kHoursPerDay; ++hour) edges.push_back(hour * kSecondsPerHour);
  edges.push_back(kForever);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  DayFrame frame;
  for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
    if (!doors.empty() && edges[k] < doors.front().from_s) continue;  // nobody is there yet
    const auto is_open = [&](const Interval& door) { return door.from_s <= edges[k] && edges[k] < door.to_s; };
    frame.stretches.push_back({edges[k], edges[k + 1], hourly ? static_cast<int>(hour_of(edges[k])) : 0,
                               std::any_of(doors.begin(), doors.end(), is_open)});
  }
  const auto add_to = [hourly](DayFrame::Hours& hours, const Interval& interval) {
    if (hourly)
      split_by_hour(interval.from_s, interval.to_s, [&](std::size_t hour, double s) { hours[hour] += s; });
    else
      hours[0] += interval.to_s - interval.from_s;
  };
  for (const auto& door : doors) add_to(frame.open_s, door);
  for (const auto& group : shifts)
    for (auto& hours = frame.staffed_s.emplace_back(); const auto& shift : group) add_to(hours, shift);
  const auto idle = [&](std::size_t hour) {
    return frame.open_s[hour] == 0 && std::all_of(frame.staffed_s.begin(), frame.staffed_s.end(),
                                                  [hour](const auto& hours) { return hours[hour] == 0; });
  };
  frame.end_hour = kHoursPerDay;
  while (frame.end_hour > 0 && idle(frame.end_hour - 1)) --frame.end_hour;
  while (frame.first_hour < frame.end_hour && idle(frame.first_hour)) ++frame.first_hour;
  return frame;
}

bool LittleCheck::holds() const { return std::fabs(integral_s - waits_s) <= 1e-9 * (1.0 + std::fabs(waits_s)); }

/// Handling outside shifts is rare: a visit is only compared with its clerk's current shift.
void StationObserver::find_overtime(const StationDay& station, const Visits& visits, StationObservation& into) {
  std::uint32_t clerks = 0;
  for (const auto& clerk : station.clerks) clerks = std::max(clerks, clerk.number + 1);
  clerk_at_.assign(clerks, 0);
  shift_.assign(clerks + 1, {-kForever, kForever});  // the last is nobody's
  for (std::uint32_t k = 0; k < station.clerks.size(); ++k) {
    const Clerk& clerk = station.clerks[k];
    clerk_at_[clerk.number] = k;
    shift_[clerk.number] = clerk.shifts.empty() ? Interval{kForever, -kForever} : clerk.shifts.front();
  }
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const std::uint32_t clerk = std::min(visits.clerk[i], clerks);
    if ((visits.leave[i] >= shift_[clerk].from_s) & (visits.end[i] <= shift_[clerk].to_s)) [[likely]] continue;
    const auto shifts = station.clerks[clerk_at_[clerk]].shifts;
    off_shift(shifts, visits.leave[i], visits.end[i], [&](double from, double to) {
      into.tally.overtime_s += to - from;
      into.tally.staffed_s += to - from;
      split_by_hour(from, to, [&](std::size_t hour, double s) { into.hours[hour].staffed_s += s; });
    });
    const auto next = std::find_if(shifts.begin(), shifts.end(), [&](const auto& s) { return s.to_s > visits.leave[i]; });
    if (next != shifts.end()) shift_[clerk] = *next;
  }
}

void StationObserver::tally_hours(const StationDay& station, const Visits& visits, const ObservationRules& rules,
                                  StationObservation& into) {
  const std::size_t n = visits.size();
  const double* arrival = visits.arrival.data();
  const double* leave = visits.leave.data();
  std::size_t begin = 0;
  double busy = 0;
  const double all_busy = busy_before(leave, visits.end.data(), n, kForever);
  for (std::size_t hour = hour_of(station.doors.front().from_s); hour < kHoursPerDay; ++hour) {
    const bool last = hour + 1 == kHoursPerDay;
    const double edge = last ? kForever : static_cast<double>(hour + 1) * kSecondsPerHour;
    HourTally& tally = into.hours[hour];
    std::uint64_t served = 0, joined = 0, in_target = 0;
    double wait_s = 0;
    std::size_t i = begin;
    for (; i < n && arrival[i] < edge; ++i) {
      const double wait = leave[i] - arrival[i];
      const bool is_served = visits.outcome[i] == Outcome::served;
      served += is_served;
      joined += visits.outcome[i] != Outcome::balked;
      in_target += is_served & (wait <= rules.target_s);
      wait_s += served_[i] * wait;
    }
    tally.arrived += i - begin;
    tally.joined += joined;
    tally.served += served;
    tally.in_target += in_target;
    tally.wait_s += wait_s;
    begin = i;
    const double until = last ? all_busy : busy_before(leave, visits.end.data(), n, edge);
    tally.busy_s += until - busy;
    busy = until;
    if (begin == n && busy == all_busy) break;
  }
}

VisitTally StationObserver::tally_day(const StationDay& station, const Visits& visits,
                                      std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                                      StationObservation& into) {
  const std::size_t n = visits.size();
  served_.resize(n);
  joins_.resize(n);  // waits of the served, for the histogram
  VisitTally day;
  std::size_t served = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const bool is_served = visits.outcome[i] == Outcome::served;
    const double wait = visits.leave[i] - visits.arrival[i];
    served_[i] = is_served ? 1.0 : 0.0;
    joins_[served] = wait;
    served += is_served;
    day.in_target += is_served & (wait <= rules.target_s);
    day.reworked += is_served & (reworked[i] != 0);
  }
  for (std::size_t i = 0; i < served; ++i) into.waits.add(joins_[i]);
  day.arrived = n;
  day.served = served;
  day.abandoned = count_outcome(visits.outcome, Outcome::abandoned);
  day.balked = count_outcome(visits.outcome, Outcome::balked);
  day.sent_away = count_outcome(visits.outcome, Outcome::sent_away);
  TimeSums sums;
  sum_times(visits.arrival.data(), visits.leave.data(), visits.end.data(), visits.system.data(), served_.data(), n,
            sums);
  day.wait_s = sums.wait;
  day.wait_joined_s = sums.wait_joined;
  day.sojourn_s = sums.sojourn;
  day.handling_s = sums.handling;
  day.system_s = sums.system;
  tally_hours(station, visits, rules, into);
  find_overtime(station, visits, into);
  static_cast<VisitTally&>(into.tally) += day;
  into.tally.busy_s += day.handling_s;
  return day;
}

/// An unbroken run counts within its window, and clerks' time whoever's visit it is.
VisitTally StationObserver::tally_run(const StationDay& station, const Visits& visits,
                                      std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                                      StationObservation& into) {
  const double stop = station.doors.back().to_s;
  VisitTally run;
  double busy = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits.clerk[i] != kNoClerk)
      busy += std::max(0.0, std::min(visits.end[i], stop) - std::max(visits.leave[i], rules.from_s));
    if (visits.arrival[i] < rules.from_s) continue;
    tally_visit(visits, i, reworked[i] != 0, rules.target_s, run);
    if (visits.outcome[i] == Outcome::served) into.waits.add(visits.leave[i] - visits.arrival[i]);
  }
  into.tally.busy_s += busy;
  static_cast<VisitTally&>(into.tally) += run;
  return run;
}

/// Those who waited at all: when they joined and, sorted, when they left the queue.
std::size_t StationObserver::collect_waiting(const Visits& visits) {
  const std::size_t n = visits.size();
  joins_.resize(n);
  leaves_.resize(n);
  std::size_t count = 0;
  double waits = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double arrival = visits.arrival[i], leave = visits.leave[i];
    joins_[count] = arrival;
    leaves_[count] = leave;
    waits += leave - arrival;
    count += leave > arrival;
  }
  little_.waits_s = waits;
  // Starts come nearly in order; those who gave up are a little out of it.
  for (std::size_t i = 1; i < count; ++i) {
    const double leave = leaves_[i];
    std::size_t k = i;
    for (; k > 0 && leaves_[k - 1] > leave; --k) leaves_[k] = leaves_[k - 1];
    leaves_[k] = leave;
  }
  return count;
}

/// The level before each event, events in order of time, joins before leaves. Which list comes next is a
/// coin toss, so there is no branch on it; and the merge runs from both ends at once, for two short chains
/// of dependent steps instead of a long one.
void StationObserver::merge_events(std::size_t count) {
  times_.resize(2 * count + 1);
  levels_.resize(2 * count + 1);
  const double* const joins = joins_.data();
  const double* const leaves = leaves_.data();
  std::size_t join = 0, left = 0;
  std::size_t joins_to_go = count, leaves_to_go = count;
  for (std::size_t k = 0; k < count; ++k) {
    // Front: the lists cannot run out within the first `count` events, as nobody leaves before joining.
    const double next_join = join < count ? joins[join] : kForever, next_leave = leaves[left];
    const std::size_t joining = next_join <= next_leave;
    times_[k] = std::min(next_join, next_leave);
    levels_[k] = static_cast<std::uint32_t>(join - left);
    join += joining;
    left += joining ^ 1;
    const double last_join = joins[joins_to_go - 1], last_leave = leaves_to_go > 0 ? leaves[leaves_to_go - 1] : -kForever;
    const std::size_t leaving = last_leave >= last_join;
    leaves_to_go -= leaving;
    joins_to_go -= leaving ^ 1;
    times_[2 * count - 1 - k] = std::max(last_join, last_leave);
    levels_[2 * count - 1 - k] = static_cast<std::uint32_t>(joins_to_go - leaves_to_go);
  }
  times_[2 * count] = kForever;
  levels_[2 * count] = 0;
}

template <bool kWindow>
void StationObserver::follow_queue(std::span<const Stretch> stretches, const ObservationRules& rules,
                                   StationObservation& into) {
  std::size_t event = 0;
  double integral = 0;
  double now = stretches.empty() ? 0 : stretches.front().from_s;
  for (const auto& stretch : stretches) {
    // Closed stretches add to a histogram nobody reads, so that the loop has one form.
    LevelHistogram& levels = stretch.open ? into.levels : closed_levels_;
    double area = 0, open_area = 0;
    const auto hold = [&](std::uint32_t level, double until) {
      const double held = until - now;
      area += level * held;
      if constexpr (kWindow) {
        const double counted = std::max(0.0, until - std::max(now, rules.from_s));
        levels.add(level, counted);
        open_area += level * counted;
      } else {
        levels.add(level, held);
      }
      now = until;
    };
    for (; times_[event] < stretch.to_s; ++event) hold(levels_[event], times_[event]);
    if (stretch.to_s < kForever) hold(levels_[event], stretch.to_s);
    integral += area;
    if (!stretch.open) continue;
    into.tally.queue_area_s += kWindow ? open_area : area;
    into.hours[static_cast<std::size_t>(stretch.hour)].queue_area_s += kWindow ? open_area : area;
  }
  little_.integral_s = integral;
}

void StationObserver::add_frame(const StationDay& station, const DayFrame& frame, const ObservationRules& rules,
                                StationObservation& into) {
  if (station.at_closing == AtClosing::stop) {
    const double window = station.doors.back().to_s - rules.from_s;
    into.tally.open_s += window;
    into.tally.staffed_s += window * static_cast<double>(station.clerks.size());
    return;
  }
  for (std::size_t hour = frame.first_hour; hour < frame.end_hour; ++hour) {
    into.hours[hour].open_s += frame.open_s[hour];
    into.tally.open_s += frame.open_s[hour];
  }
  for (const auto& clerk : station.clerks)
    for (std::size_t hour = frame.first_hour; hour < frame.end_hour; ++hour) {
      into.hours[hour].staffed_s += frame.staffed_s[clerk.group][hour];
      into.tally.staffed_s += frame.staffed_s[clerk.group][hour];
    }
}

VisitTally StationObserver::observe(const StationDay& station, const DayFrame& frame, const Visits& visits,
                                    std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                                    StationObservation& into) {
  add_frame(station, frame, rules, into);
  const bool hourly = station.at_closing != AtClosing::stop;
  const VisitTally tally =
      hourly ? tally_day(station, visits, reworked, rules, into) : tally_run(station, visits, reworked, rules, into);
  merge_events(collect_waiting(visits));
  if (rules.from_s > 0)
    follow_queue<true>(frame.stretches, rules, into);
  else
    follow_queue<false>(frame.stretches, rules, into);
  return tally;
}

}  // namespace pishkhan
