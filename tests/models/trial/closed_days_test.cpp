// Citizens who come online on days on which all is closed.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "models/plan/changes.hpp"
#include "models/plan/forecast.hpp"
#include "models/plan/plan_data.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/totals/day.hpp"

namespace pishkhan::closed_days_test {
namespace {

/// Thirty days with four Fridays and a holiday.
Scenario small(const std::vector<std::string>& overrides,
               const char* file = "tests/scenarios/small/small.yaml") {
  std::vector<std::string> all{"run.days=30", "demand.special_days={}", "demand.busyness={}",
                               "demand.weekday={saturday: 1, thursday: 1}", "demand.month={}"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  return load_scenario(file, all);
}

bool is_closed(const Scenario& scenario, const Day& day) {
  constexpr std::size_t kFriday = 6;
  return day.weekday == kFriday || is_holiday(scenario, day);
}

struct Arrivals {
  double closed_days = 0, open_days = 0;
  std::array<double, kChannels> closed{}, open{};  ///< of all days of the kind
};

Arrivals arrivals(const Scenario& scenario, std::uint32_t replications) {
  Arrivals found;
  const Plan plan(scenario);
  for (std::uint32_t i = 0; i < replications; ++i) {
    const TrialResult trial = run_trial(plan, i);
    EXPECT_TRUE(trial.audit.passed()) << trial.audit.failures.front();
    for (int k = 0; k < scenario.run.days; ++k) {
      const bool closed = is_closed(scenario, day_of_run(scenario, k));
      (closed ? found.closed_days : found.open_days) += 1;
      for (std::size_t c = 0; c < kChannels; ++c) {
        (closed ? found.closed : found.open)[c] +=
            static_cast<double>(trial.days[static_cast<std::size_t>(k) * kChannels + c].arrived);
      }
    }
  }
  return found;
}

TEST(ClosedDays, HaveNoVisitsUnlessToldOtherwise) {
  const Arrivals found = arrivals(small({}), 4);
  EXPECT_EQ(found.closed, (std::array<double, kChannels>{}));
  EXPECT_GT(found.open[2], 100);
}

/// With calls that share links and systems, too.
constexpr const char* kFiles[] = {"tests/scenarios/small/small.yaml",
                                  "tests/scenarios/valid/backbone-shared.yaml"};

TEST(ClosedDays, HaveOnlineAttemptsByTheirFactor) {
  for (const char* file : kFiles) {
    const Arrivals found = arrivals(small({"demand.online_on_closed_days=0.5"}, file), 20);
    EXPECT_EQ(found.closed[0] + found.closed[1], 0);
    const double a_closed_day = found.closed[2] / found.closed_days;
    const double an_open_day = found.open[2] / found.open_days;
    EXPECT_NEAR(a_closed_day / an_open_day, 0.5, 0.05) << file;
    const Arrivals without = arrivals(small({}, file), 20);
    const Scenario scenario = small({"demand.online_on_closed_days=0.5"}, file);
    const Plan plan(scenario);
    int open = 0;
    while (is_closed(scenario, day_of_run(scenario, open))) ++open;
    const double same_day = plan.data().online_same_day(0, scenario.run.start + open);
    EXPECT_LT(same_day, 0.95);
    EXPECT_NEAR(found.open[2] / without.open[2], same_day, 4 * std::sqrt(1 / without.open[2]));
  }
}

// Whoever uses the web makes as many attempts in a year as with the web closed when all else is.
TEST(ClosedDays, LeaveTheDemandOfAYear) {
  const std::vector<std::string> year{"run={start: 1395-01-01, days: 366, warm_up_days: 0}"};
  std::vector<std::string> with = year;
  with.emplace_back("demand.online_on_closed_days=1");
  const Arrivals before = arrivals(small(year), 4), after = arrivals(small(with), 4);
  EXPECT_GT(after.closed[2], 0.1 * before.open[2]);
  EXPECT_NEAR((after.open[2] + after.closed[2]) / before.open[2], 1, 0.02);
  EXPECT_NEAR((after.open[0] + after.open[1]) / (before.open[0] + before.open[1]), 1, 0.02);
}

TEST(ClosedDays, OfWhomFailsOnlineComesLater) {
  const std::vector<std::string> changes{"province.services=tests/scenarios/small/_only-online.csv",
                                         "retry={probability: 0%, at_most: 1}"};
  std::vector<std::string> with = changes;
  with.emplace_back("demand.online_on_closed_days=1");
  const Arrivals before = arrivals(small(changes), 20), after = arrivals(small(with), 20);
  EXPECT_EQ(before.closed[2], 0);
  EXPECT_GT(after.closed[2], 0);
  const auto at_stations = [](const Arrivals& found) { return found.open[0] + found.open[1]; };
  // Half of the online attempts fail, of whatever day; others come to the stations anyway.
  const double anyway = at_stations(before) - before.open[2] / 2;
  const double expected = anyway + (after.open[2] + after.closed[2]) / 2;
  EXPECT_GT(after.closed[2] / 2, 0.05 * expected);
  EXPECT_NEAR(at_stations(after) / expected, 1, 0.02);
}

TEST(ClosedDays, AreExpectedAsTheyAreSimulated) {
  const Scenario scenario =
      small({"demand.online_on_closed_days=1", "province.services=tests/scenarios/small/_only-online.csv",
             "run.warm_up_days=0", "retry={probability: 0%, at_most: 1}"});
  const Plan plan(scenario);
  const Forecast expected = forecast(plan);
  double of_stations = 0;
  for (const double visits : expected.visits) of_stations += visits;
  const Arrivals found = arrivals(scenario, 40);
  const double seen = (found.open[0] + found.open[1]) / 40,
               all = seen + (found.open[2] + found.closed[2]) / 40;
  EXPECT_NEAR(of_stations / seen, 1, 0.03);
  EXPECT_NEAR(expected.total_visits / all, 1, 0.03);
}

TEST(ClosedDays, CountWhomMigrationsMoved) {
  const Scenario scenario = small(
      {"demand.online_on_closed_days=1",
       "migrations=[{services: [parcel], from: traditional, to: online, share: 50%}, {services: [parcel], "
       "from: office, to: traditional, share: 20%}]"});
  const Plan plan(scenario);
  const std::vector<Change> changes = find_changes(plan);
  std::array<double, 2> moved{};
  constexpr std::uint32_t kReplications = 20;
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    for (const LedgerEntry& entry : run_trial(plan, i).ledger)
      moved[entry.migration] += static_cast<double>(entry.citizens) / kReplications;
  }
  // As many as if the web were closed when all else is: some of them come on another day.
  const Scenario closed = small(
      {"migrations=[{services: [parcel], from: traditional, to: online, share: 50%}, {services: [parcel], "
       "from: office, to: traditional, share: 20%}]"});
  for (const LedgerEntry& entry : run_trial(Plan(closed), 0).ledger) {
    for (const LedgerEntry& other : run_trial(plan, 0).ledger) {
      if (other.migration == entry.migration && other.service == entry.service)
        EXPECT_EQ(other.citizens, entry.citizens);
    }
  }
  std::size_t seen = 0;
  for (const Change& change : changes) {
    if (!change.migration) continue;
    EXPECT_NEAR(moved[*change.migration] / change.reached, 1, 0.03) << change.item;
    ++seen;
  }
  EXPECT_EQ(seen, 2u);
}

TEST(ClosedDays, AreTheSameInOneLoop) {
  const Scenario scenario = small({"demand.online_on_closed_days=1"}, kFiles[1]);
  const Plan plan(scenario);
  TrialOptions jointly;
  jointly.always_jointly = true;
  const TrialResult apart = run_trial(plan, 0), together = run_trial(plan, 0, jointly);
  EXPECT_EQ(apart.visits, together.visits);
  EXPECT_EQ(apart.calls.backbone.counts, together.calls.backbone.counts);
  EXPECT_GT(apart.calls.days_apart, 0u);
}

}  // namespace
}  // namespace pishkhan::closed_days_test
