#include <array>
#include <cmath>
#include <optional>

#include "models/demand/office_choice.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/position.hpp"
#include "sim/base/contract.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {
namespace {

std::uint32_t in_metres(double km) { return static_cast<std::uint32_t>(std::lround(km * kMetresPerKm)); }

/// Numbers the bins of ways in the order in which they are first asked for.
class BinNumbers {
 public:
  explicit BinNumbers(std::vector<WayBin>& bins) : bins_(bins) {}
  std::uint16_t operator()(std::uint32_t metres, bool leaves_county) {
    const std::size_t km = WaitHistogram::bin_of(metres / kMetresPerKm);
    std::vector<std::uint16_t>& numbers = numbers_[leaves_county ? 1 : 0];
    if (km >= numbers.size()) numbers.resize(km + 1, kNone);
    if (numbers[km] == kNone) {
      PISHKHAN_EXPECT(bins_.size() < kNone);
      numbers[km] = static_cast<std::uint16_t>(bins_.size());
      bins_.push_back({static_cast<std::uint32_t>(km), leaves_county});
    }
    return numbers[km];
  }

 private:
  static constexpr std::uint16_t kNone = UINT16_MAX;
  std::vector<WayBin>& bins_;
  std::array<std::vector<std::uint16_t>, 2> numbers_;  ///< [leaves_county][bin of km]
};

/// From the residents of a place to the middle of another, or of their own.
double km_between(const Place& from, const Place& to) {
  const double km = distance_km(from.latitude, from.longitude, to.latitude, to.longitude);
  return distance_from_disc_km(km, from.radius_km);
}

}  // namespace

void plan_ways(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  const Province& province = *scenario.province;
  const std::vector<Place>& places = province.places;
  std::vector<std::uint32_t> to_capitals;  // [county * places + place]
  for (const County& county : province.counties) {
    for (const Place& place : places) {
      const double km = distance_km(place.latitude, place.longitude, county.latitude, county.longitude);
      to_capitals.push_back(in_metres(distance_from_disc_km(km, place.radius_km)));
    }
  }
  BinNumbers number_of(data.way_bins);
  data.ways.reserve(data.stations.size() * places.size());
  for (std::size_t station = 0; station < data.stations.size(); ++station) {
    stop.after(places.size());
    const CountyId county = data.stations[station].county;
    const Counter* const counter =
        station < data.offices ? nullptr : &province.counters[station - data.offices];
    for (std::size_t p = 0; p < places.size(); ++p) {
      Way way;
      if (counter == nullptr)
        way.metres = in_metres(distance_to_office_km(province, PlaceId(p), province.offices[station]));
      else if (counter->place)
        way.metres = in_metres(km_between(places[p], places[counter->place->index()]));
      else
        way.metres = to_capitals[county.index() * places.size() + p];
      way.kind = places[p].kind;
      way.bin = number_of(way.metres, places[p].county != county);
      data.ways.push_back(way);
    }
  }
}

}  // namespace pishkhan
