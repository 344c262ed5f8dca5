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
  return target.of == TargetOf::joined && target.left_is_late &&
         target.within_s == scenario_.service_level_s && target.in != TargetPeriod::shift &&
         target.in != TargetPeriod::hour;
}

void TargetCounter::station_day(const Day& day, const DecidedStationDay& decided, const VisitTally& tally) {
  const std::size_t number =
      data_.unbroken ? 0 : static_cast<std::size_t>(day.index - scenario_.run.warm_up_days);
  for (std::size_t t = 0; t < scenario_.targets.size(); ++t) {
    const Target& target = scenario_.targets[t];
    const std::uint32_t place = places_[t][decided.station.index()];
    if (place == kNoPlace) continue;
    GoodCount& first = totals_.result.targets[t].at(place, number, 0);
    if (is_service_level(target)) {
      first += {static_cast<std::uint32_t>(tally.arrived - tally.balked - tally.waiting_in_target),
                static_cast<std::uint32_t>(tally.in_target)};
    } else {
      count_visits(target, decided.runner.visits(),
                   data_.stations[decided.station.index()].week[day.weekday]->doors,
                   data_.unbroken ? scenario_.run.warm_up_s : 0, &first);
    }
  }
}

void count_visits(const Target& target, const Visits& visits, const Intervals& doors, double from_s,
                  GoodCount* slots) {
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const double arrival_s = visits.arrival_s[i];
    if (arrival_s < from_s) continue;
    std::size_t slot = 0;
    if (target.in == TargetPeriod::shift) slot = shift_of(arrival_s, doors);
    if (target.in == TargetPeriod::hour) slot = hour_of_day(arrival_s);
    slots[slot] += count_visit(target, visits, i);
  }
}

}  // namespace pishkhan
