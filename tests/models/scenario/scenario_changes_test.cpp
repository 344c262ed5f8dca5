#include "models/scenario/scenario_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/base/diagnostic.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::scenario_changes_test {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kWeek{"run.start=1395-02-10", "run.days=7", "run.warm_up_days=1",
                                     "run.replications=2"};

ScenarioSource source(const std::string& file, const std::vector<std::string>& more = {}) {
  ScenarioSource of{tests::source_dir() / "scenarios" / file, kWeek, {}};
  of.overrides.insert(of.overrides.end(), more.begin(), more.end());
  return of;
}

/// The resolved text but for the title.
std::string what_happens(const Scenario& scenario) {
  return scenario.resolved.substr(scenario.resolved.find("\nrun:"));
}
std::string what_happens(const ScenarioSource& of) {
  return what_happens(load_scenario(of.file, of.overrides));
}

ScenarioSource baseline() { return source("mazandaran/baseline.yaml"); }
ScenarioSource moves() { return source("registry-moves.yaml"); }

TEST(ScenarioChanges, AreTheItemsThatOneOfTheTwoHas) {
  const ScenarioChanges there(baseline(), moves()), back(moves(), baseline());
  ASSERT_EQ(there.changes().size(), 2U);
  EXPECT_EQ(there.changes()[0].verb, "staffing");
  EXPECT_TRUE(there.changes()[0].added);
  EXPECT_EQ(there.changes()[0].text, "{at: {kind: urban, county: [sari, babol]}, clerks: +1}");
  EXPECT_EQ(there.changes()[1].verb, "migrations");
  EXPECT_THAT(there.changes()[1].text, HasSubstr("share: 0.8"));
  ASSERT_EQ(back.changes().size(), 2U);
  EXPECT_FALSE(back.changes()[0].added);
}

TEST(ScenarioChanges, DaysOfBareStationsThatDifferAreOne) {
  const ScenarioSource days{tests::source_dir() / "tests/scenarios/valid/bare-days-that-differ.yaml"};
  for (const char* set :
       {"holidays=none", "holidays=scenarios/mazandaran/holidays.csv", "stations.bank.busyness.cv=0.1",
        "stations.post.streams.parcels.weekday.friday=1"}) {
    ScenarioSource other = days;
    other.overrides.emplace_back(set);
    const ScenarioChanges changes(days, other);
    ASSERT_EQ(changes.changes().size(), 1U) << set;
    EXPECT_EQ(changes.changes()[0].verb, "") << set;
    EXPECT_EQ(what_happens(changes.with({false})), what_happens(days)) << set;
    EXPECT_EQ(what_happens(changes.with({true})), what_happens(other)) << set;
  }
}

TEST(ScenarioChanges, MadeTogetherAreTheOtherScenario) {
  for (const auto& [from, to] : {std::pair(baseline(), moves()), std::pair(moves(), baseline())}) {
    const ScenarioChanges changes(from, to);
    EXPECT_EQ(what_happens(changes.with({false, false})), what_happens(from));
    EXPECT_EQ(what_happens(changes.with({true, true})), what_happens(to));
  }
}

TEST(ScenarioChanges, MadeAloneAreAScenarioBetween) {
  const ScenarioChanges changes(baseline(), moves());
  const Scenario staffing = changes.with({true, false}), migration = changes.with({false, true});
  EXPECT_TRUE(staffing.migrations.empty());
  const std::size_t of_baseline = load_scenario(baseline()).changes.size();
  EXPECT_GT(of_baseline, 3U) << "absence and outages";
  EXPECT_EQ(staffing.changes.size(), of_baseline + 1) << "the clerks";
  EXPECT_EQ(migration.migrations.size(), 1U);
  EXPECT_EQ(migration.changes.size(), of_baseline + 1);
}

TEST(ScenarioChanges, OtherKeysAreOneChange) {
  const ScenarioSource slow = source("registry-moves.yaml", {"travel.detour=2", "retry.probability=10%"});
  const ScenarioChanges changes(baseline(), slow);
  ASSERT_EQ(changes.changes().size(), 3U);
  EXPECT_EQ(changes.changes()[0].verb, "");
  EXPECT_EQ(what_happens(changes.with({true, true, true})), what_happens(slow));
  const Scenario settings = changes.with({true, false, false});
  EXPECT_EQ(settings.travel.detour, 2);
  EXPECT_TRUE(settings.migrations.empty());
  EXPECT_TRUE(ScenarioChanges(slow, slow).changes().empty());
}

TEST(ScenarioChanges, ThatNeedAnotherAreRefusedWithoutIt) {
  const std::vector<std::string> both{"open_offices=[{id: new-u-001, place: sari, clerks: 3}]",
                                      "staffing=[{at: {office: new-u-001}, clerks: +1}]"};
  const ScenarioChanges changes(baseline(), source("mazandaran/baseline.yaml", both));
  ASSERT_EQ(changes.changes().size(), 2U);
  EXPECT_NO_THROW(changes.with({true, false}));
  EXPECT_THROW(changes.with({false, true}), UserError);
}

}  // namespace
}  // namespace pishkhan::scenario_changes_test
