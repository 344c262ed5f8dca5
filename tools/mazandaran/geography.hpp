#pragma once
#include <vector>

#include "tools/mazandaran/facts.hpp"

namespace pishkhan::mazandaran {

struct Position {
  double latitude = 0, longitude = 0;  ///< degrees, rounded to five decimals (about a metre)
};

/// The province is small enough for a flat map: degrees times constants. Only the four operations
/// and square roots are used, so that every machine finds the same digits.
class FlatMap {
 public:
  explicit FlatMap(const Facts& facts);

  [[nodiscard]] double squared_km(Position a, Position b) const;
  /// The position so far east and north of another.
  [[nodiscard]] Position moved(Position from, double east_km, double north_km) const;

 private:
  double km_per_latitude_, km_per_longitude_;
};

/// Points of a sunflower spiral (Vogel 1979): point k lies at spacing * sqrt(k + 1/2) and each is
/// turned by the golden angle, which fills a disc evenly.
class Sunflower {
 public:
  explicit Sunflower(double spacing_km) : spacing_km_(spacing_km) {}
  /// Offsets (east, north) in km of the next point.
  std::pair<double, double> next();

 private:
  double spacing_km_;
  double east_ = 1, north_ = 0;  ///< direction of the next point
  int k_ = 0;
};

/// Radius, to the metre, of the disc over which the residents of a city live; 0 for a rural district, whose
/// residents and offices are taken to be at one point.
double radius_km(const Facts& facts, const PlaceFact& place);

}  // namespace pishkhan::mazandaran
