#include "tools/report/sums.hpp"

#include <algorithm>

namespace pishkhan {

int clerks_of(const StationRules& rules, const Run& run) {
  const DayNumber day = run.start + run.warm_up_days;
  int clerks = 0;
  for (const ClerkGroup& group : rules.groups)
    if (group.from_day <= day && day < group.until_day) clerks += group.clerks;
  return clerks;
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

Sums<TravelTally> travel_by_service(const Results& results) {
  const std::size_t rows = results.scenario.province->services.size() * kStationChannels;
  const std::size_t first_far = WaitHistogram::bin_of(kFarWay_km);
  return collect<TravelTally>(results, rows, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.service_travel.size(); ++i) {
      const TravelResult& travel = trial.service_travel[i];
      TravelTally& tally = at(i);
      tally.km = travel.km;
      tally.out_of_county = travel.out_of_county;
      const std::vector<std::uint32_t> counts = travel.km.unpack().counts();
      for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        tally.visits += counts[bin];
        if (bin >= first_far) tally.far += counts[bin];
      }
      for (const Kind kind : {Kind::urban, Kind::rural}) {
        const auto metres = count(travel.metres[static_cast<std::size_t>(kind)]);
        tally.metres += metres;
        tally.travel_s += results.scenario.travel.seconds(metres, kind);
      }
    }
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
