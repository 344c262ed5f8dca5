#include "tools/report/sums.hpp"

#include <algorithm>

namespace pishkhan {

namespace {

int clerks_on(DayNumber day, const StationRules& rules) {
  int clerks = 0;
  for (const ClerkGroup& group : rules.groups)
    if (group.from_day <= day && day < group.until_day) clerks += group.clerks;
  return clerks;
}

}  // namespace

int clerks_of(const StationRules& rules, const Run& run) {
  return clerks_on(run.start + run.warm_up_days, rules);
}

int clerks_of(const Office& office, const Run& run) {
  const DayNumber day = std::max(run.start + run.warm_up_days, office.from_day);
  const bool opens = day < std::min(run.start + run.days, office.until_day);
  return opens ? clerks_on(day, office.rules) : 0;
}

DesignEffects find_design_effects(const std::vector<TrialResult>& trials) {
  if (trials.empty()) return {};
  std::vector<StationTally> station(trials.size());
  const auto station_at = [&](std::size_t s) -> const std::vector<StationTally>& {
    for (std::size_t i = 0; i < trials.size(); ++i) station[i] = trials[i].stations[s];
    return station;
  };
  std::vector<CitizenTally> citizens(trials.size());
  const auto citizens_at = [&](std::size_t row) -> const std::vector<CitizenTally>& {
    for (std::size_t i = 0; i < trials.size(); ++i) citizens[i] = trials[i].citizens[row];
    return citizens;
  };
  const std::size_t stations = trials.front().stations.size();
  DesignEffects all = usual_design_effects(visit_measures(), stations, station_at);
  all.merge(usual_design_effects(queue_measures(), stations, station_at));
  all.merge(usual_design_effects(staff_measures(), stations, station_at));
  all.merge(usual_design_effects(citizen_measures(), trials.front().citizens.size(), citizens_at));
  return all;
}

Sums<VisitTally> visits_by_channel(const Results& results) {
  return collect<VisitTally>(results, kChannels, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.services.size(); ++i) add_to(at(i % kChannels), trial.services[i]);
  });
}

Sums<CitizenTally> citizens_by_channel(const Results& results) {
  return collect<CitizenTally>(results, kChannels, [](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.citizens.size(); ++i) add_to(at(i % kChannels), trial.citizens[i]);
  });
}

Sums<StationResult> stations_by_channel(const Results& results) {
  const Province& province = *results.scenario.province;
  return collect<StationResult>(results, 2, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.stations.size(); ++i) {
      const Channel channel = i < province.offices.size() ? Channel::office : Channel::traditional;
      add_to(at(static_cast<std::size_t>(channel)), trial.stations[i]);
    }
  });
}

bool has_content(const std::vector<HourTally>& hour) {
  return std::any_of(hour.begin(), hour.end(), [](const HourTally& tally) {
    return tally.arrived > 0 || tally.staffed_s > 0 || tally.open_s > 0 || tally.queue_area_s > 0;
  });
}

}  // namespace pishkhan
