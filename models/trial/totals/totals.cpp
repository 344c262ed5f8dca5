#include "models/trial/totals/totals.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

TargetCounts make_counts(const Target& target, const Scenario& scenario, const Plan::Data& data) {
  TargetCounts made;
  made.days = data.unbroken ? 1 : static_cast<std::size_t>(scenario.run.days - scenario.run.warm_up_days);
  made.slots = slots_of(target, data);
  const std::size_t stations = target.stations.empty() ? data.stations.size() : target.stations.size();
  const std::size_t cells = stations * made.days * made.slots;
  if (target.counts_visits())
    made.counts.resize(cells);
  else
    made.parts.resize(cells);
  return made;
}

}  // namespace

std::size_t slots_of(const Target& target, const Plan::Data& data) {
  if (target.in == TargetPeriod::hour) return kHoursPerDay;
  if (target.in != TargetPeriod::shift) return 1;
  std::size_t most = 1;
  for (const StationPlan& station : data.stations) {
    for (const PlannedWeek& week : station.weeks)
      for (const auto& hours : week.days) most = std::max(most, hours->doors.size());
  }
  return most;
}

Totals::Totals(const Scenario& scenario, const Plan::Data& data, std::span<const std::uint8_t> only_these)
    : only(only_these.begin(), only_these.end()),
      stations(data.stations.size()),
      appointments(data.appointments.size()),
      appointment_books(data.appointments.size()),
      travel(data),
      services(data.bare ? 0 : data.services),
      given(data.bare ? 0 : data.stations.size() * data.services),
      moved(scenario.migrations.size() * data.services) {
  result.services.resize(data.services * kChannels);
  result.citizens.resize(data.services * kChannels);
  for (const Target& target : scenario.targets) result.targets.push_back(make_counts(target, scenario, data));
  for (const Observation& observation : scenario.observations)
    observed.push_back({observation.station, 0, 0, 0, 0, 0, 0});
  if (!data.unbroken) {
    days.resize(static_cast<std::size_t>(scenario.run.days) * kChannels);
    hour_book.emplace(data, only_these);
    if (scenario.queues) queue_book.emplace(scenario, data);
  }
  if (data.bare) return;
  service_waits.resize(data.services * kStationChannels);
  classes.resize(scenario.classes.size() * kStationChannels);
}

void Totals::add_diversion(const Plan::Data& data, std::size_t place, StationIndex office,
                           StationIndex station) {
  Diversion& diversion =
      diversions.try_emplace({office, station}, Diversion{office.value, station.value}).first->second;
  ++diversion.citizens;
  diversion.office_metres += data.ways_to(office)[place].metres;
  if (station != kNoStation) diversion.station_metres += data.ways_to(station)[place].metres;
}

}  // namespace pishkhan
