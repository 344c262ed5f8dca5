#include "models/staffing/freed_hours.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "sim/statistics/estimate.hpp"

namespace pishkhan {
namespace {

bool takes_from_counters(const Migration& migration) { return migration.from == Channel::traditional; }

/// Counters of the agencies whose services move, as stations; sorted.
std::vector<std::uint32_t> counters_left(const Scenario& scenario) {
  const Province& province = *scenario.province;
  std::vector<bool> moves(province.agencies.size(), false);
  for (const Migration& migration : scenario.migrations) {
    if (!takes_from_counters(migration)) continue;
    for (const ServiceId service : migration.services)
      moves[province.services[service.index()].agency.index()] = true;
  }
  std::vector<std::uint32_t> counters;
  for (std::size_t c = 0; c < province.counters.size(); ++c) {
    if (moves[province.counters[c].agency.index()])
      counters.push_back(static_cast<std::uint32_t>(province.offices.size() + c));
  }
  return counters;
}

/// The targets at some stations alone; those that are about none of them are left out.
std::vector<Target> targets_at(const std::vector<Target>& targets,
                               const std::vector<std::uint32_t>& stations) {
  std::vector<Target> kept;
  for (Target target : targets) {
    if (target.stations.empty()) {
      target.stations = stations;
    } else {
      std::vector<std::uint32_t> both;
      std::set_intersection(target.stations.begin(), target.stations.end(), stations.begin(), stations.end(),
                            std::back_inserter(both));
      target.stations = std::move(both);
    }
    if (!target.stations.empty()) kept.push_back(std::move(target));
  }
  return kept;
}

bool is_known(const StationStaffing& station) {
  return station.proof != StaffingProof::unattainable && station.proof != StaffingProof::not_varied;
}

/// A counter that nobody comes to needs no clerk.
double needed_h(const StationStaffing& station) {
  return station.proof == StaffingProof::nobody_comes ? 0 : station.paid_hours_needed;
}

}  // namespace

double FreedHours::freed_h() const {
  return is_known(before) && is_known(after) ? needed_h(before) - needed_h(after) : kNan;
}

std::vector<FreedHours> find_freed_hours(const Scenario& scenario, const StaffingResult& staffing,
                                         const StaffingOptions& options) {
  if (!scenario.province) return {};
  const std::vector<std::uint32_t> counters = counters_left(scenario);
  Scenario without = scenario;
  std::erase_if(without.migrations, takes_from_counters);
  without.targets = targets_at(scenario.targets, counters);
  if (counters.empty() || without.targets.empty()) return {};
  const StaffingResult before = find_staffing(Plan(without), options);
  std::vector<FreedHours> freed;
  for (const std::uint32_t station : counters) {
    const bool has_target =
        std::any_of(without.targets.begin(), without.targets.end(), [&](const Target& one) {
          return std::binary_search(one.stations.begin(), one.stations.end(), station);
        });
    if (has_target)
      freed.push_back({StationIndex(station), before.stations[station], staffing.stations[station]});
  }
  return freed;
}

}  // namespace pishkhan
