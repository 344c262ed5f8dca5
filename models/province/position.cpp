#include "models/province/position.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pishkhan {
namespace {

constexpr double kTooFar_km = 1000;   ///< no place is so far from its county's capital
constexpr double kMostLatitude = 90;  ///< degrees

std::string whole_km(double km) { return std::to_string(std::lround(km)) + " km"; }

}  // namespace

double distance_from_disc_km(double km, double radius_km) {
  if (radius_km == 0) return km;
  return std::round(std::sqrt(km * km + radius_km * radius_km / 2) * 1000) / 1000;
}

double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  constexpr double kEarthRadiusKm = 6371.0088, kRadians = std::numbers::pi / 180;
  const double sin_latitude = std::sin((latitude_b - latitude_a) * kRadians / 2);
  const double sin_longitude = std::sin((longitude_b - longitude_a) * kRadians / 2);
  const double h = sin_latitude * sin_latitude + std::cos(latitude_a * kRadians) *
                                                     std::cos(latitude_b * kRadians) * sin_longitude *
                                                     sin_longitude;
  const double km = 2 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(h)));
  // To the metre: the last bits of the C library's sine differ from machine to machine.
  return std::round(km * 1000) / 1000;
}

std::optional<PositionMistake> find_position_mistake(const Position& thing, const Position& near,
                                                     const std::string& other) {
  const double km = distance_km(thing.latitude, thing.longitude, near.latitude, near.longitude);
  if (km < kFar_km) return std::nullopt;
  const double swapped_km = distance_km(thing.longitude, thing.latitude, near.latitude, near.longitude);
  if (std::abs(thing.longitude) <= kMostLatitude && swapped_km < kFar_km) {
    return PositionMistake{"latitude and longitude are swapped: " + whole_km(km) + " from " + other,
                           "the other way round it is " + whole_km(swapped_km)};
  }
  if (km < kTooFar_km) return std::nullopt;
  return PositionMistake{whole_km(km) + " from " + other, "check latitude and longitude of both"};
}

}  // namespace pishkhan
