// Tables of runs that are compared, from results made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "tests/report/sample_results.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/differences_table.hpp"
#include "tools/report/headlines.hpp"
#include "tools/report/waterfall_table.hpp"

namespace pishkhan::comparison_test {
namespace {

using ::testing::Contains;
using ::testing::Field;

/// Two runs of the sample province, of which the second is made by the test.
struct TwoRuns {
  TwoRuns() : trials_a(tests::sample_trials(3)), trials_b(trials_a) {}

  [[nodiscard]] ComparedRun a() const { return make_compared_run("a", scenario, trials_a); }
  [[nodiscard]] ComparedRun b() const { return make_compared_run("b", scenario, trials_b); }

  Scenario scenario = tests::sample_province();
  std::vector<TrialResult> trials_a, trials_b;
};

/// Adds a wait of so many seconds to every visit that joined the station in replication i.
void add_wait(TrialResult& trial, std::size_t station, double wait_s) {
  StationResult& result = trial.stations[station];
  result.wait_joined_s += wait_s * static_cast<double>(result.arrived - result.balked);
}

const Changed& row_of(const std::vector<Changed>& changed, const std::string& id,
                      const std::string& channel) {
  for (const Changed& row : changed)
    if (row.key.id == id && row.key.channel == channel) return row;
  throw std::out_of_range(id);
}

TEST(Differences, OfTheSameRunAreNone) {
  const TwoRuns runs;
  EXPECT_TRUE(find_differences(runs.a(), runs.b()).empty());
}

TEST(Differences, AreOfTheCellsThatDiffer) {
  TwoRuns runs;
  for (std::size_t i = 0; i < 3; ++i) add_wait(runs.trials_b[i], 1, 60 + 10.0 * static_cast<double>(i));
  std::vector<std::string> cells;
  for (const Difference& one : find_differences(runs.a(), runs.b())) {
    if (one.quantity != "wait_joined_s") continue;
    cells.push_back(one.key.level + ' ' + one.key.id + ' ' + one.key.channel);
    if (one.key.level != "office") continue;
    // 9, 18 and 27 visits of replications 0, 1, 2, times two for the second station.
    const double visits = 18 + 36 + 54, added = 18 * 60 + 36 * 70 + 54 * 80;
    EXPECT_NEAR(one.paired.difference.mean, added / visits, 1e-9);
    EXPECT_NEAR(one.paired.a, 200, 1e-9);
    EXPECT_NEAR(one.paired.b, 200 + added / visits, 1e-9);
  }
  EXPECT_THAT(cells, ::testing::ElementsAre("all all all", "all all office", "county sari office",
                                            "county sari all", "office sari-u-002 office"));
}

TEST(Differences, OfSharesAreAtMostOne) {
  TwoRuns runs;
  for (std::size_t i = 0; i < 3; ++i) {
    StationResult &before = runs.trials_a[i].stations[0], &after = runs.trials_b[i].stations[0];
    before.in_target = i == 0 ? before.arrived - before.balked : 0;
    after.in_target = after.arrived - after.balked;
  }
  int shares = 0;
  for (const Difference& one : find_differences(runs.a(), runs.b())) {
    if (one.quantity != "service_level" || std::isnan(one.paired.difference.mean)) continue;
    ++shares;
    EXPECT_LE(one.paired.difference.high, 1) << one.key.id;
    EXPECT_GE(one.paired.difference.low, -1) << one.key.id;
  }
  EXPECT_GT(shares, 2);
}

TEST(Differences, OfMoneyAreThoseOfRunsThatBothHaveIt) {
  TwoRuns runs;
  Scenario without = runs.scenario;
  Economics& economics = runs.scenario.economics.emplace();
  economics.clerk_hour.urban = 3600;
  economics.unknown_tariff = 10;
  economics.office_share = {0.5, 0.5};
  for (TrialResult& trial : runs.trials_b) trial.given.push_back({1, 0, 8});
  std::vector<std::string> cells;
  for (const Difference& one : find_differences(runs.a(), runs.b())) {
    if (one.quantity != "balance_rial" || one.paired.difference.mean == 0) continue;
    cells.push_back(one.key.level + ' ' + one.key.id + ' ' + one.key.channel);
    EXPECT_NEAR(one.paired.difference.mean, 8 * 10 * 0.5, 1e-9);
    EXPECT_NEAR(one.paired.a, -1000, 1e-9) << "a thousand seconds of pay";
  }
  EXPECT_THAT(cells, ::testing::ElementsAre("office sari-u-002 office"));
  const ComparedRun other = make_compared_run("other", without, runs.trials_b);
  EXPECT_TRUE(find_differences(runs.a(), other).empty());
}

TEST(Differences, OfAStationThatOneRunHas) {
  const TwoRuns runs;
  Scenario more = runs.scenario;
  Office office = more.province->offices[0];
  office.id = "sari-u-003";
  more.province->offices.push_back(office);
  std::vector<TrialResult> trials = runs.trials_a;
  for (TrialResult& trial : trials) trial.stations.insert(trial.stations.begin() + 3, trial.stations[0]);
  const ComparedRun b = make_compared_run("b", more, trials);
  std::vector<std::string> stations;
  for (const Difference& one : find_differences(runs.a(), b)) {
    if (one.quantity == "arrived" && one.key.level != "all" && one.key.level != "county")
      stations.push_back(one.key.id);
  }
  EXPECT_THAT(stations, ::testing::ElementsAre("sari-u-003"));
  const std::vector<Changed> changed = find_changed(runs.a(), b);
  EXPECT_EQ(row_of(changed, "sari-u-003", "office").result, ChangeResult::opened);
  EXPECT_EQ(row_of(changed, "tax@sari", "traditional").result, ChangeResult::untouched);
  EXPECT_EQ(row_of(find_changed(b, runs.a()), "sari-u-003", "office").result, ChangeResult::closed);
}

TEST(Changed, TellsWhatIsBetterWorseAndUntouched) {
  TwoRuns runs;
  for (std::size_t i = 0; i < 3; ++i) {
    add_wait(runs.trials_b[i], 0, -20 - 0.01 * static_cast<double>(i));
    add_wait(runs.trials_b[i], 1, 30 + 0.01 * static_cast<double>(i));
    add_wait(runs.trials_b[i], 2, i == 0 ? -50 : 20 + static_cast<double>(i));
  }
  const ComparedRun b = runs.b();
  const std::vector<Changed> changed = find_changed(runs.a(), b);
  EXPECT_EQ(row_of(changed, "sari-u-001", "office").result, ChangeResult::better);
  EXPECT_EQ(row_of(changed, "sari-u-002", "office").result, ChangeResult::worse);
  EXPECT_EQ(row_of(changed, "amol-r-001", "office").result, ChangeResult::undecided);
  const Changed& counter = row_of(changed, "tax@sari", "traditional");
  EXPECT_EQ(counter.result, ChangeResult::untouched);
  EXPECT_EQ(counter.wait_joined_s.difference.mean, 0);
  EXPECT_EQ(counter.wait_joined_s.difference.half_width, 0);
  EXPECT_TRUE(std::isnan(counter.p_adjusted)) << "what is untouched is not tested";
  // Three tests: the third p-value counts whole, the first three times.
  EXPECT_NEAR(row_of(changed, "amol-r-001", "office").p_adjusted,
              row_of(changed, "amol-r-001", "office").wait_joined_s.p, 1e-12);
  const ChangedCounts stations = count_changed(changed, b.name, false),
                      services = count_changed(changed, b.name, true);
  EXPECT_THAT(stations, ::testing::ElementsAre(1, 1, 1, 1, 0, 0));
  EXPECT_THAT(services, ::testing::ElementsAre(0, 0, 0, 4, 0, 0)) << "two services in two channels";
}

TEST(Ranking, PutsTheBestFirstAndTellsWhoCannotBeToldApart) {
  TwoRuns runs;
  std::vector<TrialResult> trials_c = runs.trials_a;
  for (std::size_t i = 0; i < 3; ++i) {
    add_wait(runs.trials_b[i], 3, -100 - 0.1 * static_cast<double>(i));
    add_wait(trials_c[i], 3, i == 0 ? -110 : -100.02);
  }
  const ComparedRun all[] = {runs.a(), runs.b(), make_compared_run("c", runs.scenario, trials_c)};
  std::vector<Ranked> waits;
  for (const Ranked& one : rank_runs(all)) {
    if (one.headline.quantity == "wait_joined_s" && one.headline.channel == "traditional")
      waits.push_back(one);
  }
  ASSERT_EQ(waits.size(), 3U);
  EXPECT_EQ(*waits[0].run, "c");
  EXPECT_EQ(waits[0].to_best.difference.mean, 0);
  EXPECT_EQ(*waits[1].run, "b");
  EXPECT_GT(waits[1].p_adjusted, 0.05);
  EXPECT_EQ(*waits[2].run, "a");
  EXPECT_LT(waits[2].p_adjusted, 0.05);
  EXPECT_TRUE(make_ranking_table(std::span(all).first(2)).rows.empty()) << "two need no ranking";
}

/// A waterfall of a province in which every headline has the value that `value` gives, by replication.
template <class Value>
Waterfall waterfall_of(std::size_t changes, bool exact, const Scenario& scenario, Value value) {
  Waterfall waterfall{"b", {}, exact, {}};
  for (std::size_t i = 0; i < changes; ++i) waterfall.changes.push_back({"change " + std::to_string(i), ""});
  for (const ChangeSet set : sets_to_simulate(changes, exact)) {
    Series series;
    for (int replication = 0; replication < 4; ++replication) {
      series.numerators.push_back(value(set, replication));
      series.denominators.push_back(1);
    }
    waterfall.runs[set].assign(headlines(scenario).size(), series);
  }
  return waterfall;
}

/// Changes that influence each other in pairs.
double in_pairs(ChangeSet set, int replication) {
  double value = 100 + replication;
  for (int i = 0; i < 4; ++i) {
    if ((set >> i & 1) == 0) continue;
    value += (i + 1) * (5 + replication % 3);
    for (int j = 0; j < i; ++j) value += (set >> j & 1) == 0 ? 0 : 7 * (i - j) - 3 * (replication % 2);
  }
  return value;
}

TEST(Waterfall, NeedsTheRunsOfTwoOrders) {
  EXPECT_THAT(sets_to_simulate(3, false), ::testing::ElementsAre(0b000, 0b001, 0b011, 0b100, 0b110, 0b111));
  EXPECT_EQ(sets_to_simulate(6, false).size(), 2U * 6);  // 2 * 6 - 1, and the first run
  EXPECT_EQ(sets_to_simulate(6, true).size(), 64U);
  EXPECT_THAT(sets_to_simulate(1, false), ::testing::ElementsAre(0, 1));
}

TEST(Waterfall, PartsSumToTheTotalAndAreShapleysWherePairsInteract) {
  const Scenario scenario = tests::sample_province();
  const auto two = split_difference(waterfall_of(4, false, scenario, in_pairs), scenario);
  const auto all = split_difference(waterfall_of(4, true, scenario, in_pairs), scenario);
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(two[i].part.mean, all[i].part.mean, 1e-9);
    EXPECT_NEAR(two[i].part.low, all[i].part.low, 1e-9);
    EXPECT_NEAR(two[i].part.high, all[i].part.high, 1e-9);
    EXPECT_LT(two[i].part.low, two[i].part.mean);
    EXPECT_NEAR((two[i].in_written_order + two[i].in_reverse_order) / 2, two[i].part.mean, 1e-9);
    sum += two[i].part.mean;
  }
  EXPECT_NEAR(sum, two[4].part.mean, 1e-9);
  EXPECT_NE(two[0].in_written_order, two[0].in_reverse_order);
}

TEST(Waterfall, ExactIsShapleysWhereThreeInteract) {
  // The three changes together do 30, and fewer nothing: each has a third.
  const auto value = [](ChangeSet set, int replication) {
    return std::popcount(set) == 3 ? 30.0 + 3 * replication : 0.0;
  };
  const Scenario scenario = tests::sample_province();
  const auto steps = split_difference(waterfall_of(3, true, scenario, value), scenario);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(steps[i].part.mean, (30 + 4.5) / 3, 1e-9);
  const Table table = make_waterfall_table({}, scenario);
  EXPECT_TRUE(table.rows.empty());
}

}  // namespace
}  // namespace pishkhan::comparison_test
