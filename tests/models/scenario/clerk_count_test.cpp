#include "models/scenario/verbs/clerk_count.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "models/scenario/scenario.hpp"
#include "tests/support/notices.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::clerk_count_test {
namespace {

constexpr DayNumber kFirst = std::numeric_limits<DayNumber>::min(),
                    kLast = std::numeric_limits<DayNumber>::max();

std::vector<StationRules> stations_of(const std::vector<int>& clerks) {
  std::vector<StationRules> stations(clerks.size());
  for (std::size_t i = 0; i < clerks.size(); ++i) {
    stations[i].groups.emplace_back();
    stations[i].groups[0].clerks = clerks[i];
  }
  return stations;
}

/// Clerks after the change; the ids descend.
std::vector<int> scaled(const std::vector<int>& clerks, double share) {
  std::vector<StationRules> rules = stations_of(clerks);
  std::vector<StationClerks> stations;
  for (std::size_t i = 0; i < rules.size(); ++i)
    stations.push_back({std::string(1, static_cast<char>('z' - i)), &rules[i]});
  EXPECT_EQ(scale_clerks(stations, share, kFirst, kLast).count, ClerkCount::possible);
  std::vector<int> after;
  for (const StationRules& station : rules)
    after.push_back(station.groups.empty() ? 0 : station.groups[0].clerks);
  return after;
}

TEST(ScaleClerks, SharesOutByLargestRemainderAndId) {
  using Clerks = std::vector<int>;
  EXPECT_EQ(scaled({1, 1, 1, 1, 1}, 0.2), (Clerks{1, 1, 1, 1, 2}));  // of equals the lowest id
  EXPECT_EQ(scaled({1, 1, 4, 4}, 0.2), (Clerks{1, 1, 5, 5}));        // 4.8 before 1.2
  EXPECT_EQ(scaled({10, 20}, 0.1), (Clerks{11, 22}));
  EXPECT_EQ(scaled({1, 1, 1, 1}, -0.5), (Clerks{0, 0, 1, 1}));
  EXPECT_EQ(scaled({3, 0, 2}, -1), (Clerks{0, 0, 0}));
  EXPECT_EQ(scaled({1, 1}, 0.2), (Clerks{1, 1}));
}

TEST(ScaleClerks, LeavesOtherDaysAlone) {
  std::vector<StationRules> rules = stations_of({1, 1, 1});
  rules[0].groups[0].until_day = 50;
  const std::vector<StationClerks> stations{{"a", &rules[0]}, {"b", &rules[1]}, {"c", &rules[2]}};
  const SharedClerks done = scale_clerks(stations, 1.0 / 3, 10, 100);
  ASSERT_EQ(done.reached.size(), 2u);
  EXPECT_EQ(done.reached[0].after, 4);   // three clerks up to day 50
  EXPECT_EQ(done.reached[1].before, 2);  // two from then on: 2.67
  EXPECT_EQ(done.reached[1].after, 3);
  for (const StationRules& station : rules) EXPECT_EQ(station.groups[0].clerks, 1) << "before day 10";
}

TEST(ScaleClerks, RefusesFewerThanNone) {
  std::vector<StationRules> rules = stations_of({1});
  const SharedClerks done = scale_clerks({{"a", &rules[0]}}, -2, kFirst, kLast);
  EXPECT_EQ(done.count, ClerkCount::too_few);
  EXPECT_EQ(done.station, "a");
  EXPECT_EQ(rules[0].groups[0].clerks, 1);
}

TEST(Staffing, SaysWhatAPercentageOfTheRuralOfficesReached) {
  const Scenario scenario = load_scenario_text(
      "scenario: A fifth more clerks at the rural offices\n"
      "base: scenarios/mazandaran/baseline.yaml\n"
      "staffing:\n  - {at: {kind: rural}, clerks: +20%}\n",
      (tests::source_dir() / "text.yaml").string());
  ASSERT_EQ(scenario.notices.size(), 1u);
  EXPECT_EQ(tests::english(scenario.notices[0]), "clerks +20% at 540 stations: 702 before, 842 after");
  std::int64_t clerks = 0;
  for (const Office& office : scenario.province->offices) {
    if (office.kind != Kind::rural) continue;
    for (const ClerkGroup& group : office.rules.groups) clerks += group.clerks;
  }
  EXPECT_EQ(clerks, 842);
}

}  // namespace
}  // namespace pishkhan::clerk_count_test
