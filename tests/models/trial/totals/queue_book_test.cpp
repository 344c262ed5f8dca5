#include "models/trial/totals/queue_book.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "models/scenario/scenario.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/reuse/reuse.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::queue_book_test {
namespace {

constexpr double kMinute = 60, kHour = 3600, kTicksPerSecond = 65'536;

double minutes(const QueueCell& cell, std::size_t level) {
  return level < cell.open_ticks.size()
             ? static_cast<double>(cell.open_ticks[level]) / kTicksPerSecond / kMinute
             : 0;
}

Scenario two_streams(const std::string& output = "{queues: true}") {
  return load_scenario_text(
      "scenario: Queues\n"
      "run: {start: 1395-02-01, days: 20, replications: 2}\n"
      "output: " +
          output +
          "\n"
          "stations:\n"
          "  - id: desk\n"
          "    doors: 08:00-12:00, 13:00-16:30\n"
          "    room: 12\n"
          "    handling: {exponential: {mean: 6 min}}\n"
          "    patience: {exponential: {mean: 20 min}}\n"
          "    clerks: [{clerks: 1}]\n"
          "    streams: [{id: few, arrivals: 4 / h}, {id: many, arrivals: 7 / h}]\n",
      "tests/scenarios/small/text.yaml");
}

Visits visits_of(const std::vector<std::tuple<double, double, Outcome, std::uint32_t>>& rows) {
  Visits visits;
  visits.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::tie(visits.arrival_s[i], visits.leave_s[i], visits.outcome[i], visits.service[i]) = rows[i];
  return visits;
}

// Reckoned by hand: the second waits from 8:40 to 9:10, the third from 8:50 to 9:05, when patience runs out.
TEST(QueueBook, HoldsHowManyWaitedForHowLong) {
  const Scenario scenario = two_streams();
  const Plan plan(scenario);
  QueueBook book(scenario, plan.data());
  const double eight = 8 * kHour;
  const Interval doors{eight, eight + 2 * kHour};
  book.add(StationIndex(0), {&doors, 1},
           visits_of({{eight + 30 * kMinute, eight + 30 * kMinute, Outcome::served, 0},
                      {eight + 40 * kMinute, eight + 70 * kMinute, Outcome::served, 1},
                      {eight + 50 * kMinute, eight + 65 * kMinute, Outcome::abandoned, 0},
                      {eight + 60 * kMinute, eight + 60 * kMinute, Outcome::balked, 1}}));
  TrialResult result;
  book.close(result);
  ASSERT_EQ(result.queues.size(), kHoursOfWork + 2);
  const QueueCell &first = result.queues[8], &second = result.queues[9];
  EXPECT_DOUBLE_EQ(minutes(first, 0), 40);
  EXPECT_DOUBLE_EQ(minutes(first, 1), 10);
  EXPECT_DOUBLE_EQ(minutes(first, 2), 10);
  EXPECT_DOUBLE_EQ(minutes(second, 2), 5);
  EXPECT_DOUBLE_EQ(minutes(second, 1), 5);
  EXPECT_DOUBLE_EQ(minutes(second, 0), 50);
  EXPECT_EQ(first.counts, (QueueCounts{3, 2, 0, 1, 0, 0}));
  EXPECT_EQ(second.counts, (QueueCounts{1, 0, 1, 0, 0, 0}));
  EXPECT_EQ(first.waits.unpack().zeros(), 1U);
  const QueueCell &few = result.queues[kHoursOfWork], &many = result.queues[kHoursOfWork + 1];
  EXPECT_DOUBLE_EQ(minutes(few, 1), 15);
  EXPECT_DOUBLE_EQ(minutes(few, 0), 105);
  EXPECT_DOUBLE_EQ(minutes(many, 1), 30);
  EXPECT_EQ(few.counts, (QueueCounts{2, 1, 0, 1, 0, 0}));
  EXPECT_EQ(many.counts, (QueueCounts{2, 1, 1, 0, 0, 0}));
}

void expect_same_as_hours(const TrialResult& trial, const std::vector<std::size_t>& group_of_station,
                          std::size_t groups) {
  for (std::size_t group = 0; group < groups; ++group) {
    for (std::size_t hour = 0; hour < kHoursOfWork; ++hour) {
      HourTally sum;
      for (std::size_t s = 0; s < group_of_station.size(); ++s)
        if (group_of_station[s] == group) sum += trial.station_hours[s * kHoursOfWork + hour];
      const QueueCell& cell = trial.queues[group * kHoursOfWork + hour];
      EXPECT_EQ(cell.counts.arrived, sum.arrived);
      EXPECT_EQ(cell.counts.arrived - cell.counts.balked, sum.joined);
      EXPECT_EQ(cell.counts.served, sum.served);
      EXPECT_EQ(cell.waits.unpack().count(), sum.served);
      double open_s = 0, area_s = 0;
      for (std::size_t level = 0; level < cell.open_ticks.size(); ++level) {
        open_s += minutes(cell, level) * kMinute;
        area_s += static_cast<double>(level) * minutes(cell, level) * kMinute;
      }
      EXPECT_NEAR(open_s, sum.open_s, 1);
      EXPECT_NEAR(area_s, sum.queue_area_s, 1 + 1e-4 * sum.queue_area_s);
    }
  }
}

TEST(QueueBook, AgreesWithTheHoursOfBareStations) {
  const Scenario scenario = two_streams();
  const TrialResult trial = run_trial(Plan(scenario), 0);
  expect_same_as_hours(trial, {0}, 1);
  const StationTally& station = trial.stations[0];
  EXPECT_GT(station.abandoned, 50U);
  std::uint64_t abandoned = 0;
  for (std::size_t hour = 0; hour < kHoursOfWork; ++hour) abandoned += trial.queues[hour].counts.abandoned;
  EXPECT_EQ(abandoned, station.abandoned);
  for (std::size_t stream = 0; stream < 2; ++stream) {
    const VisitTally& tally = trial.services[stream * kChannels + static_cast<std::size_t>(Channel::office)];
    EXPECT_EQ(trial.queues[kHoursOfWork + stream].counts.abandoned, tally.abandoned);
    EXPECT_EQ(trial.queues[kHoursOfWork + stream].counts.arrived, tally.arrived);
  }
}

TEST(QueueBook, AgreesWithTheHoursOfAProvince) {
  const Scenario scenario =
      load_scenario("tests/scenarios/small/small.yaml", {"run.days=20", "output={queues: true}"});
  const TrialResult trial = run_trial(Plan(scenario), 0);
  std::vector<std::size_t> groups;
  for (const Office& office : scenario.province->offices)
    groups.push_back(static_cast<std::size_t>(office.kind));
  groups.resize(trial.stations.size(), kKinds);
  expect_same_as_hours(trial, groups, kKinds + 1);
}

TEST(QueueBook, IsEmptyUnlessAskedFor) { EXPECT_TRUE(run_trial(Plan(two_streams("{}")), 0).queues.empty()); }

TEST(QueueBook, ChangesNothingElse) {
  const Scenario asked = two_streams(), not_asked = two_streams("{}");
  TrialResult with = run_trial(Plan(asked), 0);
  with.queues.clear();
  EXPECT_EQ(to_bytes(with), to_bytes(run_trial(Plan(not_asked), 0)));
}

TEST(QueueBook, IsReusedToTheByte) {
  const std::vector<std::string> base{"run.days=20", "output={queues: true}"};
  std::vector<std::string> changed = base;
  changed.emplace_back("staffing=[{at: {office: [sari-r-001]}, clerks: 2}]");
  const Scenario before = load_scenario("tests/scenarios/small/small.yaml", base),
                 after = load_scenario("tests/scenarios/small/small.yaml", changed);
  const Plan one(before), other(after);
  const Reuse reuse(one);
  const auto stations = reuse.stations_to_simulate(other);
  ASSERT_TRUE(stations);
  const KeptReplication kept = reuse.run_and_keep(0, {});
  EXPECT_EQ(to_bytes(reuse.run_variant(other, *stations, kept, 0, {})), to_bytes(run_trial(other, 0)));
}

}  // namespace
}  // namespace pishkhan::queue_book_test
