#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pishkhan::page {

struct Point {
  double x = 0, y = 0;
};

/// The points that are nearer to a site than to any other, and no farther from it than a radius.
struct VoronoiCell {
  static constexpr std::size_t kOutside = SIZE_MAX;
  std::vector<Point> corners;           ///< in order; empty where another site has the same point
  std::vector<std::size_t> neighbours;  ///< of the edge from each corner to the next: its site, or kOutside
};

/// A cell for each site, by cutting a regular polygon round it with the half planes of the sites near it.
std::vector<VoronoiCell> voronoi(const std::vector<Point>& sites, double radius);

}  // namespace pishkhan::page
