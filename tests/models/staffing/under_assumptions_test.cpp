// The verdict of a staffing at sets of assumptions, against whole runs of every set and every number.
#include "models/staffing/under_assumptions.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"

namespace pishkhan::under_assumptions_test {
namespace {

constexpr std::size_t kPoints = 8;
constexpr int kMost = 16;  ///< clerks that are tried

Scenario small_with(std::vector<AssumedRange> ranges) {
  Scenario scenario = load_scenario("tests/scenarios/small/small.yaml",
                                    {"run.days=12", "run.warm_up_days=1", "run.start=1395-03-01"});
  scenario.assumed_ranges = std::move(ranges);
  return scenario;
}

StaffingResult staffed_as_it_is(const Scenario& scenario) {
  const Plan plan(scenario);
  StaffingResult result;
  for (std::size_t s = 0; s < plan.data().stations.size(); ++s) {
    StationStaffing& station = result.stations.emplace_back();
    station.station = StationIndex(s);
    station.proof = StaffingProof::met;
    station.clerks_now = station.clerks_needed = plan.data().stations[s].rules->groups[0].clerks;
  }
  return result;
}

AssumptionOptions options_of(int threads) {
  AssumptionOptions options;
  options.threads = threads;
  options.points = kPoints;
  options.station_days = 20;
  return options;
}

/// Whether the station's share reaches its goal, [clerks]; 0 has no meaning.
using Keeps = std::vector<bool>;
/// By whole runs: [point][station].
std::vector<std::vector<Keeps>> by_runs(const Scenario& scenario, const StaffingUnderAssumptions& under) {
  std::vector<std::vector<Keeps>> keeps;
  for (std::size_t p = 0; p < kPoints; ++p) {
    Scenario point = at_assumption_point(scenario, under.drawn, p);
    point.run.seed = under.seed;
    const std::size_t stations = point.province->offices.size() + point.province->counters.size();
    std::vector<Keeps>& here = keeps.emplace_back(stations, Keeps(kMost + 1));
    for (int clerks = 1; clerks <= kMost; ++clerks) {
      for (Office& office : point.province->offices) office.rules.groups[0].clerks = clerks;
      for (Counter& counter : point.province->counters) counter.rules.groups[0].clerks = clerks;
      const Plan plan(point);
      std::vector<GoodCount> sums(stations);
      for (std::uint32_t i = 0; i < under.replications; ++i) {
        const TrialResult run = run_trial(plan, i);
        for (std::size_t s = 0; s < stations; ++s)
          for (std::size_t day = 0; day < run.targets[0].days; ++day) sums[s] += run.targets[0].at(s, day, 0);
      }
      for (std::size_t s = 0; s < stations; ++s)
        here[s][clerks] = !is_below_goal(sums[s].good, sums[s].counted, point.targets[0].goal);
    }
  }
  return keeps;
}

// Only the demand is assumed, so the busier a point is, the fewer stations keep their targets.
TEST(UnderAssumptions, AgreeWithWholeRunsOfEveryPointAndNumber) {
  const Scenario scenario = small_with({{"small.yaml", "demand.growth", 0.3, 3}});
  const StaffingResult staffed = staffed_as_it_is(scenario);
  AssumptionOptions options = options_of(2);
  options.robust = 0.6;
  const StaffingUnderAssumptions under = staff_under_assumptions(scenario, staffed, options);
  EXPECT_EQ(under.replications, 2U);
  const auto keeps = by_runs(scenario, under);
  std::size_t fail_somewhere = 0;
  std::vector<std::size_t> met_at(kPoints);
  for (std::size_t s = 0; s < staffed.stations.size(); ++s) {
    std::vector<int> needed;
    std::size_t met = 0;
    for (std::size_t p = 0; p < kPoints; ++p) {
      int fewest = kMost;
      while (fewest > 1 && keeps[p][s][fewest - 1]) --fewest;
      ASSERT_TRUE(keeps[p][s][kMost]);
      needed.push_back(fewest);
      const bool holds = keeps[p][s][staffed.stations[s].clerks_needed];
      met += holds;
      met_at[p] += holds;
    }
    std::sort(needed.begin(), needed.end());
    const StationUnderAssumptions& station = under.stations[s];
    EXPECT_EQ(station.points, kPoints);
    EXPECT_EQ(station.met, met) << "station " << s;
    EXPECT_EQ(station.low, needed.front()) << "station " << s;
    EXPECT_EQ(station.middle, needed[(kPoints - 1) / 2]) << "station " << s;
    EXPECT_EQ(station.high, needed.back()) << "station " << s;
    EXPECT_EQ(station.unattainable, 0U);
    // Five of eight points are six tenths.
    EXPECT_EQ(station.robust, std::max(needed[4], staffed.stations[s].clerks_needed)) << "station " << s;
    EXPECT_GE(station.robust_met, 5U);
    fail_somewhere += met > 0 && met < kPoints;
  }
  EXPECT_GE(fail_somewhere, 2U) << "else nothing is tested";
  for (std::size_t p = 0; p < kPoints; ++p) {
    EXPECT_EQ(under.points[p].met, met_at[p]);
    EXPECT_EQ(under.points[p].stations, staffed.stations.size());
    for (std::size_t q = 0; q < kPoints; ++q) {
      if (under.drawn.factors[p][0] < 0.8 * under.drawn.factors[q][0])
        EXPECT_GE(under.points[p].met, under.points[q].met);
    }
  }
}

TEST(UnderAssumptions, ATargetOfNoWaitThatAllMeetOrNoneIsMetAtAllPointsOrNone) {
  Scenario scenario = small_with({{"small.yaml", "demand.growth", 0.9, 1.1}});
  for (const double within : {1e6, 0.0}) {
    scenario.targets[0].within_s = within;
    scenario.targets[0].goal = 1;
    scenario.targets[0].left_is_late = false;
    StaffingResult staffed = staffed_as_it_is(scenario);
    for (StationStaffing& station : staffed.stations) station.clerks_needed = 1;
    const StaffingUnderAssumptions under = staff_under_assumptions(scenario, staffed, options_of(2));
    for (const StationUnderAssumptions& station : under.stations) {
      EXPECT_EQ(station.met, within > 0 ? kPoints : 0);
      EXPECT_EQ(station.high == 1, within > 0);
      EXPECT_EQ(station.low > 1, within == 0);
    }
  }
}

TEST(UnderAssumptions, AreTheSameWithAnyNumberOfThreads) {
  const Scenario scenario = small_with(
      {{"services.csv", "visits_per_1000_urban", 0.5, 2}, {"small.yaml", "retry.probability", 0.5, 2}});
  const StaffingResult staffed = staffed_as_it_is(scenario);
  const StaffingUnderAssumptions one = staff_under_assumptions(scenario, staffed, options_of(1)),
                                 three = staff_under_assumptions(scenario, staffed, options_of(3));
  ASSERT_EQ(one.stations.size(), three.stations.size());
  for (std::size_t s = 0; s < one.stations.size(); ++s) {
    EXPECT_EQ(one.stations[s].met, three.stations[s].met);
    EXPECT_EQ(one.stations[s].low, three.stations[s].low);
    EXPECT_EQ(one.stations[s].high, three.stations[s].high);
  }
}

TEST(UnderAssumptions, LeaveOutStationsOfWhichNoClerksAreChosen) {
  const Scenario scenario = small_with({{"small.yaml", "demand.growth", 0.5, 2}});
  StaffingResult staffed = staffed_as_it_is(scenario);
  staffed.stations[0].proof = StaffingProof::not_varied;
  const StaffingUnderAssumptions under = staff_under_assumptions(scenario, staffed, options_of(2));
  EXPECT_EQ(under.stations[0].points, 0U);
  EXPECT_FALSE(under.stations[0].low);
  EXPECT_EQ(under.points[0].stations, staffed.stations.size() - 1);
}

TEST(UnderAssumptions, EndWhenTheyAreTold) {
  const Scenario scenario = small_with({{"small.yaml", "demand.growth", 0.5, 2}});
  AssumptionOptions options = options_of(2);
  options.stop = [] { return true; };
  EXPECT_ANY_THROW(staff_under_assumptions(scenario, staffed_as_it_is(scenario), options));
}

}  // namespace
}  // namespace pishkhan::under_assumptions_test
