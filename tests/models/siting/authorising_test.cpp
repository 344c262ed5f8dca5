// Which offices are authorised to give which services: the choice against all choices, and the saving that is
// expected against runs.
#include "models/siting/authorising.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "models/plan/plan.hpp"
#include "models/scenario/scenario.hpp"
#include "models/siting/choose_authorisations.hpp"
#include "models/siting/expected_travel.hpp"

namespace pishkhan::authorising_test {
namespace {

/// The small province, in which only offices of rank 1 in cities give services, and some are authorised.
Scenario with_given(std::span<const OfficeService> given, const std::string& more = "") {
  // In the order in which they are loaded: offices by id.
  static const std::vector<std::string> kOffices = {"babol-r-001", "babol-u-001", "sari-r-001", "sari-u-001",
                                                    "sari-u-002"};
  static const std::vector<std::string> kServices = {"birth-certificate", "address-change", "parcel"};
  std::string text =
      "scenario: Authorised\nbase: small.yaml\nrun: {start: 1395-03-01, days: 12, warm_up_days: 2}\n"
      "backbone: {model: ideal}\n" +
      more + "authorise:\n  - {services: all, lowest_rank: 1, rural: false}\n";
  for (const OfficeService& one : given) {
    text += "  - {services: [" + kServices.at(one.service.index()) +
            "], at: {office: " + kOffices.at(one.office.index()) + "}}\n";
  }
  return load_scenario_text(text, "tests/scenarios/small/authorised.yaml");
}

const std::vector<ServiceId> kAll = {ServiceId(0), ServiceId(1), ServiceId(2)};

double expected_h(const Scenario& scenario) {
  const Plan plan(scenario);
  return ExpectedTravel(plan, {}).hours({});
}

std::vector<OfficeService> given_by(std::span<const ChosenAuthorisation> chosen) {
  std::vector<OfficeService> given;
  for (const ChosenAuthorisation& one : chosen) given.push_back(one.given);
  return given;
}

/// The least expected travel with at most `number` of the candidates, each choice a scenario of its own.
double least_h(const std::vector<OfficeService>& candidates, std::size_t number, const std::string& more) {
  double least = std::numeric_limits<double>::infinity();
  std::vector<OfficeService> given;
  const std::function<void(std::size_t)> try_from = [&](std::size_t first) {
    least = std::min(least, expected_h(with_given(given, more)));
    if (given.size() == number) return;
    for (std::size_t c = first; c < candidates.size(); ++c) {
      given.push_back(candidates[c]);
      try_from(c + 1);
      given.pop_back();
    }
  };
  try_from(0);
  return least;
}

TEST(CandidateAuthorisations, AreOpenAndMayNotGiveTheServiceYet) {
  const Scenario scenario = with_given(std::vector{OfficeService{OfficeId(4), ServiceId(1)}},
                                       "close_offices: [{at: {office: sari-r-001}}]\n");
  const std::vector<OfficeService> expected = {
      {OfficeId(0), ServiceId(1)}, {OfficeId(0), ServiceId(2)}, {OfficeId(4), ServiceId(2)}};
  EXPECT_EQ(candidate_authorisations(scenario, std::vector{ServiceId(1), ServiceId(2)}), expected);
}

TEST(CandidateAuthorisations, HaveAClerkWhoCanGiveTheService) {
  Scenario scenario = with_given({});
  scenario.province->offices[4].rules.groups.at(0).skills = {ServiceId(0)};
  const std::vector<OfficeService> expected = {{OfficeId(0), ServiceId(1)}, {OfficeId(2), ServiceId(1)}};
  EXPECT_EQ(candidate_authorisations(scenario, std::vector{ServiceId(1)}), expected);
}

TEST(CandidateAuthorisations, HaveThatClerkOnEveryOpenWeekday) {
  const std::vector<ServiceId> asked{ServiceId(1)};
  const std::vector<OfficeService> others = {{OfficeId(0), ServiceId(1)}, {OfficeId(2), ServiceId(1)}};
  const auto candidates_when = [&](void (*change)(Scenario&)) {
    Scenario scenario = with_given({});
    Office& office = scenario.province->offices[4];
    office.rules.groups.push_back(office.rules.groups.at(0));
    office.rules.groups[0].skills = {ServiceId(0)};
    office.rules.groups[1].skills = {ServiceId(1)};
    change(scenario);
    return candidate_authorisations(scenario, asked);
  };
  EXPECT_EQ(candidates_when([](Scenario&) {}).size(), 3U);
  EXPECT_EQ(candidates_when([](Scenario& scenario) {  // absent on the first weekday
              scenario.province->offices[4].rules.groups[1].shifts[0].clear();
            }),
            others);
  EXPECT_EQ(candidates_when([](Scenario& scenario) {  // not there on the first counted day
              const auto& run = scenario.run;
              scenario.province->offices[4].rules.groups[1].from_day = run.start + run.warm_up_days + 1;
            }),
            others);
  EXPECT_EQ(candidates_when([](Scenario& scenario) {  // the office closes on the last day
              const auto& run = scenario.run;
              scenario.province->offices[4].until_day = run.start + run.days - 1;
            }),
            others);
}

TEST(ChooseAuthorisations, IsAsGoodAsTheBestOfAllChoices) {
  for (const std::string& more :
       {std::string(), std::string("choice: {within: 15 km}\n"), std::string("choice: {within: 3 km}\n"),
        std::string("choice: {distance_exponent: 0.5}\n")}) {
    const Scenario scenario = with_given({}, more);
    const std::vector<OfficeService> candidates = candidate_authorisations(scenario, kAll);
    ASSERT_EQ(candidates.size(), 9U);
    const double now = expected_h(scenario);
    for (std::size_t number = 1; number <= 3; ++number) {
      const double least = least_h(candidates, number, more);
      for (const double most_sets : {5000.0, 0.0}) {
        const ChosenAuthorisations chosen = choose_authorisations(scenario, kAll, number, most_sets);
        EXPECT_EQ(chosen.exhaustive, most_sets > 0);
        EXPECT_LE(chosen.list.size(), number);
        EXPECT_NEAR(now - chosen.saved_h, least, 1e-9 * now) << number << more << most_sets;
        EXPECT_NEAR(expected_h(with_given(given_by(chosen.list), more)), least, 1e-9 * now);
      }
    }
  }
}

TEST(ChooseAuthorisations, SaysWhatEachSavesBesideTheOthers) {
  const std::string more = "travel: {detour: 1, urban_speed: 30 km/h, rural_speed: 30 km/h}\n";
  const Scenario scenario = with_given({}, more);
  const ChosenAuthorisations chosen = choose_authorisations(scenario, kAll, 3);
  ASSERT_EQ(chosen.list.size(), 3U);
  const double with = expected_h(with_given(given_by(chosen.list), more));
  for (std::size_t k = 0; k < 3; ++k) {
    std::vector<OfficeService> others = given_by(chosen.list);
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
    const double saved = expected_h(with_given(others, more)) - with;
    EXPECT_GT(saved, 0);
    EXPECT_NEAR(chosen.list[k].saved.hours, saved, 1e-9 * with);
    EXPECT_NEAR(chosen.list[k].saved.km, 30 * saved, 1e-6 * with);
  }
}

TEST(ChooseAuthorisations, TakesNoneThatSavesNothing) {
  // All offices attract alike, near or far: a service is travelled for the least where it is given now.
  const std::string more = "choice: {distance_exponent: 0, size_exponent: 0}\n";
  const Scenario scenario = with_given({}, more);
  const ChosenAuthorisations chosen = choose_authorisations(scenario, kAll, 9);
  EXPECT_LT(chosen.list.size(), 9U);
  for (const ChosenAuthorisation& one : chosen.list) EXPECT_GT(one.saved.hours, 0);
  EXPECT_TRUE(choose_authorisations(with_given(given_by(chosen.list), more), kAll, 1).list.empty());
}

TEST(AuthoriseServices, SavesInRunsWhatWasExpected) {
  // Without visits that are made again, which the expectation leaves out.
  const std::string once =
      "retry: {probability: 0%}\npatience: {office: never}\n"
      "demand: {busyness: {province_cv: 0, county_cv: 0}}\n";
  const Scenario as_is = with_given({}, once);
  AuthorisingOptions options;
  options.threads = 2;
  options.number = 3;
  options.first_days = 300;
  const AuthorisingResult result = authorise_services(
      as_is, kAll,
      [&](std::span<const ChosenAuthorisation> chosen) { return with_given(given_by(chosen), once); },
      options);
  ASSERT_EQ(result.chosen.list.size(), 3U);
  ASSERT_EQ(result.before.size(), result.proof_replications);
  ASSERT_EQ(result.after.size(), result.proof_replications);
  EXPECT_GT(result.chosen.saved_h, 0);
  const double arm = result.saved.travel_h.high - result.saved.travel_h.low;
  EXPECT_NEAR(result.saved.travel_h.mean, result.chosen.saved_h, arm + 0.01 * result.chosen.saved_h);
  EXPECT_LT(arm, result.chosen.saved_h);
  EXPECT_NEAR(result.saved.saved_h.mean, result.saved.travel_h.mean + result.saved.wait_h.mean, 1e-6);
  // Citizens use what was authorised, and nobody did before.
  const auto visits = [](const std::vector<TrialResult>& trials, const OfficeService& given) {
    std::uint64_t sum = 0;
    for (const TrialResult& trial : trials) {
      for (const GivenCount& count : trial.given) {
        if (count.station == given.office.index() && count.service == given.service.index())
          sum += count.visits;
      }
    }
    return sum;
  };
  for (const ChosenAuthorisation& one : result.chosen.list) {
    EXPECT_EQ(visits(result.before, one.given), 0U);
    EXPECT_GT(visits(result.after, one.given), 0U);
  }
}

}  // namespace
}  // namespace pishkhan::authorising_test
