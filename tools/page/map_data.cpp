#include "tools/page/map_data.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "tools/page/table_view.hpp"
#include "tools/page/voronoi.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kWidth = 760;
constexpr double kReach = 0.05 * kWidth;  // of a cell from its place: what is farther away is nobody's

/// Cosine of an angle up to a right one, by its series: the same bits on every processor.
double cosine(double degrees) {
  const double x = degrees * 3.14159265358979323846 / 180, square = x * x;
  double term = 1, sum = 1;
  for (int n = 2; n <= 20; n += 2) {
    term *= -square / (n * (n - 1));
    sum += term;
  }
  return sum;
}

}  // namespace

Projection::Projection(const std::vector<MapPlace>& places) {
  double south = 90, north = -90, east = -180;
  west_ = 180;
  for (const MapPlace& place : places) {
    west_ = std::min(west_, place.longitude);
    east = std::max(east, place.longitude);
    south = std::min(south, place.latitude);
    north = std::max(north, place.latitude);
  }
  north_ = north;
  narrowing_ = cosine((south + north) / 2);
  const double width = std::max((east - west_) * narrowing_, 1e-6);
  scale_ = (kWidth - 2 * kReach) / std::max(width, (north - south) / 2);
  height_ = (north - south) * scale_ + 2 * kReach;
}

double Projection::km() const {
  constexpr double kKmPerDegree = 111.195;
  return kKmPerDegree / scale_;
}

Point Projection::at(double latitude, double longitude) const {
  return {kReach + (longitude - west_) * narrowing_ * scale_, kReach + (north_ - latitude) * scale_};
}

namespace {

std::string point_text(const Point& point) { return rounded(point.x, 1) + ' ' + rounded(point.y, 1); }

std::string outline(const VoronoiCell& cell) {
  std::string path;
  for (const Point& corner : cell.corners) path += (path.empty() ? "M" : "L") + point_text(corner);
  return path.empty() ? path : path + 'Z';
}

/// The edges between cells of different counties, and those to nobody's land.
std::string borders(const std::vector<VoronoiCell>& cells, const std::vector<MapPlace>& places) {
  std::string path;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t k = 0; k < cells[i].corners.size(); ++k) {
      const std::size_t other = cells[i].neighbours[k];
      const bool outside = other == VoronoiCell::kOutside;
      if (!outside && (other < i || places[other].county == places[i].county)) continue;
      path += 'M' + point_text(cells[i].corners[k]) + 'L' +
              point_text(cells[i].corners[(k + 1) % cells[i].corners.size()]);
    }
  }
  return path;
}

/// What the offices of a place add up to.
struct PlaceSums {
  double visits = 0, in_time = 0;
  std::vector<std::size_t> offices;  ///< rows of the table
};

/// Of the share that is judged where there is one, and of the visits that it is taken of.
std::map<std::string, PlaceSums> sums_by_place(const TableView& offices, const TargetCount* target) {
  const bool is_judged = offices.has_estimate("in_time");
  const bool of_served = is_judged && target && target->of_visits == TargetOf::served;
  std::map<std::string, PlaceSums> sums;
  for (std::size_t row = 0; row < offices.rows(); ++row) {
    PlaceSums& place = sums[offices.text(row, "place")];
    place.offices.push_back(row);
    const auto arrived = offices.number(row, "arrived_mean"), balked = offices.number(row, "balked_mean"),
               served = offices.number(row, "served_mean");
    const auto share = offices.number(row, is_judged ? "in_time_mean" : "service_level_mean");
    if (!arrived || !balked || !served || !share) continue;
    const double visits = of_served ? *served : *arrived - *balked;
    place.visits += visits;
    place.in_time += visits * *share;
  }
  return sums;
}

/// Centre of the cells of a county, each as heavy as it is large.
Point centre_of(const std::vector<VoronoiCell>& cells, const std::vector<MapPlace>& places,
                std::size_t county) {
  double area = 0, x = 0, y = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (places[i].county != county) continue;
    const auto& corners = cells[i].corners;
    for (std::size_t k = 0; k < corners.size(); ++k) {
      const Point &from = corners[k], &to = corners[(k + 1) % corners.size()];
      const double cross = from.x * to.y - to.x * from.y;
      area += cross;
      x += cross * (from.x + to.x) / 3;
      y += cross * (from.y + to.y) / 3;
    }
  }
  return area > 0 ? Point{x / area, y / area} : Point{};
}

std::vector<MapPlace> places_of(const Province& province) {
  std::vector<MapPlace> places;
  for (const Place& place : province.places) {
    places.push_back({place.id, place.name_fa, place.name_en, place.county.index(),
                      std::string(to_string(place.kind)), place.latitude, place.longitude});
  }
  return places;
}

/// The cells with the offices in them, and how many of their visits were in time.
Json place_rows(const MapCells& cells, const std::vector<MapPlace>& of, const TableView& offices,
                const TargetCount* target) {
  const auto sums = sums_by_place(offices, target);
  std::vector<Json> places = cells.places();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto found = sums.find(of[i].id);
    if (found == sums.end()) continue;
    places[i]["offices"] = found->second.offices;
    if (found->second.visits > 0)
      places[i]["share"] = rounded(100 * found->second.in_time / found->second.visits, 0);
  }
  return places;
}

std::vector<VoronoiCell> cells_of(const std::vector<MapPlace>& places, const Projection& projection) {
  std::vector<Point> sites;
  for (const MapPlace& place : places) sites.push_back(projection.at(place.latitude, place.longitude));
  return voronoi(sites, kReach);
}

}  // namespace

MapCells::MapCells(const std::vector<MapPlace>& places, std::size_t counties)
    : places_(places), counties_(counties), projection_(places), cells_(cells_of(places, projection_)) {}

std::vector<Json> MapCells::places() const {
  std::vector<Json> rows;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const MapPlace& place = places_[i];
    rows.push_back({{"id", place.id},
                    {"fa", place.name_fa},
                    {"en", place.name_en},
                    {"county", place.county},
                    {"kind", place.kind},
                    {"d", outline(cells_[i])},
                    {"at", at(place.latitude, place.longitude)}});
  }
  return rows;
}

void MapCells::add_counties(Json& map) const {
  map["borders"] = borders(cells_, places_);
  map["labels"] = Json::array();
  for (std::size_t i = 0; i < counties_; ++i) {
    const Point centre = centre_of(cells_, places_, i);
    map["labels"].push_back({rounded(centre.x, 0), rounded(centre.y, 0)});
  }
}

Json MapCells::width() const { return kWidth; }
Json MapCells::height() const { return std::ceil(projection_.height()); }
Json MapCells::km() const { return rounded(projection_.km(), 5); }

std::string MapCells::at(double latitude, double longitude) const {
  return point_text(projection_.at(latitude, longitude));
}

Json make_map(const PageSource& source, const StationVerdicts& verdicts) {
  const auto offices = find_table(source, "offices");
  if (!source.scenario.province || !offices || source.scenario.province->places.size() < 2) return nullptr;
  const Province& province = *source.scenario.province;
  const std::vector<MapPlace> places = places_of(province);
  const MapCells cells(places, province.counties.size());
  Json map{{"width", cells.width()},
           {"height", cells.height()},
           {"km", cells.km()},
           {"places", place_rows(cells, places, *offices, verdicts.main_target("offices"))}};
  cells.add_counties(map);
  std::string dots;
  for (std::size_t row = 0; row < offices->rows(); ++row) {
    const auto latitude = offices->number(row, "latitude"), longitude = offices->number(row, "longitude");
    dots += (row > 0 ? " " : "") + (latitude && longitude ? cells.at(*latitude, *longitude) : point_text({}));
  }
  map["dots"] = std::move(dots);
  return map;
}

}  // namespace pishkhan::page
