#include <cmath>

#include "models/plan/plan_data.hpp"
#include "models/province/position.hpp"
#include "sim/base/contract.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {
namespace {

constexpr double kMetresPerKm = 1000;

std::uint32_t metres_between(const Place& place, const Position& station) {
  const double km = distance_km(place.latitude, place.longitude, station.latitude, station.longitude);
  return static_cast<std::uint32_t>(std::lround(km * kMetresPerKm));
}

std::uint16_t bin_of(std::uint32_t metres) {
  const std::size_t bin = WaitHistogram::bin_of(metres / kMetresPerKm);
  PISHKHAN_EXPECT(bin <= UINT16_MAX);
  return static_cast<std::uint16_t>(bin);
}

/// Numbers anew the bins of the ways, most of which have none.
void number_bins(Plan::Data& data) {
  std::vector<std::uint16_t> number(std::size_t{UINT16_MAX} + 1, 0);
  for (const Way& way : data.ways) number[way.bin] = 1;
  for (std::size_t bin = 0; bin < number.size(); ++bin) {
    if (number[bin] == 0) continue;
    number[bin] = static_cast<std::uint16_t>(data.way_bins.size());
    data.way_bins.push_back(static_cast<std::uint32_t>(bin));
  }
  for (Way& way : data.ways) way.bin = number[way.bin];
}

}  // namespace

void plan_ways(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  const Province& province = *scenario.province;
  const std::vector<Place>& places = province.places;
  std::vector<std::uint32_t> to_capitals;  // [county * places + place]
  for (const County& county : province.counties)
    for (const Place& place : places)
      to_capitals.push_back(metres_between(place, {county.latitude, county.longitude}));
  data.ways.reserve(data.stations.size() * places.size());
  for (std::size_t station = 0; station < data.stations.size(); ++station) {
    stop.after(places.size());
    const CountyId county = data.stations[station].county;
    for (std::size_t p = 0; p < places.size(); ++p) {
      Way way;
      if (station < data.offices) {
        const Office& office = province.offices[station];
        way.metres = metres_between(places[p], {office.latitude, office.longitude});
      } else {
        way.metres = to_capitals[county.index() * places.size() + p];
      }
      way.kind = places[p].kind;
      way.leaves_county = places[p].county == county ? 0 : 1;
      way.bin = bin_of(way.metres);
      data.ways.push_back(way);
    }
  }
  number_bins(data);
}

}  // namespace pishkhan
