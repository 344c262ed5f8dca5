#include "tools/page/voronoi.hpp"

#include <cmath>

namespace pishkhan::page {
namespace {

constexpr int kCorners = 24;
// Of 15 degrees, a 24th of the circle. Sine and cosine of the library may differ in their last bits from one
// processor to another.
constexpr double kCosine = 0.96592582628906828675, kSine = 0.25881904510252076235;

/// How far a point is on the side of `other` from the line between two sites.
double beyond(const Point& site, const Point& other, const Point& point) {
  const double x = other.x - site.x, y = other.y - site.y;
  return (point.x - (site.x + other.x) / 2) * x + (point.y - (site.y + other.y) / 2) * y;
}

/// What of the cell is nearer to its site than to the other, which has a number.
VoronoiCell cut(const VoronoiCell& cell, const Point& site, const Point& other, std::size_t number) {
  VoronoiCell rest;
  const std::size_t count = cell.corners.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Point &from = cell.corners[i], &to = cell.corners[(i + 1) % count];
    const double a = beyond(site, other, from), b = beyond(site, other, to);
    if (a <= 0) {
      rest.corners.push_back(from);
      rest.neighbours.push_back(cell.neighbours[i]);
    }
    if ((a <= 0) == (b <= 0)) continue;
    const double t = a / (a - b);
    rest.corners.push_back({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
    rest.neighbours.push_back(a <= 0 ? number : cell.neighbours[i]);
  }
  return rest;
}

}  // namespace

std::vector<VoronoiCell> voronoi(const std::vector<Point>& sites, double radius) {
  std::vector<VoronoiCell> cells;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    VoronoiCell cell;
    Point arm{radius, 0};
    for (int k = 0; k < kCorners; ++k) {
      cell.corners.push_back({sites[i].x + arm.x, sites[i].y + arm.y});
      arm = {arm.x * kCosine - arm.y * kSine, arm.x * kSine + arm.y * kCosine};
      cell.neighbours.push_back(VoronoiCell::kOutside);
    }
    for (std::size_t other = 0; other < sites.size(); ++other) {
      const double x = sites[other].x - sites[i].x, y = sites[other].y - sites[i].y;
      const double distance = std::sqrt(x * x + y * y);
      if (other == i || distance > 2 * radius) continue;
      if (distance > 0)
        cell = cut(cell, sites[i], sites[other], other);
      else if (other < i)
        cell = {};
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace pishkhan::page
