#include "tools/mazandaran/geography.hpp"

#include <cmath>
#include <numbers>

namespace pishkhan::mazandaran {
namespace {

double five_decimals(double degrees) { return std::round(degrees * 1e5) / 1e5; }

}  // namespace

FlatMap::FlatMap(const Facts& facts)
    : km_per_latitude_(facts.number("km_per_degree")),
      km_per_longitude_(facts.number("km_per_degree") * facts.number("cos_latitude")) {}

double FlatMap::squared_km(Position a, Position b) const {
  const double north = (a.latitude - b.latitude) * km_per_latitude_;
  const double east = (a.longitude - b.longitude) * km_per_longitude_;
  return north * north + east * east;
}

Position FlatMap::moved(Position from, double east_km, double north_km) const {
  return {five_decimals(from.latitude + north_km / km_per_latitude_),
          five_decimals(from.longitude + east_km / km_per_longitude_)};
}

std::pair<double, double> Sunflower::next() {
  // Cosine and sine of the golden angle, pi (3 - sqrt 5).
  constexpr double cosine = -0.7373688780783197;
  constexpr double sine = 0.6754902942615238;
  const double radius = spacing_km_ * std::sqrt(k_ + 0.5);
  const std::pair<double, double> point{radius * east_, radius * north_};
  const double east = east_ * cosine - north_ * sine;
  north_ = east_ * sine + north_ * cosine;
  east_ = east;
  ++k_;
  return point;
}

double radius_km(const Facts& facts, const PlaceFact& place) {
  if (place.kind == Kind::rural) return 0;
  const double per_km2 = facts.number("urban_residents_per_km2");
  return std::round(std::sqrt(static_cast<double>(place.population) / per_km2 / std::numbers::pi) * 1000) /
         1000;
}

}  // namespace pishkhan::mazandaran
