// Clerks shared out over curves of any shape, against every way to do it.
#include "models/staffing/share_out.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <random>

namespace pishkhan::share_out_test {
namespace {

struct Best {
  double cost = std::numeric_limits<double>::infinity();
  std::size_t of = 0;  ///< how many ways were tried
};

/// The least cost among all ways.
void try_all(const std::vector<ClerkCurve>& curves, std::size_t station, std::size_t spare, double cost,
             Best& best) {
  if (station == curves.size()) {
    best.cost = std::min(best.cost, cost);
    ++best.of;
    return;
  }
  for (std::size_t more = 0; more < curves[station].cost.size() && more <= spare; ++more)
    try_all(curves, station + 1, spare - more, cost + curves[station].cost[more], best);
}

double cost_of(const std::vector<ClerkCurve>& curves, const std::vector<int>& clerks) {
  double cost = 0;
  for (std::size_t s = 0; s < curves.size(); ++s) cost += curves[s].at(clerks[s]);
  return cost;
}

TEST(ShareOut, IsTheBestOfAllWaysWhateverTheShapeOfTheCurves) {
  std::mt19937 random(11);
  const auto below = [&](std::uint32_t n) { return static_cast<int>(random() % n); };
  std::size_t gaps = 0;
  for (int k = 0; k < 400; ++k) {
    std::vector<ClerkCurve> curves(2 + k % 4);
    for (ClerkCurve& curve : curves) {
      curve.fewest = 1 + below(3);
      for (int n = 1 + below(6); n > 0; --n) curve.cost.push_back(below(100));
      if (k % 2 == 0) std::sort(curve.cost.rbegin(), curve.cost.rend());
      curve.now = curve.fewest + below(static_cast<std::uint32_t>(curve.cost.size()));
    }
    const auto spare = static_cast<std::size_t>(below(14));
    const SharedOut shared = share_out(curves, spare);
    Best best;
    try_all(curves, 0, spare, 0, best);
    EXPECT_DOUBLE_EQ(shared.cost, best.cost) << k;
    EXPECT_DOUBLE_EQ(cost_of(curves, shared.clerks), best.cost) << k;
    EXPECT_LE(shared.bound, best.cost + 1e-9) << k;
    int used = 0;
    for (std::size_t s = 0; s < curves.size(); ++s) used += shared.clerks[s] - curves[s].fewest;
    EXPECT_LE(used, static_cast<int>(spare));
    gaps += best.cost > shared.bound + 1e-9;
    for (std::size_t less = 0; less < shared.least.size(); ++less) {
      Best with_less;
      try_all(curves, 0, less, 0, with_less);
      EXPECT_DOUBLE_EQ(shared.least[less], with_less.cost);
    }
  }
  EXPECT_GT(gaps, 50U) << "curves that are not convex";
}

TEST(ShareOut, OfConvexCurvesTheBoundIsReached) {
  const std::vector<ClerkCurve> curves{{1, 1, {100, 40, 20, 10}}, {2, 2, {90, 50, 29, 20}}};
  const SharedOut shared = share_out(curves, 3);
  EXPECT_EQ(shared.clerks, (std::vector{2, 4}));
  EXPECT_DOUBLE_EQ(shared.cost, 40 + 29);
  EXPECT_DOUBLE_EQ(shared.bound, shared.cost);
  EXPECT_DOUBLE_EQ(shared.price, 21);
}

TEST(ShareOut, KeepsWhatIsThereAmongEquals) {
  const SharedOut shared = share_out(std::vector<ClerkCurve>{{1, 3, {5, 5, 5, 5}}, {1, 2, {7, 0, 0}}}, 10);
  EXPECT_EQ(shared.clerks, (std::vector{3, 2}));
  EXPECT_EQ(shared.price, 0) << "there are enough for all";
}

}  // namespace
}  // namespace pishkhan::share_out_test
