// The ranges of assumed numbers: how they are read, and what their factors do.
#include "models/scenario/assumed_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "models/plan/plan.hpp"
#include "models/plan/plan_data.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/random/distribution.hpp"
#include "tests/support/small_with_ranges.hpp"

namespace pishkhan::assumed_numbers_test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::SmallWithRanges;

std::vector<Diagnostic> mistakes_of(const std::string& rows) {
  const SmallWithRanges small(rows);
  try {
    load_scenario(small.scenario());
  } catch (const UserError& error) {
    return error.diagnostics();
  }
  return {};
}

Scenario small_scenario() { return load_scenario("tests/scenarios/small/small.yaml"); }

Scenario varied(std::string_view file, std::string_view column, double factor) {
  Scenario scenario = small_scenario();
  find_assumed_number(file, column)->vary(scenario, factor);
  return scenario;
}

TEST(AssumedNumbers, RangesAreReadInTheOrderOfTheRows) {
  const SmallWithRanges small(
      "services.csv,rework,assumed,0.5,2,none\nagencies.csv,cores,stated,,,list\n"
      "small.yaml,patience.office,assumed,1,1.5,none\n");
  const Scenario scenario = load_scenario(small.scenario());
  ASSERT_THAT(scenario.assumed_ranges, SizeIs(2));
  EXPECT_EQ(scenario.assumed_ranges[0].column, "rework");
  EXPECT_EQ(scenario.assumed_ranges[0].low, 0.5);
  EXPECT_EQ(scenario.assumed_ranges[0].high, 2);
  EXPECT_EQ(scenario.assumed_ranges[1].file, "small.yaml");
  EXPECT_EQ(scenario.assumed_ranges[1].low, 1);
}

TEST(AssumedNumbers, WrongRangesAreToldTogetherWithTheirPlaces) {
  const auto mistakes = mistakes_of(
      "services.csv,rework,assumed,1.5,2,none\nservices.csv,work_s,assumed,0.5,0.9,none\n"
      "agencies.csv,cores,assumed,0.5,,none\noffices.csv,latitude,assumed,0.5,2,none\n"
      "small.yaml,patience.ofice,assumed,0.5,2,none\nservices.csv,online_failure,assumed,0,2,none\n");
  ASSERT_THAT(mistakes, SizeIs(6));
  const auto expect = [&](std::size_t i, int line, int column, const std::string& text) {
    EXPECT_THAT(mistakes[i].file, HasSubstr("evidence.csv"));
    EXPECT_EQ(mistakes[i].line, line) << to_string(mistakes[i]);
    EXPECT_EQ(mistakes[i].column, column) << to_string(mistakes[i]);
    EXPECT_THAT(to_string(mistakes[i]), HasSubstr(text));
  };
  expect(0, 2, 29, "0.01 to 1");
  expect(1, 3, 33, "1 to 100");
  expect(2, 4, 32, "a range has both ends, or none");
  expect(3, 5, 30, "no number that can be varied");
  expect(4, 6, 35, "did you mean 'patience.office'?");
  expect(5, 7, 37, "0.01 to 1");
}

TEST(AssumedNumbers, MeasuredAndStatedNumbersHaveNoRange) {
  const auto mistakes = mistakes_of(
      "services.csv,rework,measured,0.5,2,counted\nservices.csv,work_s,stated,0.5,2,a list\n"
      "services.csv,online_failure,assumed,0.5,2,none\n");
  ASSERT_THAT(mistakes, SizeIs(2));
  EXPECT_THAT(to_string(mistakes[0]), HasSubstr("which is measured"));
  EXPECT_THAT(to_string(mistakes[1]), HasSubstr("which is stated"));
  EXPECT_EQ(mistakes[1].line, 3);
}

TEST(AssumedNumbers, AFactorOfOneChangesNothing) {
  Scenario scenario = small_scenario();
  const TrialResult before = run_trial(Plan(scenario), 0);
  for (const AssumedNumber& number : assumed_numbers()) number.vary(scenario, 1);
  const TrialResult after = run_trial(Plan(scenario), 0);
  EXPECT_TRUE(to_bytes(before) == to_bytes(after));
}

TEST(AssumedNumbers, EveryOneCanBeVariedFarAndSimulated) {
  for (const double factor : {0.01, 0.5, 2.0, 20.0}) {
    for (const AssumedNumber& number : assumed_numbers()) {
      Scenario scenario = small_scenario();
      scenario.run.days = 2;
      number.vary(scenario, factor);
      if (number.of == RangeOf::value && factor > 2) continue;  // twenty times the visits take long
      EXPECT_NO_THROW(run_trial(Plan(scenario), 0)) << number.column << " times " << factor;
    }
  }
}

TEST(AssumedNumbers, ProbabilitiesStayProbabilitiesByTheirOdds) {
  const Scenario twice = varied("services.csv", "online_failure", 2),
                 far = varied("", "retry.probability", 100);
  EXPECT_DOUBLE_EQ(twice.province->services[0].online_failure, 0.2 / 1.1) << "odds of 1 to 9, twice";
  EXPECT_EQ(twice.province->services[2].online_failure, 0);
  EXPECT_LT(far.retry.probability, 1);
  EXPECT_GT(far.retry.probability, 0.99);
  const Scenario web = varied("counties.csv", "digital_access_urban", 3);
  EXPECT_DOUBLE_EQ(web.province->counties[1].digital_access[0], 1.8 / 2.2) << "odds of 3 to 2, three times";
  EXPECT_EQ(web.province->counties[1].digital_access[1], 0.35);
  for (const Zone& zone : web.province->zones) {
    EXPECT_EQ(
        zone.digital_access,
        web.province->counties[zone.county.index()].digital_access[static_cast<std::size_t>(zone.kind)]);
  }
}

TEST(AssumedNumbers, SharesOfChannelsAddToOne) {
  const Scenario scenario = varied("services.csv", "share_urban_office", 2);
  for (const Service& service : scenario.province->services)
    for (const auto& shares : service.shares) EXPECT_NEAR(shares[0] + shares[1] + shares[2], 1, 1e-12);
  EXPECT_DOUBLE_EQ(scenario.province->services[0].shares[0][1], 0.4 / 1.2);
}

TEST(AssumedNumbers, NumbersAreMultipliedAndCountsRounded) {
  const Scenario longer = varied("services.csv", "handling_office_mean_s", 1.5);
  EXPECT_DOUBLE_EQ(std::get<Lognormal>(longer.province->services[0].handling[1]).mean, 1350);
  EXPECT_EQ(varied("agencies.csv", "cores", 0.01).province->agencies[0].cores, 1U);
  const Scenario roomy = varied("offices.csv", "room", 1.5);
  for (const Office& office : roomy.province->offices)
    if (office.id == "babol-u-001") EXPECT_EQ(office.rules.room, 68) << "45 times 1.5, rounded";
  EXPECT_DOUBLE_EQ(varied("", "demand.growth", 1.1).province->services[1].visits_per_1000_a_year[1], 33);
  const Scenario fewer = varied("places.csv", "population", 0.5);
  EXPECT_EQ(fewer.province->places[0].population, 300000) << "stated";
  EXPECT_EQ(fewer.province->places[1].population, 50000) << "assumed";
  EXPECT_EQ(fewer.province->zones[1].population, 50000);
}

TEST(AssumedNumbers, WeightsAreTakenToThePower) {
  const Scenario scenario = varied("", "demand.weekday", 2);
  EXPECT_NEAR(scenario.demand.weekday[0], 1.44, 1e-12);
  EXPECT_EQ(scenario.demand.weekday[1], 1);
  EXPECT_NEAR(scenario.demand.weekday[5], 0.36, 1e-12);
  EXPECT_EQ(scenario.demand.weekday[6], 0) << "Friday";
}

TEST(AssumedNumbers, AreDocumentedAll) {
  const std::string text = assumed_numbers_markdown();
  for (const AssumedNumber& number : assumed_numbers())
    EXPECT_THAT(text, HasSubstr(std::string(number.column) + '`'));
}

}  // namespace
}  // namespace pishkhan::assumed_numbers_test
