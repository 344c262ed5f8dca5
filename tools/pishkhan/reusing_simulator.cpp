#include "tools/pishkhan/reusing_simulator.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "models/plan/plan_data.hpp"
#include "tools/pishkhan/available_memory.hpp"
#include "tools/pishkhan/interrupt.hpp"

namespace pishkhan {

void ReusedWork::add_replications(const ReusedWork& more) {
  scenarios = std::max(scenarios, more.scenarios);
  stations = std::max(stations, more.stations);
  all_stations = std::max(all_stations, more.all_stations);
  station_days += more.station_days;
  all_station_days += more.all_station_days;
}

void ReusedWork::add_scenarios(const ReusedWork& others) {
  scenarios += others.scenarios;
  stations += others.stations;
  all_stations += others.all_stations;
  station_days += others.station_days;
  all_station_days += others.all_station_days;
}

bool ReusingSimulator::has_room_for(const Plan& plan) const {
  constexpr double kShareOfMemory = 0.25;
  return Reuse::kept_bytes(plan) * static_cast<double>(end(plan.scenario()) - options_.from) <
         kShareOfMemory * available_memory_bytes();
}

std::vector<TrialResult> ReusingSimulator::simulate_and_keep(Base base) {
  const std::size_t count = end(*base.scenario);
  base.replications.resize(count);
  const TrialFunction keep = [&base](const Plan& plan, std::uint32_t number, const TrialOptions& options) {
    base.replications[number] = Reuse(plan).run_and_keep(number, options);
    return base.replications[number].result();
  };
  std::vector<TrialResult> trials = std::move(simulate({base.plan.get()}, keep, options_).front());
  if (bases_.size() > 1) bases_.pop_back();
  bases_.push_back(std::move(base));
  return trials;
}

std::vector<TrialResult> ReusingSimulator::simulate_in_part(const Base& base, const Plan& plan,
                                                            const std::vector<std::uint8_t>& stations) {
  const Reuse reuse(*base.plan);
  std::vector<SimulatedPart> parts(base.replications.size());
  const TrialFunction again = [&](const Plan& of, std::uint32_t number, const TrialOptions& options) {
    return reuse.run_variant(of, stations, base.replications[number], number, options, &parts[number]);
  };
  std::vector<TrialResult> trials = std::move(simulate({&plan}, again, options_).front());
  ++reused_.scenarios;
  std::size_t most = 0;  // of a replication; all, where one was simulated as a whole
  for (const SimulatedPart& part : parts) most = std::max(most, part.stations);
  reused_.stations += most;
  reused_.all_stations += stations.size();
  for (const SimulatedPart& part : parts) reused_.station_days += part.station_days;
  reused_.all_station_days +=
      (parts.size() - options_.from) * stations.size() * static_cast<std::size_t>(plan.scenario().run.days);
  return trials;
}

std::vector<TrialResult> ReusingSimulator::simulate_replications(const Scenario& scenario) {
  const std::function<bool()> interrupted = &InterruptGuard::interrupted;
  auto plan = std::make_unique<const Plan>(scenario, StopCheck(&interrupted));
  const bool has_visits = scenario.visits.share > 0;
  for (const Base& base : bases_) {
    if (has_visits || base.replications.size() != end(scenario)) continue;
    if (const auto stations = Reuse(*base.plan).stations_to_simulate(*plan))
      return simulate_in_part(base, *plan, *stations);
  }
  if (has_visits || !Reuse::may_help(scenario) || !has_room_for(*plan))
    return std::move(simulate({plan.get()}, trial_, options_).front());
  Base base;
  base.scenario = std::make_unique<const Scenario>(scenario);
  base.plan = std::make_unique<const Plan>(*base.scenario, StopCheck(&interrupted));
  return simulate_and_keep(std::move(base));
}

}  // namespace pishkhan
