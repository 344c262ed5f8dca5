#include "models/trial/totals/travel_totals.hpp"

namespace pishkhan {
namespace {

WaitHistogram histogram_of_bins(std::span<const std::uint32_t> bins, const std::uint32_t* counts) {
  std::vector<std::uint32_t> all(bins.empty() ? 0 : bins.back() + std::size_t{1}, 0);
  for (std::size_t i = 0; i < bins.size(); ++i) all[bins[i]] = counts[i];
  return WaitHistogram(std::move(all));
}

}  // namespace

TravelTotals::TravelTotals(const Plan::Data& data)
    : trips_(data.ways.size()),
      sums_(data.bare ? 0 : kStationChannels * data.services * kKinds),
      km_(data.bare ? 0 : kStationChannels * data.services * data.way_bins.size()) {}

void TravelTotals::add(const Plan::Data& data, StationIndex station, std::span<const Attempt> attempts) {
  const Way* const ways = data.ways_to(station);
  const std::size_t bins = data.way_bins.size();
  const std::size_t first = static_cast<std::size_t>(data.stations[station.index()].channel) * data.services;
  std::uint32_t* const trips = &trips_[station.index() * data.places()];
  Sums* const sums = &sums_[first * kKinds];
  std::uint32_t* const km = &km_[first * bins];
  for (const Attempt& attempt : attempts) {
    const std::uint32_t place = attempt.place(), service = attempt.service();
    const Way way = ways[place];
    Sums& of_service = sums[service * kKinds + static_cast<std::size_t>(way.kind)];
    of_service.metres += way.metres;
    of_service.out_of_county += way.leaves_county;
    ++km[service * bins + way.bin];
    ++trips[place];
  }
}

void TravelTotals::close(const Plan::Data& data, TrialResult& result) const {
  const std::size_t places = data.places(), bins = data.way_bins.size();
  for (std::size_t i = 0; i < trips_.size(); ++i) {
    if (trips_[i] == 0) continue;
    result.trips.push_back({static_cast<std::uint32_t>(i / places), static_cast<std::uint32_t>(i % places),
                            data.ways[i].metres, trips_[i]});
  }
  for (std::size_t service = 0; !data.bare && service < data.services; ++service) {
    for (std::size_t channel = 0; channel < kStationChannels; ++channel) {
      const std::size_t row = channel * data.services + service;
      TravelResult& travel = result.service_travel.emplace_back();
      for (std::size_t kind = 0; kind < kKinds; ++kind) {
        travel.metres[kind] = sums_[row * kKinds + kind].metres;
        travel.out_of_county += sums_[row * kKinds + kind].out_of_county;
      }
      travel.km = CompactHistogram(histogram_of_bins(data.way_bins, &km_[row * bins]));
    }
  }
}

}  // namespace pishkhan
