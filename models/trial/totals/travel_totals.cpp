#include "models/trial/totals/travel_totals.hpp"

#include <algorithm>

namespace pishkhan {

TravelTotals::TravelTotals(const Plan::Data& data)
    : trips_(data.ways.size()),
      metres_(data.bare ? 0 : kStationChannels * kKinds * data.services),
      visits_(data.bare ? 0 : kStationChannels * data.way_bins.size() * data.services) {}

void TravelTotals::add(const Plan::Data& data, StationIndex station, std::span<const Attempt> attempts) {
  const auto channel = static_cast<std::size_t>(data.stations[station.index()].channel);
  const Way* const ways = data.ways_to(station);
  std::uint32_t* const trips = &trips_[station.index() * data.places()];
  // Citizens of a place follow each other, nearly all, and have the same way.
  for (auto attempt = attempts.begin(); attempt != attempts.end();) {
    const std::uint32_t place = attempt->place();
    const Way way = ways[place];
    const std::size_t kind = channel * kKinds + static_cast<std::size_t>(way.kind);
    std::uint64_t* const metres = &metres_[kind * data.services];
    std::uint32_t* const visits = &visits_[(channel * data.way_bins.size() + way.bin) * data.services];
    const auto first = attempt;
    for (; attempt != attempts.end() && attempt->place() == place; ++attempt) {
      const std::uint32_t service = attempt->service();
      metres[service] += way.metres;
      ++visits[service];
    }
    trips[place] += static_cast<std::uint32_t>(attempt - first);
  }
}

void TravelTotals::close(const Plan::Data& data, TrialResult& result) const {
  const std::size_t places = data.places(), services = data.services, bins = data.way_bins.size();
  for (std::size_t i = 0; i < trips_.size(); ++i) {
    if (trips_[i] == 0) continue;
    result.trips.push_back({static_cast<std::uint32_t>(i / places), static_cast<std::uint32_t>(i % places),
                            data.ways[i].metres, trips_[i]});
  }
  std::uint32_t km_bins = 0;
  for (const WayBin& bin : data.way_bins) km_bins = std::max(km_bins, bin.km + 1);
  for (std::size_t service = 0; !data.bare && service < services; ++service) {
    for (std::size_t channel = 0; channel < kStationChannels; ++channel) {
      TravelResult& travel = result.service_travel.emplace_back();
      for (std::size_t kind = 0; kind < kKinds; ++kind)
        travel.metres[kind] = metres_[(channel * kKinds + kind) * services + service];
      std::vector<std::uint32_t> km(km_bins, 0);
      for (std::size_t bin = 0; bin < bins; ++bin) {
        const std::uint32_t visits = visits_[(channel * bins + bin) * services + service];
        km[data.way_bins[bin].km] += visits;
        if (data.way_bins[bin].leaves_county) travel.out_of_county += visits;
      }
      travel.km = CompactHistogram(WaitHistogram(std::move(km)));
    }
  }
}

}  // namespace pishkhan
