// Counters that stand in places: whom each serves, and that is expected as it is simulated.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "models/plan/forecast.hpp"
#include "models/plan/plan_data.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::counters_by_place_test {
namespace {

Scenario small() {
  return load_scenario("tests/scenarios/small/small.yaml",
                       {"province.counters=tests/scenarios/small/_by-place.csv", "demand.busyness={}",
                        "run.days=30", "retry={probability: 0%, at_most: 1}", "closing.counters=serve_out"});
}

std::string counter_of(const Scenario& scenario, const Plan::Data& data, const std::string& agency,
                       const std::string& place) {
  const Province& province = *scenario.province;
  for (std::size_t a = 0; a < province.agencies.size(); ++a) {
    for (std::size_t p = 0; p < province.places.size(); ++p) {
      if (province.agencies[a].id == agency && province.places[p].id == place)
        return province.counters[data.counter[a][p].index() - data.offices].id;
    }
  }
  return "";
}

TEST(CountersByPlace, ServeTheirPlaceThenTheirCountyThenTheNearest) {
  const Scenario scenario = small();
  const Plan plan(scenario);
  const auto at = [&](const char* agency, const char* place) {
    return counter_of(scenario, plan.data(), agency, place);
  };
  EXPECT_EQ(at("civil-registration", "sari"), "civil-registration@sari");
  EXPECT_EQ(at("civil-registration", "sari-rural"), "civil-registration@sari-rural");
  EXPECT_EQ(at("civil-registration", "babol"), "civil-registration@babol");
  EXPECT_EQ(at("civil-registration", "babol-rural"), "civil-registration@babol");
  EXPECT_EQ(at("post", "sari-rural"), "post@sari");
  EXPECT_EQ(at("post", "babol"), "post@sari");
}

/// Who lives in the place has a shorter way than to the capital.
TEST(CountersByPlace, StandInTheirPlace) {
  const Scenario scenario = small();
  const Plan plan(scenario);
  const Plan::Data& data = plan.data();
  const Province& province = *scenario.province;
  const auto index_of = [](const auto& things, const char* id) {
    const auto found =
        std::find_if(things.begin(), things.end(), [id](const auto& thing) { return thing.id == id; });
    return static_cast<std::size_t>(found - things.begin());
  };
  const std::size_t place = index_of(province.places, "sari-rural");
  const auto metres_to = [&](const char* counter) {
    return data.ways_to(StationIndex(data.offices + index_of(province.counters, counter)))[place].metres;
  };
  EXPECT_LT(metres_to("civil-registration@sari-rural"), metres_to("civil-registration@sari"));
}

TEST(CountersByPlace, AreExpectedAsTheyAreSimulated) {
  const Scenario scenario = small();
  const Plan plan(scenario);
  const Forecast expected = forecast(plan);
  constexpr std::uint32_t kReplications = 30;
  std::vector<double> arrived(expected.visits.size(), 0);
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    const TrialResult trial = run_trial(plan, i);
    EXPECT_TRUE(trial.audit.passed());
    for (std::size_t s = 0; s < arrived.size(); ++s)
      arrived[s] += static_cast<double>(trial.stations[s].arrived) / kReplications;
  }
  for (std::size_t c = plan.data().offices; c < arrived.size(); ++c) {
    EXPECT_NEAR(arrived[c] / expected.visits[c], 1, 0.05)
        << scenario.province->counters[c - plan.data().offices].id;
  }
}

TEST(CountersByPlace, CanBeSelected) {
  const Scenario scenario = load_scenario(
      "tests/scenarios/small/small.yaml",
      {"province.counters=tests/scenarios/small/_by-place.csv",
       "staffing=[{at: {agency: civil-registration, place: sari-rural}, clerks: 9}, {at: {agency: "
       "civil-registration, county: babol}, clerks: 8}]"});
  std::map<std::string, int> clerks;
  for (const Counter& counter : scenario.province->counters)
    clerks[counter.id] = counter.rules.groups.front().clerks;
  EXPECT_EQ(clerks, (std::map<std::string, int>{{"civil-registration@sari", 4},
                                                {"civil-registration@sari-rural", 9},
                                                {"civil-registration@babol", 8},
                                                {"post@sari", 5}}));
}

}  // namespace
}  // namespace pishkhan::counters_by_place_test
