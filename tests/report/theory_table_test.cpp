#include "tools/report/theory_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/plan/plan.hpp"
#include "models/trial/run_trial.hpp"
#include "tests/report/read_table.hpp"

namespace pishkhan::theory_table_test {
namespace {

using tests::number;
using tests::text;

Table theory_of(const std::string& run, const std::string& station) {
  const Scenario scenario = load_scenario_text(
      "scenario: Desks\nrun: " + run + "\nstations:\n  - {id: desk, " + station + "}\n", "desks.yaml");
  const Plan plan(scenario);
  std::vector<TrialResult> trials;
  for (std::uint32_t i = 0; i < 4; ++i) trials.push_back(run_trial(plan, i, {}));
  return make_theory_table({scenario, trials});
}

TEST(TheoryTable, HoldsExactFormulasOfUnbrokenRuns) {
  const Table table = theory_of("{length: 400 h, warm_up: 100 h}",
                                "arrivals: 48 / h, clerks: 1, handling: {exponential: {mean: 1 min}}");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(text(table, 0, "formula"), "M/M/1");
  EXPECT_EQ(text(table, 0, "differs_because"), "");
  EXPECT_NEAR(number(table, 0, "wait_by_formula_s"), 240, 1e-9);
  EXPECT_NEAR(number(table, 0, "utilization_by_formula"), 0.8, 1e-12);
  EXPECT_NEAR(number(table, 0, "utilization_mean"), 0.8, 0.02);
}

TEST(TheoryTable, HasTheModifiedLoadOfEachHour) {
  const Table table = theory_of("{days: 60}",
                                "doors: {every-day: 08:00-12:00}, arrivals: 40 / h, clerks: 3, patience: "
                                "{exponential: {mean: 30 min}}, handling: {exponential: {mean: 4 min}}");
  ASSERT_EQ(table.rows.size(), 4U);
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_EQ(text(table, row, "formula"), "M/M/c+M");
    EXPECT_NEAR(number(table, row, "utilization_mean") / number(table, row, "utilization_by_formula"), 1,
                0.06);
  }
  EXPECT_LT(number(table, 0, "utilization_by_formula"), number(table, 1, "utilization_by_formula"))
      << "the day begins empty";
}

TEST(TheoryTable, HasTheLoadOfEachWeekday) {
  const std::string desk =
      "doors: {every-day: 08:00-12:00}, arrivals: 40 / h, clerks: 5, handling: {exponential: {mean: 4 min}}";
  const Table table = theory_of("{days: 140}", desk + ", weekday: {saturday: 0.5, sunday: 0.8, friday: 0.2}");
  ASSERT_EQ(table.rows.size(), 4U);
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_EQ(text(table, row, "differs_because"), "");
    EXPECT_NEAR(number(table, row, "offered_load"), 8.0 / 3 * (0.5 + 0.8 + 4 + 0.2) / 7, 1e-9);
    EXPECT_NEAR(number(table, row, "utilization_mean") / number(table, row, "utilization_by_formula"), 1,
                0.06);
  }
  for (const char* days : {", busyness: {cv: 0.3}", ", weekday: {friday: 0}"}) {
    const Table parts = theory_of("{days: 14}", desk + days);
    EXPECT_EQ(text(parts, 0, "differs_because"), "days differ in demand") << days;
  }
}

TEST(TheoryTable, SaysWhyThereIsNoFormula) {
  const Table table = theory_of("{length: 50 h}", "arrivals: 70 / h, clerks: 1, handling: {constant: 1 min}");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(text(table, 0, "formula"), "");
  EXPECT_EQ(text(table, 0, "differs_because"), "no formula: the offered load reaches the clerks");
}

TEST(TheoryTable, HasNoFormulaWhereTheOfferedLoadIsJustThatOfTheClerks) {
  const std::string desk =
      "doors: {every-day: 08:00-14:00}, clerks: 3, handling: {exponential: {mean: 5 min}}, arrivals: ";
  const Table always = theory_of("{days: 14}", desk + "36 / h"),
              saturdays = theory_of("{days: 14}", desk + "24 / h, weekday: {saturday: 1.5}");
  for (std::size_t row = 0; row < 6; ++row) {
    EXPECT_EQ(text(always, row, "formula"), "") << row;
    EXPECT_EQ(text(always, row, "differs_because"), "no formula: the offered load reaches the clerks");
    EXPECT_EQ(text(saturdays, row, "formula"), "") << row;
    EXPECT_TRUE(text(saturdays, row, "differs_because").starts_with("no formula for some weekdays")) << row;
  }
}

TEST(TheoryTable, SaysWhatTheFormulaLeavesOut) {
  const Table table = theory_of(
      "{length: 50 h}",
      "clerks: [{id: a, clerks: 1, speed: 1}, {id: b, clerks: 1, speed: 2}], streams: [{id: x, arrivals: 9 / "
      "h, "
      "priority: 1, handling: {constant: 1 min}}, {id: y, arrivals: 9 / h, handling: {constant: 1 min}}]");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(text(table, 0, "differs_because"), "clerks differ in speed; streams have priorities");
}

// Little's law holds in the formula's row, whatever the clerks' speeds.
TEST(TheoryTable, HasTheMeanSpeedOfTheClerks) {
  const Table table = theory_of("{length: 50 h}",
                                "clerks: [{id: a, clerks: 2, speed: 1}, {id: b, clerks: 1, speed: 2.5}], "
                                "arrivals: 120 / h, handling: {exponential: {mean: 1.8 min}}");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_NEAR(number(table, 0, "offered_load"), 120 * 1.8 / 60 / 1.5, 1e-12);
  EXPECT_NEAR(number(table, 0, "queue_length_by_formula"), number(table, 0, "wait_by_formula_s") * 120 / 3600,
              1e-9);
}

// Clerks of the afternoon, and those alone all day, have the same formula in the afternoon.
TEST(TheoryTable, HasTheSpeedOfTheClerksOnShift) {
  const std::string day =
      "doors: {every-day: 08:00-14:00}, arrivals: 30 / h, handling: {exponential: {mean: 4 min}}, ";
  const Table shifts =
      theory_of("{days: 100}",
                day +
                    "clerks: [{id: a, clerks: 4, speed: 0.75, shifts: {every-day: 08:00-11:00}}, {id: b, "
                    "clerks: 2, speed: 2, shifts: {every-day: 11:00-14:00}}]");
  const Table fast = theory_of("{days: 1}", day + "clerks: [{id: b, clerks: 2, speed: 2}]");
  ASSERT_EQ(shifts.rows.size(), 6U);
  EXPECT_NEAR(number(shifts, 1, "offered_load"), 30 * 4 / 60.0 / 0.75, 1e-12);
  EXPECT_NEAR(number(shifts, 4, "offered_load"), 1, 1e-12);
  for (const std::size_t row : {4U, 5U}) {
    EXPECT_NEAR(number(shifts, row, "wait_by_formula_s"), number(fast, row, "wait_by_formula_s"), 1e-9);
    EXPECT_NEAR(number(shifts, row, "utilization_mean"), number(shifts, row, "utilization_by_formula"), 0.03);
  }
}

TEST(TheoryTable, HasARowForAnHourInWhichNoClerkWorks) {
  const Table table =
      theory_of("{days: 14}",
                "doors: {every-day: 08:00-11:00}, arrivals: 10 / h, clerks: [{id: a, clerks: "
                "2, shifts: {every-day: [08:00-09:00, 10:00-11:00]}}], handling: {constant: 2 "
                "min}");
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(text(table, 1, "formula"), "");
  EXPECT_EQ(text(table, 1, "differs_because"), "no formula: no clerk is on shift");
  EXPECT_EQ(text(table, 2, "formula"), "M/G/c");
}

TEST(TheoryTable, HasNoFormulaWhereALoneClerkIsThereInAPartOfTheHour) {
  const Table table =
      theory_of("{days: 14}",
                "doors: {every-day: 08:00-10:00}, arrivals: 10 / h, clerks: [{id: a, clerks: 1, shifts: "
                "{every-day: 08:00-09:30}}], handling: {exponential: {mean: 1 min}}");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(text(table, 0, "formula"), "M/M/1");
  EXPECT_EQ(text(table, 1, "formula"), "");
  EXPECT_EQ(text(table, 1, "differs_because"), "no formula: no clerk is on shift for a part of the hour");
}

TEST(TheoryTable, NamesTheFormulaOfEachWeekday) {
  const Table table = theory_of(
      "{days: 14}",
      "doors: {every-day: 08:00-09:00}, arrivals: 10 / h, clerks: [{id: a, clerks: 1}, {id: b, clerks: 1, "
      "shifts: {saturday: 08:00-09:00}}], handling: {exponential: {mean: 1 min}}");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_THAT(text(table, 0, "formula"),
              ::testing::AllOf(::testing::HasSubstr("M/M/1"), ::testing::HasSubstr("M/M/c")));
}

}  // namespace
}  // namespace pishkhan::theory_table_test
