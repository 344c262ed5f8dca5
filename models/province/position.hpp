#pragma once
#include <optional>
#include <string>

namespace pishkhan {

/// Great-circle distance in km, to the metre.
double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

/// Distance in km, to the metre, to a point from residents who live evenly spread over a disc with its centre
/// `km` away: the root of their mean squared distance, the root of km^2 + radius^2 / 2.
double distance_from_disc_km(double km, double radius_km);

/// In degrees, north and east.
struct Position {
  double latitude = 0, longitude = 0;
};

/// From here on a place is far from its county's capital, and a swap of latitude and longitude is looked for.
inline constexpr double kFar_km = 100;
inline constexpr double kMetresPerKm = 1000;

struct PositionMistake {
  std::string problem, hint;
};

/// What is wrong with the position of a thing that should stand near another, called `other`: latitude and
/// longitude swapped, or a distance beyond every province. Nothing where it is near.
std::optional<PositionMistake> find_position_mistake(const Position& thing, const Position& near,
                                                     const std::string& other);

}  // namespace pishkhan
