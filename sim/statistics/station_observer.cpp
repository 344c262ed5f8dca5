#include "sim/statistics/station_observer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "sim/base/room.hpp"
#include "sim/station/station_rules.hpp"
#include "sim/statistics/day_sums.hpp"

namespace pishkhan {
namespace {

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

const Clerk& clerk_of(const StationDay& station, std::uint32_t number) {
  return *std::lower_bound(station.clerks.begin(), station.clerks.end(), number,
                           [](const Clerk& who, std::uint32_t other) { return who.number < other; });
}

/// Adds the counted time of an unbroken run with doors open, and that of its clerks on shift.
void add_counted_time(const StationDay& station, const ObservationRules& rules, StationTally& into) {
  const double stop = end_of_run(station);
  into.open_s += time_within(station.doors, rules.from_s, stop);
  for (std::size_t k = 0; k < station.clerks.size();) {
    std::size_t next = k + 1;
    while (next < station.clerks.size() && same_shifts(station.clerks[k], station.clerks[next])) ++next;
    into.staffed_s +=
        time_within(station.clerks[k].shifts, rules.from_s, stop) * static_cast<double>(next - k);
    k = next;
  }
}

}  // namespace

bool LittleCheck::holds() const {
  return std::fabs(integral_s - waits_s) <= 1e-9 * (1.0 + std::fabs(waits_s));
}

/// Handling outside shifts is rare: visits are only compared with what all clerks' shifts have in common.
void StationObserver::find_overtime(const StationDay& station, const Visits& visits,
                                    StationObservation& into) {
  shared_.clear();
  find_kinds(station.clerks, kinds_);
  for (std::size_t k = 0; !kinds_.empty() && k < kinds_.front().shifts.size(); ++k) {
    Interval shared{-kForever, kForever};
    for (const auto& clerk : kinds_) {
      if (k >= clerk.shifts.size()) {
        shared.to_s = -kForever;
      } else {
        shared = {std::max(shared.from_s, clerk.shifts[k].from_s),
                  std::min(shared.to_s, clerk.shifts[k].to_s)};
      }
    }
    shared_.push_back(shared);
  }
  shared_.push_back({kForever, kForever});
  std::size_t k = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if ((visits.leave_s[i] >= shared_[k].from_s) & (visits.end_s[i] <= shared_[k].to_s)) [[likely]]
      continue;
    while (visits.leave_s[i] >= shared_[k].to_s) ++k;
    if (visits.clerk[i] == kNoClerk) continue;
    off_shift(clerk_of(station, visits.clerk[i]).shifts, visits.leave_s[i], visits.end_s[i],
              [&](double from, double to) {
                into.tally.overtime_s += to - from;
                into.tally.staffed_s += to - from;
                split_by_hour(from, to, [&](std::size_t hour, double s) { into.hours[hour].staffed_s += s; });
              });
  }
}

void StationObserver::tally_hours(const StationDay& station, const Visits& visits, const Visits& desks,
                                  double all_busy_s, StationObservation& into) {
  const std::size_t n = visits.size();
  const double* const arrival = visits.arrival_s.data();
  const auto end_of = [](std::size_t hour) {
    return hour + 1 < kHoursOfWork ? static_cast<double>(hour + 1) * kSecondsPerHour : kForever;
  };
  std::array<std::size_t, kHoursOfWork> came;  // by the end of each hour
  came.fill(n);
  const std::size_t first = hour_of(station.doors.front().from_s);
  std::size_t hour = first;
  for (std::size_t begin = 0; begin < n; ++hour) {
    const double edge = end_of(hour);
    HourTally& tally = into.hours[hour];
    double wait_s = 0;
    std::size_t i = begin;
    while (i < n && arrival[i] < edge) {
      const std::size_t most = std::min(n, i + PackedCounts::kVisitsAtMost);
      PackedCounts counts;
      for (; i < most && arrival[i] < edge; ++i) {
        counts.value += parts_.counts[i];
        wait_s += parts_.wait_s[i];
      }
      tally.joined += counts.joined();
      tally.served += counts.served();
      tally.in_target += counts.in_target();
    }
    tally.arrived += i - begin;
    tally.wait_s += wait_s;
    came[hour] = begin = i;
  }
  double busy = 0;
  for (std::size_t k = first; k < hour || (k < kHoursOfWork && busy != all_busy_s); ++k) {
    const double until = k + 1 < kHoursOfWork
                             ? busy_before(desks, &desks == &visits ? came[k] : desks.size(), end_of(k))
                             : all_busy_s;
    into.hours[k].busy_s += std::max(0.0, until - busy);  // rounding may take it below
    busy = until;
  }
}

VisitTally StationObserver::tally_day(const StationDay& station, const Visits& visits,
                                      std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                                      StationObservation& into) {
  VisitTally day = sum_visits(visits, reworked.data(), rules.target_s, parts_);
  into.waits.add(parts_.wait_s.data(), parts_.counts.data(), visits.size());
  double waiting_s = day.system_s;
  if (day.served + day.abandoned + day.balked + day.sent_away + day.inside < day.arrived)
    waiting_s += count_failures(visits, rules.target_s, day);
  for (const Aside& aside : visits.asides) subtract_aside(visits, aside, day);
  // Unlimited clerks have no time on shift that busy time could be a share of.
  const Visits& desks = station.unlimited ? no_desks_ : visits.asides.empty() ? visits : desk_times(visits);
  const double busy_s = station.unlimited ? 0 : day.handling_s + day.failed_s;
  tally_hours(station, visits, desks, busy_s, into);
  find_overtime(station, desks, into);
  static_cast<VisitTally&>(into.tally) += day;
  into.tally.busy_s += busy_s;
  into.tally.waiting_s += waiting_s;
  little_.waits_s = day.wait_joined_s;
  return day;
}

/// The failed are rare, and the sums took their time at the desk for handling. Returns how long they waited
/// for the system.
double StationObserver::count_failures(const Visits& visits, double target_s, VisitTally& day) {
  double waiting_s = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits.outcome[i] != Outcome::failed) continue;
    ++day.failed;
    const double desk_s = visits.end_s[i] - visits.leave_s[i];
    day.failed_s += desk_s;
    day.handling_s -= desk_s;
    waiting_s += visits.system_s[i];
    if (visits.leave_s[i] - visits.arrival_s[i] > target_s) continue;
    ++day.in_target;
    parts_.counts[i] |= PackedCounts::kInTarget;
  }
  return waiting_s;
}

/// The stretches that clerks spent on visits, each with its clerk: a parked visit has one or two.
const Visits& StationObserver::desk_times(const Visits& visits) {
  desks_.leave_s = visits.leave_s;
  desks_.end_s = visits.end_s;
  desks_.clerk = visits.clerk;
  for (const Aside& aside : visits.asides) {
    desks_.end_s[aside.visit] = aside.parked_s;
    if (aside.resumed_s == kForever) continue;
    desks_.leave_s.push_back(aside.resumed_s);
    desks_.end_s.push_back(visits.end_s[aside.visit]);
    desks_.clerk.push_back(aside.clerk);
  }
  desks_.arrival_s = desks_.leave_s;
  return desks_;
}

/// An unbroken run counts within its window, and clerks' time whoever's visit it is.
VisitTally StationObserver::tally_run(const StationDay& station, const Visits& visits,
                                      std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                                      StationObservation& into) {
  const double stop = end_of_run(station);
  VisitTally run;
  double busy = 0, waits = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    waits += visits.leave_s[i] - visits.arrival_s[i];
    if (visits.clerk[i] != kNoClerk)
      busy += std::max(0.0, std::min(visits.end_s[i], stop) - std::max(visits.leave_s[i], rules.from_s));
    if (visits.arrival_s[i] < rules.from_s) continue;
    tally_visit(visits, i, reworked[i] != 0, rules.target_s, run);
    if (visits.outcome[i] == Outcome::served) into.waits.add(visits.leave_s[i] - visits.arrival_s[i]);
  }
  little_.waits_s = waits;
  into.tally.busy_s += busy;
  find_overtime_of_run(station, visits, rules, into.tally);
  static_cast<VisitTally&>(into.tally) += run;
  return run;
}

/// Handling outside shifts, within the counted time.
void StationObserver::find_overtime_of_run(const StationDay& station, const Visits& visits,
                                           const ObservationRules& rules, StationTally& into) {
  const auto always = [](const Clerk& clerk) {
    return clerk.shifts.size() == 1 && clerk.shifts.front() == Interval{0, kForever};
  };
  if (std::all_of(station.clerks.begin(), station.clerks.end(), always)) return;
  const double stop = end_of_run(station);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits.clerk[i] == kNoClerk) continue;
    const double from = std::max(visits.leave_s[i], rules.from_s), to = std::min(visits.end_s[i], stop);
    if (from >= to) continue;
    const std::span<const Interval> shifts = clerk_of(station, visits.clerk[i]).shifts;
    const auto next = std::upper_bound(shifts.begin(), shifts.end(), from,
                                       [](double t, const Interval& shift) { return t < shift.to_s; });
    off_shift({next, shifts.end()}, from, to, [&into](double begin, double end) {
      into.overtime_s += end - begin;
      into.staffed_s += end - begin;
    });
  }
}

/// Those who waited at all: when they joined and, sorted, when they left the queue. Behind the joins stands
/// for ever, before the leaves minus for ever, so that neither list needs a test for its end.
std::size_t StationObserver::collect_waiting(const Visits& visits, StopCheck stop) {
  const std::size_t n = visits.size();
  resize_with_room(joins_, n + 1);
  resize_with_room(leaves_, n + 1);
  double* const joins = joins_.data();
  double* const leaves = leaves_.data() + 1;
  const double* const arrival = visits.arrival_s.data();
  const double* const leave = visits.leave_s.data();
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i) {
    joins[count] = arrival[i];
    leaves[count] = leave[i];
    count += leave[i] > arrival[i];
  }
  joins[count] = kForever;
  leaves[-1] = -kForever;
  // Starts come nearly in order; those who gave up are a little out of it.
  const auto insert = [](double* next) {
    const double left = *next;
    double* to = next;
    for (; to[-1] > left; --to) *to = to[-1];
    *to = left;
    return static_cast<std::size_t>(next - to);
  };
  constexpr std::size_t kFew = 4096, kMostMoves = 32;  // for each
  const std::size_t few = std::min(count, kFew);
  for (double* next = leaves; next < leaves + few; ++next) insert(next);
  std::size_t moves = 0;
  for (double* next = leaves + few; next < leaves + count; ++next) {
    moves += insert(next);
    if (moves <= kMostMoves * count) continue;
    // In a long queue they may be far out of it.
    std::sort(leaves, leaves + count, [&stop](double x, double y) {
      stop.after(1);
      return x < y;
    });
    break;
  }
  return count;
}

/// Cuts the stretches of waiting to the observed time, and adds those who wait when it ends.
std::size_t StationObserver::limit_waiting(const ObservedTime& time, std::size_t count) {
  const std::size_t all = count + time.waiting_since_s.size();
  joins_.resize(all + 1);
  leaves_.resize(all + 2);
  const auto joins = joins_.begin();
  const auto at = [joins](std::size_t k) { return joins + static_cast<std::ptrdiff_t>(k); };
  std::copy(time.waiting_since_s.begin(), time.waiting_since_s.end(), at(count));
  std::inplace_merge(joins, at(count), at(all));
  std::fill(leaves_.begin() + 1 + static_cast<std::ptrdiff_t>(count), leaves_.end(), time.until_s);
  double waits = 0;
  for (std::size_t k = 0; k < all; ++k) {
    joins_[k] = std::max(joins_[k], time.from_s);
    waits += leaves_[k + 1] - joins_[k];
  }
  joins_[all] = kForever;
  little_.waits_s = waits;
  return all;
}

/// The level before each event, events in order of time, joins before leaves. Which list comes next is a
/// coin toss, so there is no branch on it; the merge runs from both ends at once, for two short chains of
/// dependent steps instead of a long one; and times, never negative, compare as the integers of their bits.
void StationObserver::merge_events(std::size_t count) {
  resize_with_room(times_, 2 * count + 1);
  resize_with_room(levels_, 2 * count + 1);
  const auto bits = [](double time) { return std::bit_cast<std::int64_t>(time); };
  const double* const joins = joins_.data();
  const double* const leaves = leaves_.data() + 1;
  double* const times = times_.data();
  std::uint32_t* const levels = levels_.data();
  // Of the first k events, `joined` are joins; of all but the last k, `to_join`. Nobody leaves before
  // joining, so within `count` events the leaves cannot run out in front, nor the joins at the back.
  std::size_t joined = 0, to_join = count;
  for (std::size_t k = 0; k < count; ++k) {
    const std::int64_t join = bits(joins[joined]), leave = bits(leaves[k - joined]);
    times[k] = std::bit_cast<double>(join <= leave ? join : leave);
    levels[k] = static_cast<std::uint32_t>(2 * joined - k);
    joined += join <= leave;
    const std::size_t rest = 2 * count - k;
    const std::int64_t last_join = bits(joins[to_join - 1]);
    const std::int64_t last_leave = bits(leaves[static_cast<std::ptrdiff_t>(rest - to_join) - 1]);
    times[rest - 1] = std::bit_cast<double>(last_join <= last_leave ? last_leave : last_join);
    to_join -= last_join > last_leave;
    levels[rest - 1] = static_cast<std::uint32_t>(2 * to_join - (rest - 1));
  }
  times[2 * count] = kForever;
  levels[2 * count] = 0;
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

std::span<const Stretch> StationObserver::stretches_within(const DayFrame& frame, const ObservedTime& time) {
  stretches_.clear();
  for (Stretch stretch : frame.stretches) {
    stretch.from_s = std::max(stretch.from_s, time.from_s);
    stretch.to_s = std::min(stretch.to_s, time.until_s);
    if (stretch.from_s < stretch.to_s) stretches_.push_back(stretch);
  }
  return stretches_;
}

void add_time_on_shift(const DayFrame& frame, std::span<const Clerk> clerks, std::vector<int>& on_shift,
                       std::vector<HourTally>& hours, StationTally& tally) {
  for (std::size_t hour = frame.first_hour; hour < frame.end_hour; ++hour) {
    hours[hour].open_s += frame.open_s[hour];
    tally.open_s += frame.open_s[hour];
  }
  on_shift.assign(frame.staffed_s.size(), 0);
  for (const auto& clerk : clerks) ++on_shift[clerk.group];
  for (std::size_t group = 0; group < on_shift.size(); ++group) {
    for (std::size_t hour = frame.first_hour; hour < frame.end_hour; ++hour) {
      const double staffed_s = on_shift[group] * frame.staffed_s[group][hour];
      hours[hour].staffed_s += staffed_s;
      tally.staffed_s += staffed_s;
    }
  }
}

VisitTally StationObserver::observe(const StationDay& station, const DayFrame& frame, const Visits& visits,
                                    std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                                    StationObservation& into, const ObservedTime& time, StopCheck stop) {
  into.hours.resize(kHoursOfWork);
  const bool is_day = end_of_run(station) == kForever;
  if (is_day)
    add_time_on_shift(frame, station.clerks, on_shift_, into.hours, into.tally);
  else if (time.from_s <= 0)
    add_counted_time(station, rules, into.tally);
  const VisitTally tally = is_day ? tally_day(station, visits, reworked, rules, into)
                                  : tally_run(station, visits, reworked, rules, into);
  stop.after(visits.size());
  const bool is_part = time.from_s > 0 || time.until_s < kForever;
  std::size_t waiting = collect_waiting(visits, stop);
  if (is_part) waiting = limit_waiting(time, waiting);
  stop.after(waiting);
  merge_events(waiting);
  stop.after(waiting);
  const std::span<const Stretch> stretches =
      is_part ? stretches_within(frame, time) : std::span<const Stretch>(frame.stretches);
  if (rules.from_s > 0)
    follow_queue<true>(stretches, rules, into);
  else
    follow_queue<false>(stretches, rules, into);
  return tally;
}

}  // namespace pishkhan
