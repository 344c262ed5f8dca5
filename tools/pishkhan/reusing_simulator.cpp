#include "tools/pishkhan/reusing_simulator.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/run_forecast.hpp"

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

void ReusingSimulator::keep(KeptBase base) {
  if (bases_.size() > 1) bases_.pop_back();
  bases_.push_back(std::move(base));
}

std::vector<TrialResult> ReusingSimulator::simulate_and_keep(KeptBase base) {
  base.make_room(end(base.plan().scenario()));
  const TrialFunction simulate_one = [&base](const Plan&, std::uint32_t number, const TrialOptions& options) {
    return base.simulate_and_keep(number, options);
  };
  std::vector<TrialResult> trials = std::move(simulate({&base.plan()}, simulate_one, options_).front());
  keep(std::move(base));
  return trials;
}

std::vector<TrialResult> ReusingSimulator::simulate_in_part(const KeptBase& base, KeptBase variant,
                                                            const std::vector<std::uint8_t>& stations) {
  constexpr std::size_t kKeptAtOnce = 3;  // two, and this one
  const bool keeps =
      KeptBase::is_worth_keeping(stations) && KeptBase::may_keep(variant.plan(), kKeptAtOnce * base.end());
  if (keeps) variant.make_room(base.end());
  std::vector<SimulatedPart> parts(base.end());
  const TrialFunction again = [&](const Plan& of, std::uint32_t number, const TrialOptions& options) {
    return keeps ? variant.simulate_and_keep_variant(base, stations, number, options, parts[number])
                 : base.simulate_variant(of, stations, number, options, parts[number]);
  };
  std::vector<TrialResult> trials = std::move(simulate({&variant.plan()}, again, options_).front());
  const KeptBase::Work work = KeptBase::sum(parts);
  ++reused_.scenarios;
  reused_.stations += work.stations;
  reused_.all_stations += stations.size();
  reused_.station_days += work.station_days;
  reused_.all_station_days += (parts.size() - options_.from) * stations.size() *
                              static_cast<std::size_t>(variant.plan().scenario().run.days);
  if (keeps) keep(std::move(variant));
  return trials;
}

std::vector<TrialResult> ReusingSimulator::simulate_replications(const Scenario& scenario) {
  const std::function<bool()> interrupted = &InterruptGuard::interrupted;
  const StopCheck stop(&interrupted);
  KeptBase variant(scenario, stop);
  const Plan& plan = variant.plan();
  expect_memory(at_least(forecast_memory({&plan}, options_.threads, end(scenario) - options_.from)));
  const bool has_visits = scenario.visits.share > 0;
  std::vector<const KeptBase*> bases;
  for (const KeptBase& base : bases_)
    if (!has_visits && base.end() == end(scenario)) bases.push_back(&base);
  if (const NearestBase nearest = find_nearest(bases, plan); nearest.base != nullptr)
    return simulate_in_part(*nearest.base, std::move(variant), nearest.stations);
  if (has_visits || !KeptBase::may_keep(plan, end(scenario) - options_.from))
    return std::move(simulate({&plan}, trial_, options_).front());
  return simulate_and_keep(std::move(variant));
}

}  // namespace pishkhan
