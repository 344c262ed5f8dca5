// What is reckoned of one day for all refuses what changes on the run's days.
#include "models/plan/dated_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"
#include "models/staffing/staffing.hpp"

namespace pishkhan::dated_changes_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Scenario load(const std::string& verbs) {
  return load_scenario_text("scenario: Dated\nbase: small.yaml\nrun: {start: 1395-02-01, days: 20}\n" + verbs,
                            "tests/scenarios/small/dated.yaml");
}

std::vector<std::string> paths(const std::string& verbs) {
  std::vector<Diagnostic> mistakes;
  add_dated_changes(load(verbs), "planning", mistakes);
  std::vector<std::string> paths;
  for (const Diagnostic& mistake : mistakes) paths.push_back(mistake.path);
  return paths;
}

TEST(DatedChanges, AreToldByTheirVerb) {
  EXPECT_THAT(paths(""), IsEmpty());
  EXPECT_THAT(paths("hours: [{at: offices, hours: {thursday: 08:00-10:00}, starts: 1395-02-05}]\n"
                    "absence: [{at: offices, probability: 10%, starts: 1395-02-05}]\n"
                    "demand_growth: [{growth: 10%, ends: 1395-02-05}]\n"
                    "handling: [{services: all, factor: 2, starts: 1395-02-05}]\n"
                    "online_failures: [{services: all, probability: 5%, starts: 1395-02-05}]\n"
                    "authorise: [{services: [parcel], lowest_rank: 1, starts: 1395-02-05}]\n"
                    "demand: {distance_elasticity: 0.1}\n"),
              ElementsAre("hours", "absence", "handling", "online_failures", "demand_growth", "authorise",
                          "demand.distance_elasticity"));
  EXPECT_THAT(paths("hours: [{at: offices, hours: {friday: 08:00-10:00}, brings: 10%}]\n"),
              ElementsAre("hours"));
}

TEST(DatedChanges, BesideTheRunAreAllowed) {
  EXPECT_THAT(
      paths("hours: [{at: offices, hours: {thursday: 08:00-10:00}, starts: 1395-01-05, ends: 1395-02-20}]\n"
            "demand_growth: [{growth: 10%, starts: 1395-02-01}]\n"
            "handling: [{services: all, at: offices, factor: 2}]\n"
            "absence: [{at: offices, probability: 10%, ends: 1395-01-31}]\n"
            "authorise: [{services: [parcel], lowest_rank: 1, starts: 1395-02-21}]\n"),
      IsEmpty());
}

TEST(DatedChanges, OfDoorsAreRefusedByStaffing) {
  const Scenario scenario =
      load("hours: [{at: {agency: post}, hours: {thursday: 08:00-10:00}, starts: 1395-02-05}]\n");
  try {
    find_staffing(Plan(scenario), {});
    ADD_FAILURE() << "accepted";
  } catch (const UserError& error) {
    ASSERT_EQ(error.diagnostics().size(), 1U);
    EXPECT_EQ(error.diagnostics()[0].path, "hours");
    EXPECT_THAT(error.diagnostics()[0].problem, HasSubstr("staffing while doors change on 1395-02-05"));
  }
}

}  // namespace
}  // namespace pishkhan::dated_changes_test
