#include "tools/report/compared_run.hpp"

#include <utility>

#include "models/province/calendar.hpp"

namespace pishkhan {

std::string stream_id(const BareStation& station, const ArrivalStream& stream) {
  return station.id + '/' + stream.id;
}
namespace {

const std::string kOfAll = "all", kWholeTime = "whole";

std::string name_of(std::size_t channel) { return std::string(to_string(static_cast<Channel>(channel))); }

/// Adds rows one by one.
template <class Tally>
class CellList {
 public:
  explicit CellList(const std::vector<TrialResult>& trials) : trials_(trials) {}

  /// Adds an empty cell and returns its index.
  std::size_t add(CellKey key) {
    cells_.keys.push_back(std::move(key));
    cells_.sums.emplace_back(trials_.size());
    return cells_.keys.size() - 1;
  }
  /// A cell for each channel that has stations, or for each; returns the index of the first.
  std::size_t add_channels(const std::string& level, const std::string& id, std::size_t channels = kChannels,
                           const std::string& period = kWholeTime) {
    const std::size_t first = cells_.keys.size();
    for (std::size_t channel = 0; channel < channels; ++channel) add({level, id, name_of(channel), period});
    return first;
  }
  Tally& at(std::size_t cell, std::size_t replication) { return cells_.sums[cell][replication]; }
  [[nodiscard]] Cells<Tally> take() { return std::move(cells_); }

 private:
  const std::vector<TrialResult>& trials_;
  Cells<Tally> cells_;
};

/// Of each stream.
template <class Tally>
Cells<Tally> stream_cells(const Scenario& scenario, const std::vector<TrialResult>& trials,
                          std::vector<Tally> TrialResult::*tallies) {
  CellList<Tally> list(trials);
  const std::size_t all = list.add({kOfAll, kOfAll, kOfAll, kWholeTime});
  std::size_t number = 0;
  for (const BareStation& station : scenario.stations) {
    for (const ArrivalStream& stream : station.streams) {
      const std::size_t cell = list.add({"stream", stream_id(station, stream), kOfAll, kWholeTime});
      for (std::size_t i = 0; i < trials.size(); ++i) {
        for (std::size_t channel = 0; channel < kChannels; ++channel) {
          const Tally& tally = (trials[i].*tallies)[number * kChannels + channel];
          add_to(list.at(cell, i), tally);
          add_to(list.at(all, i), tally);
        }
      }
      ++number;
    }
  }
  return list.take();
}

Cells<VisitTally> visit_cells(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  if (!scenario.province) return stream_cells(scenario, trials, &TrialResult::services);
  const Province& province = *scenario.province;
  CellList<VisitTally> list(trials);
  const std::size_t all = list.add_channels(kOfAll, kOfAll);
  std::vector<std::size_t> agencies, services, days;
  for (const Agency& agency : province.agencies) agencies.push_back(list.add_channels("agency", agency.id));
  for (const Service& service : province.services)
    services.push_back(list.add_channels("service", service.id));
  const Run& run = scenario.run;
  for (int day = run.warm_up_days; day < run.days; ++day)
    days.push_back(list.add_channels(kOfAll, kOfAll, kChannels, format_date(run.start + day)));
  for (std::size_t i = 0; i < trials.size(); ++i) {
    for (std::size_t k = 0; k < trials[i].services.size(); ++k) {
      const std::size_t service = k / kChannels, channel = k % kChannels;
      const std::size_t agency = province.services[service].agency.index();
      for (const std::size_t first : {all, agencies[agency], services[service]})
        add_to(list.at(first + channel, i), trials[i].services[k]);
    }
    const std::size_t before = static_cast<std::size_t>(run.warm_up_days) * kChannels;
    for (std::size_t k = before; k < trials[i].days.size(); ++k)
      add_to(list.at(days[(k - before) / kChannels] + k % kChannels, i), trials[i].days[k]);
  }
  return list.take();
}

/// Of every station, the cells that it is added up in.
Cells<StationTally> add_up(CellList<StationTally>& list, const std::vector<TrialResult>& trials,
                           const std::vector<std::vector<std::size_t>>& cells_of_station) {
  for (std::size_t i = 0; i < trials.size(); ++i) {
    for (std::size_t s = 0; s < trials[i].stations.size(); ++s) {
      for (const std::size_t cell : cells_of_station[s])
        add_to(list.at(cell, i), static_cast<const StationTally&>(trials[i].stations[s]));
    }
  }
  return list.take();
}

Cells<StationTally> station_cells(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  CellList<StationTally> list(trials);
  std::vector<std::vector<std::size_t>> cells_of_station;
  const std::size_t all = list.add({kOfAll, kOfAll, kOfAll, kWholeTime});
  for (const BareStation& station : scenario.stations)
    cells_of_station.push_back({all, list.add({"station", station.id, kOfAll, kWholeTime})});
  if (!scenario.province) return add_up(list, trials, cells_of_station);
  const Province& province = *scenario.province;
  const std::size_t by_channel = list.add_channels(kOfAll, kOfAll, kStationChannels);
  std::vector<std::size_t> counties;
  for (const County& county : province.counties) {
    counties.push_back(list.add_channels("county", county.id, kStationChannels));
    list.add({"county", county.id, kOfAll, kWholeTime});
  }
  const auto add = [&](const std::string& level, const std::string& id, Channel of, CountyId county) {
    const auto channel = static_cast<std::size_t>(of);
    const std::size_t first = counties[county.index()];
    cells_of_station.push_back({all, by_channel + channel, first + channel, first + kStationChannels,
                                list.add({level, id, name_of(channel), kWholeTime})});
  };
  for (const Office& office : province.offices) add("office", office.id, Channel::office, office.county);
  for (const Counter& counter : province.counters)
    add("counter", counter.id, Channel::traditional, counter.county);
  return add_up(list, trials, cells_of_station);
}

Cells<CitizenTally> citizen_cells(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  if (!scenario.province) return stream_cells(scenario, trials, &TrialResult::citizens);
  CellList<CitizenTally> list(trials);
  const std::size_t all = list.add({kOfAll, kOfAll, kOfAll, kWholeTime}),
                    by_channel = list.add_channels(kOfAll, kOfAll);
  const std::size_t services = by_channel + kChannels;
  for (const Service& service : scenario.province->services) list.add_channels("service", service.id);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    for (std::size_t k = 0; k < trials[i].citizens.size(); ++k) {
      for (const std::size_t cell : {all, by_channel + k % kChannels, services + k})
        add_to(list.at(cell, i), trials[i].citizens[k]);
    }
  }
  return list.take();
}

Cells<TravelTally> travel_cells(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  CellList<TravelTally> list(trials);
  if (!scenario.province) return list.take();
  const Sums<TravelTally> channels = travel_by_channel({scenario, trials, {}, {}, {}});
  const std::size_t first = list.add_channels(kOfAll, kOfAll, kStationChannels);
  for (std::size_t channel = 0; channel < kStationChannels; ++channel)
    for (std::size_t i = 0; i < trials.size(); ++i) list.at(first + channel, i) = channels[channel][i];
  return list.take();
}

Cells<MoneyTally> money_cells(const Scenario& scenario, const std::vector<TrialResult>& trials) {
  CellList<MoneyTally> list(trials);
  if (!scenario.economics) return list.take();
  const Results results{scenario, trials, {}, {}, {}};
  const auto put = [&](std::size_t first, const Sums<MoneyTally>& sums, std::size_t rows) {
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t i = 0; i < trials.size(); ++i) list.at(first + row, i) = sums[row][i];
  };
  put(list.add_channels(kOfAll, kOfAll, kStationChannels), money_of_channels(results), kStationChannels);
  const std::vector<Office>& offices = scenario.province->offices;
  const Sums<MoneyTally> money = money_of_offices(results);
  for (std::size_t i = 0; i < offices.size(); ++i) {
    const std::string channel = name_of(static_cast<std::size_t>(Channel::office));
    const std::size_t cell = list.add({"office", offices[i].id, channel, kWholeTime});
    put(cell, {money[i]}, 1);
  }
  return list.take();
}

}  // namespace

ComparedRun make_compared_run(std::string name, const Scenario& scenario,
                              const std::vector<TrialResult>& trials) {
  return {std::move(name),
          scenario,
          trials,
          {visit_cells(scenario, trials), station_cells(scenario, trials), citizen_cells(scenario, trials),
           travel_cells(scenario, trials), money_cells(scenario, trials)}};
}

}  // namespace pishkhan
