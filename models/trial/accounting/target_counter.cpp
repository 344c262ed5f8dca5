#include "models/trial/accounting/target_counter.hpp"

#include <algorithm>
#include <numeric>

namespace pishkhan {
namespace {

constexpr std::uint32_t kNoPlace = UINT32_MAX;

/// Who is at a desk when an unbroken run ends counts by the wait; who still waits then is late or not known
/// yet, as in the service level.
GoodCount count_visit(const Target& target, const Visits& visits, std::size_t i) {
  const Outcome outcome = visits.outcome[i];
  if (outcome == Outcome::balked) return {};
  if (target.kind == TargetKind::abandoned) return {1, outcome == Outcome::abandoned ? 0U : 1U};
  const bool in_time = visits.leave_s[i] - visits.arrival_s[i] <= target.within_s;
  if (outcome == Outcome::inside) {
    const bool at_desk = visits.end_s[i] > visits.leave_s[i];
    if (target.of == TargetOf::served || (in_time && !at_desk)) return {};
    return {1, in_time ? 1U : 0U};
  }
  if (target.of == TargetOf::served)
    return outcome == Outcome::served ? GoodCount{1, in_time ? 1U : 0U} : GoodCount{};
  const bool left = outcome == Outcome::abandoned || outcome == Outcome::sent_away;
  const bool started = outcome == Outcome::served || outcome == Outcome::failed;
  const bool good = (started && in_time) || (left && !target.left_is_late);
  return {1, good ? 1U : 0U};
}

std::size_t hour_of_day(double time_s) {
  return std::min(static_cast<std::size_t>(time_s / kSecondsPerHour), kHoursPerDay - std::size_t{1});
}

/// The opening of the doors in which a visit arrives, or which is the next.
std::size_t shift_of(double arrival_s, const Intervals& doors) {
  std::size_t shift = 0;
  while (shift + 1 < doors.size() && arrival_s >= doors[shift].to_s) ++shift;
  return shift;
}

/// In which of the target's slots a visit is counted.
std::size_t slot_of(const Target& target, double arrival_s, const Intervals& doors) {
  if (target.in == TargetPeriod::shift) return shift_of(arrival_s, doors);
  return target.in == TargetPeriod::hour ? hour_of_day(arrival_s) : 0;
}

GoodCount service_level_count(const VisitTally& tally) {
  return {static_cast<std::uint32_t>(tally.arrived - tally.balked - tally.waiting_in_target),
          static_cast<std::uint32_t>(tally.in_target)};
}

}  // namespace

TargetCounter::TargetCounter(const Scenario& scenario, const Plan::Data& data, Totals& totals)
    : scenario_(scenario), data_(data), totals_(totals) {
  for (const Target& target : scenario.targets) {
    std::vector<std::uint32_t>& places = places_.emplace_back(data.stations.size(), kNoPlace);
    if (target.stations.empty()) std::iota(places.begin(), places.end(), 0U);
    for (std::uint32_t k = 0; k < target.stations.size(); ++k) places[target.stations[k]] = k;
  }
}

bool TargetCounter::is_service_level(const Target& target) const {
  return target.is_in_time() && target.of == TargetOf::joined && target.left_is_late &&
         target.within_s == scenario_.service_level_s && target.in != TargetPeriod::shift &&
         target.in != TargetPeriod::hour;
}

void TargetCounter::add_visits(const Target& target, const DecidedStationDay& decided,
                               const VisitTally& tally, const Intervals& doors, GoodCount* slots) const {
  if (is_service_level(target))
    *slots += service_level_count(tally);
  else
    count_visits(target, decided.runner.visits(), doors, data_.unbroken ? scenario_.run.warm_up_s : 0, slots);
}

void TargetCounter::add_parts(const Target& target, const DecidedStationDay& decided, const Intervals& doors,
                              const ClerkTime& time, RatioParts* slots) const {
  if (target.kind == TargetKind::wait) {
    add_waits(target, decided.runner.visits(), doors, data_.unbroken ? scenario_.run.warm_up_s : 0, slots);
  } else if (data_.unbroken) {
    const StationTally& so_far = totals_.stations[decided.station.index()].tally;
    *slots = {so_far.busy_s, so_far.staffed_s};
  } else {
    add_clerk_time(target, time, slots);
  }
}

void TargetCounter::station_day(const Day& day, const DecidedStationDay& decided, const VisitTally& tally,
                                const ClerkTime& time) {
  const std::size_t number = number_of(day);
  const Intervals& doors = data_.stations[decided.station.index()].hours(day.date, day.weekday).doors;
  for (std::size_t t = 0; t < scenario_.targets.size(); ++t) {
    const Target& target = scenario_.targets[t];
    const std::uint32_t place = places_[t][decided.station.index()];
    if (place == kNoPlace) continue;
    TargetCounts& counts = totals_.result.targets[t];
    const std::size_t cell = counts.cell(place, number, 0);
    if (target.counts_visits())
      add_visits(target, decided, tally, doors, &counts.counts[cell]);
    else
      add_parts(target, decided, doors, time, &counts.parts[cell]);
  }
}

void TargetCounter::station_day(const Day& day, StationIndex station, const VisitTally& tally) {
  for (std::size_t t = 0; t < scenario_.targets.size(); ++t) {
    const std::uint32_t place = places_[t][station.index()];
    if (place == kNoPlace) continue;
    TargetCounts& counts = totals_.result.targets[t];
    counts.counts[counts.cell(place, number_of(day), 0)] += service_level_count(tally);
  }
}

bool TargetCounter::needs_visits() const {
  return !std::all_of(scenario_.targets.begin(), scenario_.targets.end(),
                      [this](const Target& target) { return is_service_level(target); });
}

/// The place of a day among the counted days.
std::size_t TargetCounter::number_of(const Day& day) const {
  return data_.unbroken ? 0 : static_cast<std::size_t>(day.index - scenario_.run.warm_up_days);
}

void count_visits(const Target& target, const Visits& visits, const Intervals& doors, double from_s,
                  GoodCount* slots) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const double arrival_s = visits.arrival_s[i];
    if (arrival_s >= from_s) slots[slot_of(target, arrival_s, doors)] += count_visit(target, visits, i);
  }
}

void add_waits(const Target& target, const Visits& visits, const Intervals& doors, double from_s,
               RatioParts* slots) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const double arrival_s = visits.arrival_s[i];
    if (arrival_s < from_s || visits.outcome[i] == Outcome::balked) continue;
    if (target.of == TargetOf::served && visits.outcome[i] != Outcome::served) continue;
    slots[slot_of(target, arrival_s, doors)] += {visits.leave_s[i] - arrival_s, 1};
  }
}

void add_clerk_time(const Target& target, const ClerkTime& time, RatioParts* slots) {
  const bool by_hour = target.in == TargetPeriod::hour && time.hours.size() > 1;
  RatioParts day;
  for (std::size_t k = 0; k < time.hours.size(); ++k) {
    const HourTally& hour = time.hours[k];
    const RatioParts parts{hour.busy_s, hour.staffed_s};
    day += parts;
    if (by_hour && !clerks_only_finish(hour)) slots[std::min(k, kHoursPerDay - std::size_t{1})] += parts;
  }
  if (target.kind == TargetKind::overtime)
    *slots += {time.overtime_s, day.denominator > 0 ? 1.0 : 0.0};
  else if (target.in != TargetPeriod::hour)
    *slots += day;
}

RatioRules ratio_rules(const Target& target) {
  if (target.kind == TargetKind::utilization) return {false, 1};
  // A visit that waits a day, or a clerk who works a day too long.
  return {true, std::max(double{kSecondsPerDay}, 2 * target.goal)};
}

}  // namespace pishkhan
