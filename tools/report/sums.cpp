#include "tools/report/sums.hpp"

#include <algorithm>
#include <cmath>

#include "models/province/calendar.hpp"
#include "tools/report/possible.hpp"
#include "tools/report/systems.hpp"

namespace pishkhan {

namespace {

int clerks_on(DayNumber day, const StationRules& rules) {
  int clerks = 0;
  for (const ClerkGroup& group : rules.groups) {
    const bool works = !group.shifts[static_cast<std::size_t>(weekday(day))].empty();
    if (works && group.from_day <= day && day < group.until_day) clerks += group.clerks;
  }
  return clerks;
}

/// On the first of some days on which any work; 0 if there is none.
int first_clerks(DayNumber from_day, DayNumber until_day, const StationRules& rules) {
  for (DayNumber day = from_day; day < until_day; ++day)
    if (const int clerks = clerks_on(day, rules); clerks > 0) return clerks;
  return 0;
}

DayNumber first_counted_day(const Run& run) {
  return run.start +
         (run.length_s > 0 ? static_cast<DayNumber>(run.warm_up_s / kSecondsPerDay) : run.warm_up_days);
}

DayNumber end_of(const Run& run) {
  return run.start +
         (run.length_s > 0 ? static_cast<DayNumber>(std::ceil(run.length_s / kSecondsPerDay)) : run.days);
}

TravelTally tally_of(const TravelResult& ways, const Travel& travel) {
  static const std::size_t first_far = WaitHistogram::bin_of(kFarWay_km);
  TravelTally tally;
  tally.km = ways.km;
  tally.out_of_county = ways.out_of_county;
  const std::vector<std::uint32_t> counts = ways.km.unpack().counts();
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    tally.visits += counts[bin];
    if (bin >= first_far) tally.far += counts[bin];
  }
  for (const Kind kind : {Kind::urban, Kind::rural}) {
    const auto metres = count(ways.metres[static_cast<std::size_t>(kind)]);
    tally.metres += metres;
    tally.travel_s += travel.seconds(metres, kind);
  }
  return tally;
}

}  // namespace

int clerks_of(const StationRules& rules, const Run& run) {
  return first_clerks(first_counted_day(run), end_of(run), rules);
}

int clerks_of(const Office& office, const Run& run) {
  return first_clerks(std::max(first_counted_day(run), office.from_day),
                      std::min(end_of(run), office.until_day), office.rules);
}

DesignEffects find_design_effects(const Scenario& scenario, const std::vector<TrialResult>& trials) {
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
  std::vector<TravelTally> ways(trials.size());
  const auto ways_at = [&](std::size_t row) -> const std::vector<TravelTally>& {
    for (std::size_t i = 0; i < trials.size(); ++i)
      ways[i] = tally_of(trials[i].service_travel[row], scenario.travel);
    return ways;
  };
  std::vector<SystemSums> system(trials.size());
  const auto system_at = [&](std::size_t agency) -> const std::vector<SystemSums>& {
    for (std::size_t i = 0; i < trials.size(); ++i) system[i] = {trials[i].calls.backbone.systems[agency]};
    return system;
  };
  const std::size_t stations = trials.front().stations.size(),
                    systems = trials.front().calls.backbone.systems.size();
  DesignEffects all = usual_design_effects(visit_measures(), stations, station_at);
  all.merge(usual_design_effects(queue_measures(), stations, station_at));
  all.merge(usual_design_effects(staff_measures(), stations, station_at));
  all.merge(usual_design_effects(citizen_measures(), trials.front().citizens.size(), citizens_at));
  all.merge(usual_design_effects(travel_measures(), trials.front().service_travel.size(), ways_at));
  all.merge(usual_design_effects(system_measures(), systems, system_at));
  set_impossible(all, scenario, trials);
  return all;
}

DesignEffects find_online_effects(const Scenario& scenario, const std::vector<TrialResult>& trials,
                                  const DesignEffects& of_stations) {
  DesignEffects effects = of_stations;
  if (trials.empty() || !scenario.province) return effects;
  std::vector<VisitTally> attempts(trials.size());
  const auto attempts_at = [&](std::size_t service) -> const std::vector<VisitTally>& {
    const std::size_t row = service * kChannels + static_cast<std::size_t>(Channel::online);
    for (std::size_t i = 0; i < trials.size(); ++i) attempts[i] = trials[i].services[row];
    return attempts;
  };
  const std::size_t services = trials.front().services.size() / kChannels;
  for (const auto& measure : visit_measures()) effects.erase(measure.name);
  effects.merge(usual_design_effects(visit_measures(), services, attempts_at));
  set_impossible_online(effects, scenario);
  return effects;
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
  std::vector<std::size_t> channels(province.offices.size(), static_cast<std::size_t>(Channel::office));
  channels.resize(channels.size() + province.counters.size(), static_cast<std::size_t>(Channel::traditional));
  return sum_stations(results, kStationChannels, channels);
}

Channel channel_of(const Province& province, std::size_t station) {
  return station < province.offices.size() ? Channel::office : Channel::traditional;
}

CountyId county_of(const Province& province, std::size_t station) {
  const std::size_t offices = province.offices.size();
  return station < offices ? province.offices[station].county : province.counters[station - offices].county;
}

Sums<StationResult> sum_stations(const Results& results, std::size_t rows,
                                 const std::vector<std::size_t>& row_of_station) {
  return collect<StationResult>(results, rows, [&](const TrialResult& trial, auto at) {
    std::vector<WaitHistogram> waits(rows);
    for (std::size_t i = 0; i < trial.stations.size(); ++i) {
      const std::size_t row = row_of_station[i];
      if (row == kNoRow) continue;
      const StationResult& station = trial.stations[i];
      add_to(static_cast<StationTally&>(at(row)), station);
      at(row).levels += station.levels;
      station.waits.add_to(waits[row]);
    }
    for (std::size_t row = 0; row < rows; ++row) at(row).waits = CompactHistogram(waits[row]);
  });
}

Sums<TravelTally> travel_by_service(const Results& results) {
  const std::size_t rows = results.scenario.province->services.size() * kStationChannels;
  return collect<TravelTally>(results, rows, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.service_travel.size(); ++i)
      at(i) = tally_of(trial.service_travel[i], results.scenario.travel);
  });
}

Sums<TravelTally> travel_by_channel(const Results& results) {
  const Sums<TravelTally> services = travel_by_service(results);
  Sums<TravelTally> channels(kStationChannels, std::vector<TravelTally>(results.trials.size()));
  for (std::size_t row = 0; row < services.size(); ++row) {
    for (std::size_t i = 0; i < results.trials.size(); ++i)
      add_to(channels[row % kStationChannels][i], services[row][i]);
  }
  return channels;
}

bool has_content(const std::vector<HourTally>& hour) {
  return std::any_of(hour.begin(), hour.end(), [](const HourTally& tally) {
    return tally.arrived > 0 || tally.staffed_s > 0 || tally.open_s > 0 || tally.queue_area_s > 0;
  });
}

}  // namespace pishkhan
