#pragma once
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/page/page_source.hpp"
#include "tools/page/station_verdicts.hpp"
#include "tools/page/voronoi.hpp"

namespace pishkhan::page {

/// A city or rural district on the map.
struct MapPlace {
  std::string id, name_fa, name_en;
  std::size_t county = 0;  ///< index
  std::string kind;        ///< urban, rural
  double latitude = 0, longitude = 0;
};

/// Where degrees are on the map: equirectangular, north up, with a margin of a cell's reach.
class Projection {
 public:
  explicit Projection(const std::vector<MapPlace>& places);
  [[nodiscard]] double height() const { return height_; }
  [[nodiscard]] double km() const;  ///< of a unit of the map
  [[nodiscard]] Point at(double latitude, double longitude) const;

 private:
  double west_ = 0, north_ = 0, narrowing_ = 1, scale_ = 1, height_ = 0;
};

/// The cells of places on a schematic map. Expects two places or more.
class MapCells {
 public:
  MapCells(const std::vector<MapPlace>& places, std::size_t counties);

  /// Of each place id, names, county, kind, the outline of its cell as the `d` of an SVG path, and its
  /// centre.
  [[nodiscard]] std::vector<nlohmann::ordered_json> places() const;
  /// Adds the borders of the counties, and where each county's name may stand.
  void add_counties(nlohmann::ordered_json& map) const;
  [[nodiscard]] nlohmann::ordered_json width() const;
  [[nodiscard]] nlohmann::ordered_json height() const;
  [[nodiscard]] nlohmann::ordered_json km() const;  ///< of a unit
  /// Where degrees are, `x y`.
  [[nodiscard]] std::string at(double latitude, double longitude) const;

 private:
  const std::vector<MapPlace>& places_;
  std::size_t counties_;
  Projection projection_;
  std::vector<VoronoiCell> cells_;
};

/// The schematic map of a province: width and height; of each place the outline of its cell, as the `d` of an
/// SVG path, its centre, names, county, offices and the share of the visits at its offices that were in
/// time, by the target that offices are judged by; the borders of the counties; where each county's name may
/// stand. Null where there are fewer than two places, or no table `offices`.
nlohmann::ordered_json make_map(const PageSource& source, const StationVerdicts& verdicts);

}  // namespace pishkhan::page
