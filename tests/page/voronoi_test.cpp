#include "tools/page/voronoi.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace pishkhan::page::voronoi_test {
namespace {

double area_of(const VoronoiCell& cell) {
  double twice = 0;
  for (std::size_t i = 0; i < cell.corners.size(); ++i) {
    const Point &from = cell.corners[i], &to = cell.corners[(i + 1) % cell.corners.size()];
    twice += from.x * to.y - to.x * from.y;
  }
  return twice / 2;
}

double distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

TEST(Voronoi, OfASquareIsFourEqualCells) {
  const auto cells = voronoi({{0, 0}, {1, 0}, {0, 1}, {1, 1}}, 0.5);
  const auto alone = voronoi({{0, 0}}, 0.5);
  for (const VoronoiCell& cell : cells) EXPECT_NEAR(area_of(cell), area_of(alone[0]), 1e-9);
}

TEST(Voronoi, TwoSitesShareTheLineBetweenThem) {
  const auto cells = voronoi({{0, 0}, {1, 0}}, 5);
  double shared = 0;
  for (std::size_t i = 0; i < cells[0].corners.size(); ++i) {
    if (cells[0].neighbours[i] != 1) continue;
    EXPECT_NEAR(cells[0].corners[i].x, 0.5, 1e-9);
    shared += distance(cells[0].corners[i], cells[0].corners[(i + 1) % cells[0].corners.size()]);
  }
  EXPECT_GT(shared, 9);
  EXPECT_NEAR(area_of(cells[0]), area_of(cells[1]), 1e-9);
}

TEST(Voronoi, CornersAreNearestToTheirSite) {
  std::vector<Point> sites;
  for (int i = 0; i < 40; ++i) sites.push_back({std::fmod(i * 37.31, 100), std::fmod(i * 71.77, 60)});
  const auto cells = voronoi(sites, 20);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_GT(area_of(cells[i]), 0);
    for (const Point& corner : cells[i].corners) {
      EXPECT_LE(distance(corner, sites[i]), 20 + 1e-9);
      for (const Point& site : sites) EXPECT_LE(distance(corner, sites[i]), distance(corner, site) + 1e-9);
    }
  }
}

TEST(Voronoi, OfTwoSitesInOnePlaceTheFirstHasTheCell) {
  const auto cells = voronoi({{0, 0}, {0, 0}}, 1);
  EXPECT_GT(area_of(cells[0]), 0);
  EXPECT_TRUE(cells[1].corners.empty());
}

}  // namespace
}  // namespace pishkhan::page::voronoi_test
