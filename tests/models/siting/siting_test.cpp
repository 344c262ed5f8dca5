// Where new offices open: expected travel against simulated, and the choice against all sets.
#include "models/siting/siting.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/plan/plan_data.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/time.hpp"

namespace pishkhan::siting_test {
namespace {

/// A candidate as the scenario writes it.
const std::vector<std::string> kCandidates = {
    "{id: n0, place: sari, clerks: 2}",
    "{id: n1, place: sari-rural, clerks: 1, rank: 2}",
    "{id: n2, place: babol, clerks: 3}",
    "{id: n3, place: babol-rural, clerks: 1, rank: 3}",
    "{id: n4, place: sari-rural, clerks: 2, latitude: 36.7, longitude: 53.2}",
    "{id: n5, place: babol-rural, clerks: 2, latitude: 36.4, longitude: 52.75}",
};

/// The small province with some of them.
Scenario with_open(std::span<const std::size_t> chosen, const std::string& more = "") {
  std::string text =
      "scenario: Open\nbase: small.yaml\nrun: {start: 1395-03-01, days: 12, warm_up_days: 2}\n"
      "backbone: {model: ideal}\n" +
      more;
  if (!chosen.empty()) text += "open_offices:\n";
  for (const std::size_t c : chosen) text += "  - " + kCandidates[c] + "\n";
  return load_scenario_text(text, "tests/scenarios/small/open.yaml");
}

const std::vector<std::size_t> kAll = {0, 1, 2, 3, 4, 5};

ExpectedTravel expected_travel(const std::string& more = "") {
  const Scenario all = with_open(kAll, more);
  std::vector<StationIndex> stations;
  for (std::size_t c = 0; c < kAll.size(); ++c)
    stations.emplace_back(all.province->offices.size() - kAll.size() + c);
  return {Plan(all), stations};
}

std::vector<std::uint8_t> marks(std::span<const std::size_t> chosen) {
  std::vector<std::uint8_t> open(kAll.size(), 0);
  for (const std::size_t c : chosen) open[c] = 1;
  return open;
}

/// Mean person-hours there and back to offices, and its standard error.
std::pair<double, double> simulated_travel(const Scenario& scenario) {
  constexpr int kReplications = 40;
  const Plan plan(scenario);
  double sum = 0, squares = 0;
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    const TrialResult run = run_trial(plan, i);
    double hours = 0;
    for (const TripCount& trips : run.trips) {
      if (trips.station >= scenario.province->offices.size()) continue;
      const Kind kind = scenario.province->places[trips.place].kind;
      hours += 2 * scenario.travel.seconds(double(trips.visits) * trips.metres, kind) / kSecondsPerHour;
    }
    sum += hours;
    squares += hours * hours;
  }
  const double mean = sum / kReplications;
  return {mean, std::sqrt((squares / kReplications - mean * mean) / (kReplications - 1))};
}

/// Without visits that are made again, which the expectation leaves out.
const std::string kOnce =
    "retry: {probability: 0%}\npatience: {office: never}\n"
    "demand: {busyness: {province_cv: 0, county_cv: 0}}\n";

TEST(ExpectedTravel, IsThatOfRuns) {
  const ExpectedTravel travel = expected_travel(kOnce);
  for (const std::vector<std::size_t>& chosen :
       std::vector<std::vector<std::size_t>>{{}, {1}, {0, 4}, {2, 3, 5}, kAll}) {
    const auto [mean, error] = simulated_travel(with_open(chosen, kOnce));
    EXPECT_NEAR(travel.hours(marks(chosen)), mean, 4 * error + 0.01 * mean) << chosen.size();
  }
}

TEST(ExpectedTravel, AddsWhatOneMoreOfficeChanges) {
  const ExpectedTravel travel = expected_travel();
  const std::vector<std::uint8_t> open{0, 1, 0, 0, 1, 0};
  const std::vector<double> added = travel.added_hours(open);
  for (std::size_t c = 0; c < open.size(); ++c) {
    std::vector<std::uint8_t> more = open;
    more[c] = 1;
    EXPECT_NEAR(added[c], travel.hours(more) - travel.hours(open), 1e-6) << c;
  }
}

TEST(ChooseSites, ExchangeFindsTheBestOfAllSetsHere) {
  for (const std::string& more : {std::string(), std::string("choice: {within: 15 km}\n"),
                                  std::string("choice: {distance_exponent: 1}\n")}) {
    const ExpectedTravel travel = expected_travel(more);
    for (std::size_t number = 1; number < kAll.size(); ++number) {
      double least = std::numeric_limits<double>::infinity();
      for (unsigned set = 0; set < 64; ++set) {
        std::vector<std::uint8_t> open;
        std::size_t of = 0;
        for (unsigned c = 0; c < 6; ++c) {
          open.push_back((set >> c) & 1);
          of += open.back();
        }
        if (of == number) least = std::min(least, travel.hours(open));
      }
      const ChosenSites all = choose_sites(travel, number, 3), some = choose_sites(travel, number, 3, 0);
      EXPECT_TRUE(all.exhaustive);
      EXPECT_FALSE(some.exhaustive);
      EXPECT_NEAR(all.sets.at(0).travel_h, least, 1e-9 * least);
      EXPECT_NEAR(some.sets.at(0).travel_h, least, 1e-9 * least) << number << more;
      EXPECT_EQ(all.sets.at(0).open.size(), number);
    }
  }
}

TEST(SiteOffices, ChoosesTheSetThatSavesMostAmongThoseSimulated) {
  const Scenario as_is = with_open({});
  SitingOptions options;
  options.threads = 2;
  options.number = 2;
  options.sets = 15;  // all
  options.search_days = options.first_days = 100;
  const SitingResult result = site_offices(
      as_is, with_open(kAll), [](std::span<const std::size_t> chosen) { return with_open(chosen); }, options);
  ASSERT_EQ(result.sets.size(), 15U);
  EXPECT_TRUE(result.exhaustive);
  // Again, by runs of every pair.
  const auto spent = [&](const Scenario& scenario) {
    double hours = 0;
    const Plan plan(scenario);
    for (std::uint32_t i = 0; i < result.search_replications; ++i) {
      const TrialResult run = run_trial(plan, i);
      for (const TripCount& trips : run.trips) {
        const Kind kind = scenario.province->places[trips.place].kind;
        hours += 2 * scenario.travel.seconds(double(trips.visits) * trips.metres, kind) / kSecondsPerHour;
      }
      for (const StationResult& station : run.stations)
        hours += station.wait_joined_s / kSecondsPerHour + double(station.arrived - station.served);
    }
    return hours / result.search_replications;
  };
  const double now = spent(as_is);
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < 6; ++a)
    for (std::size_t b = a + 1; b < 6; ++b) most = std::max(most, now - spent(with_open(std::vector{a, b})));
  EXPECT_NEAR(result.sets[result.best].saved.saved_h.mean, most, 1e-6 * std::abs(most));
  EXPECT_NEAR(result.saved.saved_h.mean, result.saved.travel_h.mean + result.saved.wait_h.mean, 1e-6);
  EXPECT_EQ(result.visits.size(), 2U);
  for (const Estimate& visits : result.visits) EXPECT_GT(visits.mean, 0);
}

}  // namespace
}  // namespace pishkhan::siting_test
