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

/// Where degrees are on the map: equirectangular, north up, with a margin of a cell's reach.
class Projection {
 public:
  explicit Projection(const std::vector<Place>& places) {
    double south = 90, north = -90, east = -180;
    west_ = 180;
    for (const Place& place : places) {
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
  [[nodiscard]] double height() const { return height_; }
  /// Of a unit of the map.
  [[nodiscard]] double km() const {
    constexpr double kKmPerDegree = 111.195;
    return kKmPerDegree / scale_;
  }
  [[nodiscard]] Point at(double latitude, double longitude) const {
    return {kReach + (longitude - west_) * narrowing_ * scale_, kReach + (north_ - latitude) * scale_};
  }

 private:
  double west_ = 0, north_ = 0, narrowing_ = 1, scale_ = 1, height_ = 0;
};

std::string point_text(const Point& point) { return rounded(point.x, 1) + ' ' + rounded(point.y, 1); }

std::string outline(const VoronoiCell& cell) {
  std::string path;
  for (const Point& corner : cell.corners) path += (path.empty() ? "M" : "L") + point_text(corner);
  return path.empty() ? path : path + 'Z';
}

/// The edges between cells of different counties, and those to nobody's land.
std::string borders(const std::vector<VoronoiCell>& cells, const std::vector<Place>& places) {
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
Point centre_of(const std::vector<VoronoiCell>& cells, const std::vector<Place>& places, CountyId county) {
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

Json place_rows(const Province& province, const std::vector<VoronoiCell>& cells, const TableView& offices,
                const Projection& projection, const TargetCount* target) {
  const auto sums = sums_by_place(offices, target);
  Json places = Json::array();
  for (std::size_t i = 0; i < province.places.size(); ++i) {
    const Place& place = province.places[i];
    Json entry{{"id", place.id},
               {"fa", place.name_fa},
               {"en", place.name_en},
               {"county", place.county.index()},
               {"kind", to_string(place.kind)},
               {"d", outline(cells[i])},
               {"at", point_text(projection.at(place.latitude, place.longitude))}};
    if (const auto found = sums.find(place.id); found != sums.end()) {
      entry["offices"] = found->second.offices;
      if (found->second.visits > 0)
        entry["share"] = rounded(100 * found->second.in_time / found->second.visits, 0);
    }
    places.push_back(std::move(entry));
  }
  return places;
}

}  // namespace

Json make_map(const PageSource& source, const StationVerdicts& verdicts) {
  const auto offices = find_table(source, "offices");
  if (!source.scenario.province || !offices || source.scenario.province->places.size() < 2) return nullptr;
  const Province& province = *source.scenario.province;
  const Projection projection(province.places);
  std::vector<Point> sites;
  for (const Place& place : province.places) sites.push_back(projection.at(place.latitude, place.longitude));
  const std::vector<VoronoiCell> cells = voronoi(sites, kReach);
  Json counties = Json::array();
  for (std::size_t i = 0; i < province.counties.size(); ++i) {
    const Point centre = centre_of(cells, province.places, CountyId(static_cast<std::uint32_t>(i)));
    counties.push_back({rounded(centre.x, 0), rounded(centre.y, 0)});
  }
  std::string dots;
  for (std::size_t row = 0; row < offices->rows(); ++row) {
    const auto latitude = offices->number(row, "latitude"), longitude = offices->number(row, "longitude");
    const Point at = latitude && longitude ? projection.at(*latitude, *longitude) : Point{};
    dots += (row > 0 ? " " : "") + rounded(at.x, 1) + ' ' + rounded(at.y, 1);
  }
  return {{"width", kWidth},
          {"height", std::ceil(projection.height())},
          {"km", rounded(projection.km(), 5)},
          {"places", place_rows(province, cells, *offices, projection, verdicts.main_target("offices"))},
          {"borders", borders(cells, province.places)},
          {"labels", std::move(counties)},
          {"dots", std::move(dots)}};
}

}  // namespace pishkhan::page
