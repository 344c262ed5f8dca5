#include "tools/report/presence.hpp"

#include <algorithm>

#include "models/assumptions/assumption_points.hpp"
#include "models/province/calendar.hpp"

namespace pishkhan {
namespace {

const StationRules& rules_of(const Scenario& scenario, std::uint32_t station) {
  const Province& province = *scenario.province;
  const std::size_t offices = province.offices.size();
  return station < offices ? province.offices[station].rules : province.counters[station - offices].rules;
}

}  // namespace

Presence::Presence(const Scenario& scenario, std::size_t replications) : scenario_(scenario) {
  if (scenario.run.inputs != RunInputs::sampled) return;
  const std::vector<AssumedRange>& ranges = scenario.assumed_ranges;
  const auto absence =
      std::ranges::find_if(ranges, [](const AssumedRange& range) { return range.column == "absence"; });
  if (absence == ranges.end()) return;
  const auto at = static_cast<std::size_t>(absence - ranges.begin());
  for (std::uint32_t i = 0; i < replications; ++i)
    drawn_.push_back(with_factors(scenario, {*absence}, {sampled_factors(scenario, i)[at]}));
}

std::vector<Chances> Presence::chances(const Scenario& world, std::uint32_t station, DayNumber day) const {
  std::vector<Chances> chances;
  const auto of_week = static_cast<std::size_t>(weekday(day));
  for (const ClerkGroup& group : rules_of(world, station).groups) {
    if (day >= group.from_day && day < group.until_day && !group.shifts[of_week].empty())
      chances.push_back({group.clerks, 1 - group.absence});
  }
  return chances;
}

int Presence::on_roster(std::uint32_t station, DayNumber day) const {
  int clerks = 0;
  for (const Chances& group : chances(scenario_, station, day)) clerks += group.number;
  return clerks;
}

PredictionInterval Presence::predict(std::uint32_t station, DayNumber day) const {
  if (drawn_.empty()) return predict_known(distribution_of(chances(scenario_, station, day)));
  std::vector<double> mean;
  for (const Scenario& world : drawn_) {
    const std::vector<double> distribution = distribution_of(chances(world, station, day));
    mean.resize(distribution.size());
    for (std::size_t k = 0; k < mean.size(); ++k)
      mean[k] += distribution[k] / static_cast<double>(drawn_.size());
  }
  return predict_known(mean);
}

}  // namespace pishkhan
