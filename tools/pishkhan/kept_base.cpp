#include "tools/pishkhan/kept_base.hpp"

#include <algorithm>
#include <utility>

#include "tools/pishkhan/available_memory.hpp"

namespace pishkhan {

KeptBase::KeptBase(Scenario scenario, const StopCheck& stop)
    : scenario_(std::make_unique<const Scenario>(std::move(scenario))), plan_(*scenario_, stop) {}

bool KeptBase::may_keep(const Plan& plan, std::size_t replications) {
  constexpr double kShareOfMemory = 0.25;
  return Reuse::may_help(plan.scenario()) && Reuse::kept_bytes(plan) * static_cast<double>(replications) <
                                                 kShareOfMemory * available_memory_bytes();
}

std::optional<std::vector<std::uint8_t>> KeptBase::stations_to_simulate(const Plan& variant) const {
  return Reuse(plan_).stations_to_simulate(variant);
}

const TrialResult& KeptBase::simulate_and_keep(std::uint32_t number, const TrialOptions& options) {
  kept_[number] = Reuse(plan_).run_and_keep(number, options);
  return kept_[number].result();
}

TrialResult KeptBase::simulate_variant(const Plan& variant, const std::vector<std::uint8_t>& stations,
                                       std::uint32_t number, const TrialOptions& options,
                                       SimulatedPart& part) const {
  return Reuse(plan_).run_variant(variant, stations, kept_[number], number, options, &part);
}

const TrialResult& KeptBase::simulate_and_keep_variant(const KeptBase& base,
                                                       const std::vector<std::uint8_t>& stations,
                                                       std::uint32_t number, const TrialOptions& options,
                                                       SimulatedPart& part) {
  kept_[number] =
      Reuse(base.plan_).run_and_keep_variant(plan_, stations, base.kept_[number], number, options, &part);
  return kept_[number].result();
}

bool KeptBase::is_worth_keeping(const std::vector<std::uint8_t>& stations) {
  constexpr double kFewStations = 0.02;
  return static_cast<double>(std::count(stations.begin(), stations.end(), 1)) >
         kFewStations * static_cast<double>(stations.size());
}

KeptBase::Work KeptBase::sum(const std::vector<SimulatedPart>& parts) {
  Work work;
  for (const SimulatedPart& part : parts) {
    work.stations = std::max(work.stations, part.stations);
    work.station_days += part.station_days;
  }
  return work;
}

NearestBase find_nearest(const std::vector<const KeptBase*>& bases, const Plan& variant) {
  NearestBase nearest;
  const auto count = [](const auto& marks) { return std::count(marks.begin(), marks.end(), 1); };
  for (const KeptBase* base : bases) {
    auto stations = base->stations_to_simulate(variant);
    if (!stations || (nearest.base != nullptr && count(*stations) >= count(nearest.stations))) continue;
    nearest = {base, *std::move(stations)};
  }
  return nearest;
}

}  // namespace pishkhan
