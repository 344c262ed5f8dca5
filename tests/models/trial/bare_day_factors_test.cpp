// Days of bare stations that differ: factors by weekday, random busyness, holidays.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/plan/forecast.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/calendar.hpp"
#include "models/trial/result_bytes.hpp"
#include "models/trial/run_trial.hpp"

namespace pishkhan::bare_day_factors_test {
namespace {

constexpr std::size_t kThursday = 5, kFriday = 6;
/// Of a normal variate, passed once in 16,000 times.
constexpr double kFarOut = 4;

Scenario scenario_of(const std::string& run, const std::string& stations, const std::string& more = "") {
  return load_scenario_text("scenario: Days\nrun: " + run + "\n" + more + "stations:\n" + stations,
                            "tests/scenarios/small/text.yaml");
}

/// Visits by station, stream and day of the run.
using Counts = std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<double>>;

Counts counts_of(Scenario scenario, std::uint32_t replication = 0) {
  scenario.visits.share = 1;
  const Plan plan(scenario);
  Counts counts;
  TrialOptions options;
  options.visits = [&](std::span<const VisitRecord> visits) {
    for (const VisitRecord& visit : visits) {
      std::vector<double>& days = counts[{visit.station.value, visit.service.value}];
      days.resize(static_cast<std::size_t>(scenario.run.days));
      ++days[static_cast<std::size_t>(visit.day - scenario.run.start)];
    }
  };
  const TrialResult result = run_trial(plan, replication, options);
  EXPECT_TRUE(result.audit.passed()) << result.audit.failures.front();
  return counts;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double covariance(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

std::array<double, kDaysPerWeek> by_weekday(const Scenario& scenario, const std::vector<double>& days) {
  std::array<double, kDaysPerWeek> sums{};
  for (std::size_t k = 0; k < days.size(); ++k)
    sums[static_cast<std::size_t>(weekday(scenario.run.start + static_cast<DayNumber>(k)))] += days[k];
  return sums;
}

const char* const kTwoStreams =
    "  - id: desk\n    doors: 08:00-12:00\n    clerks: unlimited\n    handling: {constant: 1 min}\n"
    "    weekday: {thursday: 0.6, friday: 0}\n    streams:\n"
    "      - {id: as-the-station, arrivals: 10 / h}\n"
    "      - {id: of-its-own, arrivals: {hourly: [1, 2], from: 08:00, total: 30}, weekday: {friday: 2.5}}\n";

TEST(BareDayFactors, MultiplyTheArrivalsOfAWeekday) {
  const Scenario scenario = scenario_of("{start: 1395-02-04, days: 700, seed: 3}", kTwoStreams);
  Counts counts = counts_of(scenario);
  const auto of_station = by_weekday(scenario, counts.at({0, 0}));
  const auto of_stream = by_weekday(scenario, counts.at({0, 1}));
  for (std::size_t day = 0; day < kDaysPerWeek; ++day) {
    const double expected = 100 * 40 * (day == kThursday ? 0.6 : day == kFriday ? 0 : 1);
    EXPECT_NEAR(of_station[day], expected, kFarOut * std::sqrt(expected)) << day;
    const double of_its_own = 100 * 30 * (day == kFriday ? 2.5 : 1);
    EXPECT_NEAR(of_stream[day], of_its_own, kFarOut * std::sqrt(of_its_own)) << day;
  }
  EXPECT_EQ(of_station[kFriday], 0);
}

TEST(BareDayFactors, ByWeekdayAreInTheForecast) {
  const Scenario scenario =
      scenario_of("{start: 1395-02-04, days: 15, warm_up_days: 1}", kTwoStreams, "holidays: holidays.csv\n");
  // Of two weeks, from Sunday to Saturday, one Thursday is a holiday.
  const double of_station = 40 * (10 + 0.6), of_stream = 30 * (10 + 1 + 2 * 2.5);
  const Forecast expected = forecast(Plan(scenario));
  ASSERT_EQ(scenario.demand.holidays.size(), 3U);
  EXPECT_EQ(weekday(scenario.demand.holidays[2]), static_cast<int>(kThursday));
  EXPECT_NEAR(expected.visits[0], of_station + of_stream, 1e-9);
  const std::size_t thursday = Forecast::hour_key(0, kThursday, 8), monday = Forecast::hour_key(0, 2, 8);
  EXPECT_NEAR(expected.offered_load[monday], (10 + 10) / 60.0, 1e-12);
  EXPECT_NEAR(expected.offered_load[thursday], (6 + 10) / 60.0, 1e-12);
}

TEST(BareDayFactors, ByWeekdayHoldInAnUnbrokenRun) {
  const std::string station =
      "  - {id: desk, clerks: unlimited, handling: {constant: 1 s}, weekday: {thursday: 0.5, friday: 0}, ";
  struct Case {
    const char* arrivals;
    double by_noon;  ///< of a day
  };
  for (const auto& [arrivals, by_noon] :
       {Case{"arrivals: 1 / h}\n", 12}, Case{"arrivals: {hourly: [1, 3], from: 08:00, total: 24}}\n", 24},
        Case{"arrivals: [{from: 00:00, rate: 3 / h}, {from: 08:00, rate: 0 / h}]}\n", 24}}) {
    // From a Wednesday to the noon of the next week's Thursday.
    const Scenario scenario = scenario_of("{start: 1395-02-08, length: 204 h}", station + arrivals);
    ASSERT_EQ(weekday(scenario.run.start), 4);
    const double expected = 24 * (1 + 0.5 + 0 + 5) + 0.5 * by_noon;
    const Plan plan(scenario);
    EXPECT_NEAR(forecast(plan).visits[0], expected, 1e-9) << arrivals;
    double visits = 0;
    for (std::uint32_t r = 0; r < 100; ++r) visits += static_cast<double>(run_trial(plan, r).visits);
    EXPECT_NEAR(visits, 100 * expected, kFarOut * std::sqrt(100 * expected)) << arrivals;
  }
}

const char* const kBusy =
    "  - id: bank\n    doors: 08:00-18:00\n    clerks: unlimited\n    handling: {constant: 1 min}\n"
    "    busyness: {cv: 0.3}\n    streams: [{id: a, arrivals: 10 / h}, {id: b, arrivals: 5 / h}]\n";
const char* const kOther =
    "  - {id: post, doors: 08:00-18:00, clerks: unlimited, handling: {constant: 1 min}, busyness: {cv: "
    "0.3},\n"
    "     arrivals: 10 / h}\n";

TEST(BareDayFactors, BusynessMakesCountsVaryAsAMixtureOfPoissons) {
  constexpr int kDays = 10'000;
  Counts counts =
      counts_of(scenario_of("{days: " + std::to_string(kDays) + ", seed: 8}", std::string(kBusy) + kOther));
  constexpr double kMean = 100, kHalf = 50, kCv2 = 0.09;
  const double variance = kMean + kCv2 * kMean * kMean, of_half = kHalf + kCv2 * kHalf * kHalf;
  // A gamma mixture of Poissons is negative binomial, of shape 1 / cv^2.
  const double kurtosis = 3 + 6 * kCv2 + 1 / variance;
  for (const auto& stream : {std::pair(0U, 0U), std::pair(1U, 2U)}) {
    const std::vector<double>& days = counts.at(stream);
    EXPECT_NEAR(mean_of(days), kMean, kFarOut * std::sqrt(variance / kDays));
    EXPECT_NEAR(covariance(days, days), variance, kFarOut * variance * std::sqrt((kurtosis - 1) / kDays));
  }
  // All streams of a station have the day's factor, and other stations another one. The variance of a
  // product of two normal variates bounds the error well enough.
  const auto far_out = [&](double cov, double a, double b) {
    return kFarOut * std::sqrt((a * b + cov * cov) * (kurtosis - 1) / 2 / kDays);
  };
  const double together = kCv2 * kMean * kHalf;
  EXPECT_NEAR(covariance(counts.at({0, 0}), counts.at({0, 1})), together,
              far_out(together, variance, of_half));
  EXPECT_NEAR(covariance(counts.at({0, 0}), counts.at({1, 2})), 0, far_out(0, variance, variance));
}

TEST(BareDayFactors, BusynessDependsOnNothingElse) {
  const std::string run = "{start: 1395-02-04, days: 40, seed: 5}";
  Counts alone = counts_of(scenario_of(run, kBusy), 2);
  Counts behind = counts_of(scenario_of(run, std::string(kOther) + kBusy), 2);
  std::string more_streams = kBusy;
  more_streams.insert(more_streams.find("{id: a"), "{id: first, arrivals: 3 / h}, ");
  Counts with_more = counts_of(scenario_of(run, more_streams), 2);
  EXPECT_EQ(alone.at({0, 0}), behind.at({1, 1}));
  EXPECT_EQ(alone.at({0, 1}), behind.at({1, 2}));
  EXPECT_EQ(alone.at({0, 0}), with_more.at({0, 1}));
  // A run that begins later has the same days.
  Counts later = counts_of(scenario_of("{start: 1395-02-14, days: 30, seed: 5}", kBusy), 2);
  const std::vector<double>& days = alone.at({0, 0});
  EXPECT_EQ(std::vector<double>(days.begin() + 10, days.end()), later.at({0, 0}));
  EXPECT_NE(alone.at({0, 0}), counts_of(scenario_of(run, kBusy), 3).at({0, 0}));
}

TEST(BareDayFactors, NobodyComesOnAHoliday) {
  const std::string run = "{start: 1395-02-01, days: 20, seed: 5}", holidays = "holidays: holidays.csv\n";
  Counts with = counts_of(scenario_of(run, kBusy, holidays)), without = counts_of(scenario_of(run, kBusy)),
         none = counts_of(scenario_of(run, kBusy, "holidays: none\n"));
  EXPECT_EQ(without.size(), 2U);
  for (const auto& [stream, days] : without) {
    std::vector<double> expected = days;
    for (const std::size_t holiday : {std::size_t{1}, std::size_t{15}}) {
      EXPECT_GT(days[holiday], 0);
      expected[holiday] = 0;
    }
    EXPECT_EQ(with.at(stream), expected);
    EXPECT_EQ(none.at(stream), days);
  }
  const Scenario scenario = scenario_of(run, kOther, holidays);
  const TrialResult result = run_trial(Plan(scenario), 0);
  EXPECT_EQ(result.stations[0].open_s, 18 * 10 * kSecondsPerHour) << "closed, not idle";
}

TEST(BareDayFactors, OfOneChangeNothing) {
  const std::string run = "{start: 1395-02-01, days: 20, seed: 5}";
  const std::string station =
      "  - {id: bank, doors: 08:00-12:00, clerks: 2, arrivals: 10 / h, handling: {exponential: {mean: 5 "
      "min}}";
  const auto bytes = [&](const std::string& more) {
    return to_bytes(run_trial(Plan(scenario_of(run, station + more + "}\n")), 1));
  };
  EXPECT_EQ(bytes(""), bytes(", weekday: {monday: 1}, busyness: {cv: 0}"));
}

}  // namespace
}  // namespace pishkhan::bare_day_factors_test
