// What is refused before a plan is searched.
#include "models/planning/can_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "models/plan/plan.hpp"
#include "models/planning/move_effects.hpp"
#include "models/scenario/scenario.hpp"
#include "models/scenario/schema/extend.hpp"
#include "models/scenario/waves.hpp"
#include "sim/base/diagnostic.hpp"
#include "tests/report/scratch_folder.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::can_plan_test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// What is told about the small province with more keys; empty: it can be planned.
std::string told_of(const std::string& more, const std::string& services = "all",
                    const std::string& targets_at = "offices") {
  const tests::ScratchFolder scratch;
  const fs::path file = scratch.path() / "moves.yaml";
  std::ofstream(file) << "scenario: Moves\nbase: "
                      << (tests::source_dir() / "tests/scenarios/small/small.yaml").string()
                      << "\nrun: {start: 1395-02-01, days: 62, warm_up_days: 2, replications: 2, seed: 7}\n"
                         "targets: [{id: t, within: 20 min, share: 70%, in: month, at: "
                      << targets_at
                      << "}]\nplan:\n  from: traditional\n  to: office\n  services: " << services
                      << "\n  waves: [{id: one, starts: 1395-02-10}]\n"
                      << more;
  const Scenario scenario = load_scenario(file);
  const std::optional<MoveRules> rules = load_moves(ScenarioSource{file}, scenario);
  try {
    expect_can_plan(scenario, *rules);
    const Plan plan(scenario);
    expect_targets(scenario, MoveEffects(plan, *rules));
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST(CanPlan, OfficesThatOpenOrCloseOnCountedDays) {
  const auto closing = [](const std::string& day) {
    return told_of("close_offices: [{at: {county: babol}, starts: " + day + "}]\n");
  };
  EXPECT_THAT(
      closing("1395-03-20"),
      AllOf(HasSubstr("moves.yaml"), HasSubstr("close_offices: planning while offices close: `babol-"),
            HasSubstr("on 1395-03-20, and 1 more"), HasSubstr("end before it")));
  EXPECT_THAT(closing("1395-02-04"), HasSubstr("close_offices"));  // the second counted day
  EXPECT_EQ(closing("1395-02-03"), "");
  const auto opening = [](const std::string& day) {
    return told_of("open_offices: [{id: new, place: sari, clerks: 6, starts: " + day + "}]\n");
  };
  EXPECT_THAT(opening("1395-03-20"), HasSubstr("open_offices: planning while offices open: `new` on 1395-"));
  EXPECT_EQ(opening("1395-02-03"), "");
  EXPECT_EQ(opening("1395-06-01"), "");
}

TEST(CanPlan, MigrationsThatChangeOnCountedDays) {
  const auto migration = [](const std::string& keys, const std::string& services = "all") {
    return told_of(
        "migrations: [{services: [parcel], from: traditional, to: online, share: 20%}, "
        "{services: [parcel], from: traditional, to: online, share: 50%, " +
            keys + "}]\n",
        services);
  };
  const auto refused =
      AllOf(HasSubstr("migrations[1]: planning for `parcel`"), HasSubstr("leave the service"));
  EXPECT_THAT(migration("starts: 1395-03-31"), refused);
  EXPECT_THAT(migration("starts: 1395-01-20, ramp: 20 d"), refused);
  EXPECT_EQ(migration("starts: 1395-01-20, ramp: 10 d"), "");
  EXPECT_EQ(migration("starts: 1395-02-03"), "");
  EXPECT_EQ(migration("starts: 1395-03-31", "[birth-certificate, address-change]"), "");
}

TEST(CanPlan, TargetsAtNoStationThatGetsWork) {
  EXPECT_THAT(told_of("", "all", "counters"),
              AllOf(HasSubstr("moves.yaml"), HasSubstr("targets: none is of a station that gets work"),
                    HasSubstr("(5 stations)")));
  EXPECT_EQ(told_of("", "all", "{office: [sari-r-001]}"), "");
}

TEST(CanPlan, TellsAllAtOnce) {
  EXPECT_THAT(told_of("open_offices: [{id: new, place: sari, clerks: 6, starts: 1395-03-20}]\n"
                      "close_offices: [{at: {office: [sari-u-001]}, starts: 1395-03-20}]\n"
                      "migrations: [{services: all, from: traditional, to: online, share: 50%, "
                      "starts: 1395-03-31}]\n"),
              AllOf(HasSubstr("open_offices"), HasSubstr("close_offices"), HasSubstr("migrations[0]")));
}

}  // namespace
}  // namespace pishkhan::can_plan_test
