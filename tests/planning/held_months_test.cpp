// Which stations and months a plan is held to, what they take, and with which clerks: small provinces in
// which one of these was wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/planning/find_moves.hpp"
#include "models/planning/month_shares.hpp"
#include "models/planning/moved_scenario.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/waves.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::held_months_test {
namespace {

using tests::ScratchFolder;

/// A plan of the small province.
class Planned {
 public:
  explicit Planned(const std::string& text) {
    const std::filesystem::path file = folder_.path() / "plan.yaml";
    std::ofstream(file) << "scenario: Moves\nbase: "
                        << (tests::source_dir() / "tests/scenarios/small/small.yaml").string() << '\n'
                        << text;
    scenario_ = load_scenario(file);
    rules_ = load_moves(ScenarioSource{file}, scenario_).value();
    plan_.emplace(scenario_);
    effects_.emplace(*plan_, rules_);
    FindMovesOptions options;
    options.threads = 2;
    found_ = find_moves(*plan_, *effects_, options);
  }
  [[nodiscard]] const FoundMoves& found() const { return found_; }
  [[nodiscard]] std::size_t items_moved() const {
    return static_cast<std::size_t>(std::count_if(found_.moves.wave.begin(), found_.moves.wave.end(),
                                                  [](const auto& wave) { return wave.has_value(); }));
  }
  [[nodiscard]] int clerks_in_the_end() const {
    int clerks = 0;
    for (std::size_t at = 0; at < found_.moves.clerks.size(); ++at)
      if ((at + 1) % rules_.waves.size() == 0) clerks += found_.moves.clerks[at];
    return clerks;
  }
  [[nodiscard]] std::size_t stations_in(StationUnderMoves state) const {
    return static_cast<std::size_t>(
        std::count_if(found_.stations.begin(), found_.stations.end(),
                      [&](const MovedStation& one) { return one.state == state; }));
  }
  /// With the plan, on other citizens: share in time less its goal, of the held station and month that is
  /// worst.
  [[nodiscard]] double worst_on_fresh_citizens() const {
    Scenario moved = moved_scenario(scenario_, *effects_, found_.moves);
    for (Target& target : moved.targets) target.in = TargetPeriod::month;
    moved.run.seed = 424'242;
    const MonthShares shares = simulate_months(moved, found_.targets, effects_->months(), {0, 20}, 2, {});
    double worst = 1;
    for (const MovedStation& station : found_.stations) {
      if (station.let_off > 0 || station.state != StationUnderMoves::kept) continue;
      for (std::size_t t = 0; t < found_.targets.size(); ++t) {
        for (std::size_t m = 0; m < effects_->months().size(); ++m) {
          const ObservedShare& share = shares[t * effects_->months().size() + m];
          if (found_.targets[t].station == station.station && share.counted > 0)
            worst = std::min(worst, share.mean - scenario_.targets[found_.targets[t].target].goal);
        }
      }
    }
    return worst;
  }

 private:
  ScratchFolder folder_;
  Scenario scenario_;
  MoveRules rules_;
  std::optional<Plan> plan_;
  std::optional<MoveEffects> effects_;
  FoundMoves found_;
};

std::string target(const std::string& share, const std::string& at = "offices") {
  return "targets: [{id: t, within: 20 min, share: " + share + ", in: month, at: " + at + "}]\n";
}
std::string run(int days) {
  return "run: {start: 1395-02-01, days: " + std::to_string(days) + ", replications: 2, seed: 7}\n";
}
std::string more_clerks(int clerks) {
  return "staffing: [{at: offices, clerks: '+" + std::to_string(clerks) + "'}]\n";
}
/// All may move in two waves, each of which may add clerks.
std::string all_in(const std::string& first, int clerks, const std::string& second, int more) {
  return "plan:\n  services: all\n  from: traditional\n  to: office\n  waves: [{id: one, starts: " + first +
         ", clerks: " + std::to_string(clerks) + "}, {id: two, starts: " + second +
         ", clerks: " + std::to_string(more) + "}]\n";
}
const std::string kTwoWaves = all_in("1395-02-10", 3, "1395-03-01", 3);

TEST(HeldMonths, WhereEverybodyIsServedAtOnceEverythingMoves) {
  for (const char* share : {"80%", "90%", "95%"}) {
    const Planned planned(run(62) + more_clerks(30) + target(share) + kTwoWaves);
    EXPECT_TRUE(planned.found().proven) << share;
    EXPECT_EQ(planned.items_moved(), 3U) << share;
    EXPECT_EQ(planned.clerks_in_the_end(), 0) << share;
  }
}

TEST(HeldMonths, AnOfficeWithoutVisitsTodayIsHeldToItsTarget) {
  const Planned planned(
      "migrations: [{id: home, services: all, from: office, to: traditional, share: 100%}]\n" + run(62) +
      target("70%") + kTwoWaves);
  EXPECT_TRUE(planned.found().proven);
  EXPECT_GT(planned.items_moved(), 0U);
  EXPECT_EQ(planned.stations_in(StationUnderMoves::unheld), 0U);
  EXPECT_GT(planned.stations_in(StationUnderMoves::kept), 0U);
  EXPECT_GT(planned.worst_on_fresh_citizens(), 0);
}

// Without moves it keeps its target in the busiest month, but not by much.
TEST(HeldMonths, AStationNearItsTargetIsNotLetOff) {
  const Planned planned("demand: {month: {khordad: 3.2}}\n" + run(62) + more_clerks(1) + target("70%") +
                        kTwoWaves);
  EXPECT_TRUE(planned.found().proven);
  for (const MovedStation& station : planned.found().stations) EXPECT_EQ(station.let_off, 0U);
  EXPECT_GT(planned.items_moved(), 0U);
  EXPECT_GT(planned.worst_on_fresh_citizens(), 0);
}

TEST(HeldMonths, AMonthThatIsMissedWithoutMovesIsLetOffAndTold) {
  const Planned planned("demand: {month: {khordad: 6}}\n" + run(62) + more_clerks(1) + target("70%") +
                        kTwoWaves);
  EXPECT_TRUE(planned.found().proven);
  EXPECT_EQ(planned.stations_in(StationUnderMoves::kept) + planned.stations_in(StationUnderMoves::part_kept) +
                planned.stations_in(StationUnderMoves::unheld),
            planned.found().stations.size());
  EXPECT_GT(planned.stations_in(StationUnderMoves::part_kept), 0U);
  for (const MovedStation& station : planned.found().stations) {
    if (station.state != StationUnderMoves::part_kept) continue;
    EXPECT_EQ(station.let_off, 1U);
    EXPECT_LT(station.let_off_share, 0.7);
  }
}

TEST(HeldMonths, AStationWithoutTargetIsTold) {
  const Planned planned(run(62) + target("70%", "[sari-r-001]") + kTwoWaves);
  EXPECT_EQ(planned.found().stations.size(), 5U);
  EXPECT_EQ(planned.stations_in(StationUnderMoves::no_target), 4U);
}

TEST(HeldMonths, AStationThatCanTakeNothingIsTold) {
  const Planned planned("demand: {month: {khordad: 4.1}}\n" + run(62) + more_clerks(1) + target("70%") +
                        all_in("1395-02-10", 0, "1395-03-01", 0));
  EXPECT_EQ(planned.items_moved(), 0U);
  EXPECT_GT(planned.stations_in(StationUnderMoves::full), 0U);
}

// A plan of the first wave alone is one of both.
TEST(HeldMonths, AWaveLateInAMonthLeavesTheFirstItsClerks) {
  const std::string of_both = all_in("1395-02-01", 12, "1395-02-28", 0);
  const std::string of_one =
      "plan:\n  services: all\n  from: traditional\n  to: office\n  waves: [{id: one, starts: 1395-02-01, "
      "clerks: 12}]\n";
  const Planned one(run(31) + more_clerks(1) + target("70%") + of_one);
  const Planned both(run(31) + more_clerks(1) + target("70%") + of_both);
  EXPECT_TRUE(one.found().proven && both.found().proven);
  EXPECT_EQ(one.items_moved(), 3U);
  EXPECT_NEAR(both.found().gain, one.found().gain, 1e-6 * one.found().gain);
}

TEST(HeldMonths, OneClerkMoreIsFoundWhereItIsEnoughAndNoMoreAreAdded) {
  const std::string busy = "demand: {month: {khordad: 2.6}}\n" + run(62) + more_clerks(1) + target("70%");
  const Planned one(busy + all_in("1395-02-10", 0, "1395-03-01", 1));
  const Planned six(busy + kTwoWaves);
  EXPECT_TRUE(one.found().proven && six.found().proven);
  EXPECT_GT(one.found().gain, 13'000);
  EXPECT_EQ(one.clerks_in_the_end(), 1);
  EXPECT_LE(six.clerks_in_the_end(), six.found().gain > one.found().gain ? 6 : 1);
}

// What was refuted of a month with clerks on a part of its days is not proposed again and again.
TEST(HeldMonths, AWaveWithClerksInTheMiddleOfAMonthIsProven) {
  for (const char* day : {"1395-02-20", "1395-02-25"}) {
    const Planned planned("demand: {month: {khordad: 1.6}}\n" + run(62) + more_clerks(0) + target("75%") +
                          all_in(day, 2, "1395-03-10", 2));
    EXPECT_TRUE(planned.found().proven) << day;
    EXPECT_LT(planned.found().proposals, 30U) << day;
  }
}

}  // namespace
}  // namespace pishkhan::held_months_test
