#include "tools/report/staffing_frontier.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <vector>

namespace pishkhan::staffing_frontier_test {
namespace {

struct Curve {
  std::vector<int> clerks;
  std::vector<double> in_time;
};

StaffingResult result_of(const std::vector<Curve>& curves, double visits) {
  StaffingResult result;
  for (std::size_t s = 0; s < curves.size(); ++s) {
    StationStaffing& station = result.stations.emplace_back();
    station.station = StationIndex(s);
    for (std::size_t k = 0; k < curves[s].clerks.size(); ++k) {
      SeenStaffing& seen = station.curve.emplace_back();
      seen.set.staffing = {curves[s].clerks[k]};
      seen.visits = visits;
      seen.service_level.mean = curves[s].in_time[k] / visits;
      seen.wait_s.mean = 60.0 / curves[s].clerks[k];
    }
  }
  return result;
}

/// The most visits in time with each number of clerks, over all choices.
std::map<int, double> enumerate(const std::vector<Curve>& curves) {
  std::map<int, double> best;
  const std::function<void(std::size_t, int, double)> choose = [&](std::size_t s, int clerks,
                                                                   double in_time) {
    if (s == curves.size()) {
      const auto [at, is_new] = best.emplace(clerks, in_time);
      if (!is_new && at->second < in_time) at->second = in_time;
      return;
    }
    for (std::size_t k = 0; k < curves[s].clerks.size(); ++k)
      choose(s + 1, clerks + curves[s].clerks[k], in_time + curves[s].in_time[k]);
  };
  choose(0, 0, 0);
  return best;
}

TEST(StaffingFrontier, IsTheBestOfAllChoicesAtEachStep) {
  constexpr double kVisits = 1000;
  const std::vector<Curve> curves{{{1, 2, 3, 5}, {200, 650, 640, 900}},
                                  {{2, 3, 4}, {100, 400, 720}},
                                  {{1, 2, 3, 4}, {500, 700, 880, 890}},
                                  {{4, 5}, {810, 990}}};
  const std::vector<FrontierStep> steps = staffing_frontier(result_of(curves, kVisits));
  const std::map<int, double> best = enumerate(curves);
  ASSERT_GT(steps.size(), 5U);
  EXPECT_EQ(steps.front().clerks, 8);
  EXPECT_EQ(steps.back().clerks, 18);
  for (const FrontierStep& step : steps) {
    EXPECT_EQ(step.visits, 4 * kVisits);
    EXPECT_NEAR(step.in_time, best.at(static_cast<int>(step.clerks)), 1e-6) << step.clerks;
  }
}

TEST(StaffingFrontier, EndsWhereMoreClerksBringNothing) {
  const std::vector<FrontierStep> steps = staffing_frontier(result_of({{{1, 2, 3}, {100, 500, 500}}}, 500));
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps.back().clerks, 2);
  EXPECT_EQ(steps.back().station_clerks, 2);
  EXPECT_NEAR(steps.back().share(), 1, 1e-12);
}

TEST(StaffingFrontier, OfNoCurvesIsEmpty) {
  StaffingResult result;
  result.stations.emplace_back();
  EXPECT_TRUE(staffing_frontier(result).empty());
}

}  // namespace
}  // namespace pishkhan::staffing_frontier_test
