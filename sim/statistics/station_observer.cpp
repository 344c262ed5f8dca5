#include "sim/statistics/station_observer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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

}  // namespace

std::vector<Stretch> cut_day(std::span<const Interval> doors, bool hourly) {
  std::vector<double> edges;
  for (const auto& door : doors) edges.insert(edges.end(), {door.from_s, door.to_s});
  if (hourly)
    for (int hour = 0; hour <= kHoursPerDay; ++hour) edges.push_back(hour * kSecondsPerHour);
  edges.push_back(kForever);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  std::vector<Stretch> stretches;
  for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
    if (!doors.empty() && edges[k] < doors.front().from_s) continue;  // nobody is there yet
    const auto is_open = [&](const Interval& door) { return door.from_s <= edges[k] && edges[k] < door.to_s; };
    stretches.push_back({edges[k], edges[k + 1], hourly ? static_cast<int>(hour_of(edges[k])) : 0,
                         std::any_of(doors.begin(), doors.end(), is_open)});
  }
  return stretches;
}

bool LittleCheck::holds() const { return std::fabs(integral_s - waits_s) <= 1e-9 * (1.0 + std::fabs(waits_s)); }

void StationObserver::busy_time(double from, double to, const ObservationRules& rules, bool hourly,
                                StationObservation& into) {
  from = std::max(from, rules.from_s);
  if (from >= to) return;
  into.tally.handling_s += to - from;
  if (hourly) split_by_hour(from, to, [&](std::size_t hour, double s) { into.hours[hour].busy_s += s; });
}

void StationObserver::off_shift_time(std::span<const Interval> shifts, double start, double end,
                                     const ObservationRules& rules, bool hourly, StationObservation& into) {
  const auto add = [&](double from, double to) {
    from = std::max(from, rules.from_s);
    if (from >= to) return;
    into.tally.overtime_s += to - from;
    into.tally.staffed_s += to - from;
    if (hourly) split_by_hour(from, to, [&](std::size_t hour, double s) { into.hours[hour].staffed_s += s; });
  };
  for (const auto& shift : shifts) {
    if (shift.to_s <= start) continue;
    if (shift.from_s > start) add(start, std::min(shift.from_s, end));
    start = std::max(start, shift.to_s);
    if (start >= end) return;
  }
  if (start < end) add(start, end);
}

VisitTally StationObserver::tally_visits(const StationDay& station, const Visits& visits,
                                         std::span<const std::uint8_t> reworked, const ObservationRules& rules,
                                         StationObservation& into) {
  const bool hourly = station.at_closing != AtClosing::stop;
  const double stop = hourly ? kForever : station.doors.back().to_s;
  std::uint32_t clerks = 0;
  for (const auto& clerk : station.clerks) clerks = std::max(clerks, clerk.number + 1);
  clerk_at_.assign(clerks, 0);
  // A handling that ends before its clerk's next shift end needs no look at the shifts.
  shift_end_.assign(clerks, kForever);
  for (std::uint32_t k = 0; k < station.clerks.size(); ++k) {
    clerk_at_[station.clerks[k].number] = k;
    shift_end_[station.clerks[k].number] =
        station.clerks[k].shifts.empty() ? -kForever : station.clerks[k].shifts.front().to_s;
  }
  VisitTally day;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const double arrival = visits.arrival[i], leave = visits.leave[i];
    const bool counted = arrival >= rules.from_s;
    const std::uint32_t clerk = visits.clerk[i];
    if (clerk != kNoClerk) {  // served, or at the desk when the run stopped
      const double end = std::min(visits.end[i], stop);
      busy_time(leave, end, rules, hourly, into);
      if (end > shift_end_[clerk]) [[unlikely]] {
        const auto shifts = station.clerks[clerk_at_[clerk]].shifts;
        off_shift_time(shifts, leave, end, rules, hourly, into);
        const auto next = std::find_if(shifts.begin(), shifts.end(), [&](const auto& s) { return s.to_s > leave; });
        shift_end_[clerk] = next == shifts.end() ? -kForever : next->to_s;
      }
    }
    if (!counted) continue;
    tally_visit(visits, i, reworked[i] != 0, rules.target_s, day);
    const bool served = visits.outcome[i] == Outcome::served;
    if (served) into.waits.add(leave - arrival);
    if (!hourly) continue;
    HourTally& hour = into.hours[hour_of(arrival)];
    ++hour.arrived;
    hour.joined += visits.outcome[i] != Outcome::balked;
    hour.served += served;
    hour.in_target += served && leave - arrival <= rules.target_s;
    hour.wait_s += served ? leave - arrival : 0;
  }
  return day;
}

void StationObserver::follow_queue(std::span<const Stretch> stretches, const Visits& visits,
                                   const ObservationRules& rules, StationObservation& into) {
  // Only those who waited at all change the level for any time.
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
  // Starts come nearly in order; those who gave up are a little out of it.
  for (std::size_t i = 1; i < count; ++i) {
    const double leave = leaves_[i];
    std::size_t k = i;
    for (; k > 0 && leaves_[k - 1] > leave; --k) leaves_[k] = leaves_[k - 1];
    leaves_[k] = leave;
  }
  std::size_t join = 0, left = 0;
  double integral = 0;
  double now = stretches.empty() ? 0 : stretches.front().from_s;
  for (const auto& stretch : stretches) {
    double area = 0, open_area = 0;
    for (;;) {
      const double next_join = join < count ? joins_[join] : kForever;
      const double next_leave = left < count ? leaves_[left] : kForever;
      const double next = std::min(next_join, next_leave);
      const bool inside = next < stretch.to_s;
      const double until = inside ? next : stretch.to_s;
      const std::size_t level = join - left;
      if (level > 0 || stretch.open) {
        const double from = std::max(now, rules.from_s);
        const double seconds = level > 0 ? static_cast<double>(level) * (until - now) : 0;
        area += seconds;
        if (stretch.open && from < until) {
          into.levels.add(level, until - from);
          open_area += from == now ? seconds : static_cast<double>(level) * (until - from);
        }
      }
      now = until;
      if (!inside) break;
      if (next_join <= next_leave) ++join; else ++left;
    }
    integral += area;
    into.tally.queue_area_s += open_area;
    into.hours[static_cast<std::size_t>(stretch.hour)].queue_area_s += open_area;
  }
  little_ = {integral, waits};
}

VisitTally StationObserver::observe(const StationDay& station, std::span<const Stretch> stretches,
                                    const Visits& visits, std::span<const std::uint8_t> reworked,
                                    const ObservationRules& rules, StationObservation& into) {
  const bool hourly = station.at_closing != AtClosing::stop;
  const double stop = hourly ? kForever : station.doors.back().to_s;
  for (const auto& stretch : stretches) {
    if (!stretch.open) continue;
    const double open = std::max(0.0, stretch.to_s - std::max(stretch.from_s, rules.from_s));
    into.tally.open_s += open;
    into.hours[static_cast<std::size_t>(stretch.hour)].open_s += open;
  }
  for (const auto& clerk : station.clerks)
    for (const auto& shift : clerk.shifts) {
      const double from = std::max(shift.from_s, rules.from_s), to = std::min(shift.to_s, stop);
      if (from >= to) continue;
      into.tally.staffed_s += to - from;
      if (hourly) split_by_hour(from, to, [&](std::size_t hour, double s) { into.hours[hour].staffed_s += s; });
    }
  const VisitTally day = tally_visits(station, visits, reworked, rules, into);
  follow_queue(stretches, visits, rules, into);
  // The station's clerk time is what falls into the window, whoever's visit it was.
  const double busy = into.tally.handling_s;
  static_cast<VisitTally&>(into.tally) += day;
  into.tally.handling_s = busy;
  return day;
}

}  // namespace pishkhan
