// Days that start empty: nothing of the long run holds, and the answers come from the forward
// equations and from published simulations.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/theory/day_from_empty.hpp"
#include "models/theory/infinite_servers.hpp"
#include "tests/theory/textbook.hpp"

namespace pishkhan::textbook::days_test {
namespace {

constexpr double kStandardErrorOfInterval = 1 / 1.96;  // of a published 95% half-width

TEST(Days, Case03_MM12FromEmpty) {
  const theory::DayFromEmpty exact(12, 4.2, 2, 480);
  Textbook book("mm12-days");
  book.simulate();
  const Estimate level = book.ratio(of(&VisitTally::in_target), of(&VisitTally::arrived));
  const Estimate wait =
      book.ratio([](const TrialResult& r) { return r.stations[0].wait_s / 60; }, of(&VisitTally::served));
  // While the doors are open: the queue served out after closing is not part of the published figure.
  const Estimate utilization = book.mean([&](const TrialResult& r) {
    double busy_s = 0;
    for (std::size_t hour = 8; hour < 16; ++hour) busy_s += r.station_hours[hour].busy_s;
    return busy_s / (12 * 480 * 60.0 * book.run().days);
  });
  book.expect("service level (20 s)", exact.service_level(20.0 / 60), level);
  book.expect("mean wait, min", exact.mean_wait(), wait);
  book.expect("utilization", exact.utilization(), utilization);
  book.expect("service level, published", 0.902, level, Precision::mean, 0.002 * kStandardErrorOfInterval);
  book.expect("mean wait, published, min", 0.0995, wait, Precision::mean, 0.0025 * kStandardErrorOfInterval);
}

TEST(Days, Case07_Bank) {
  const theory::DayFromEmpty exact(5, 1, 4, 480);
  constexpr double kOpening_s = 9 * kSecondsPerHour;
  constexpr double kClosing_s = 17 * kSecondsPerHour;
  Textbook book("bank-day");
  // Per day: the last to leave, the day's own mean wait, and its own share within 5 min.
  double last_s = 0;
  double wait_of_day = 0;
  double level_of_day = 0;
  double days = 0;
  std::vector<double> last, waits, levels;
  book.simulate(
      [&](std::span<const VisitRecord> visits) {
        double latest_s = kClosing_s;
        double wait_s = 0;
        double within = 0;
        for (const VisitRecord& visit : visits) {
          latest_s = std::max(latest_s, visit.end_s);
          wait_s += visit.start_s - visit.arrival_s;
          within += visit.start_s - visit.arrival_s <= 300 ? 1 : 0;
        }
        last_s += latest_s - kOpening_s;
        wait_of_day += wait_s / 60 / static_cast<double>(visits.size());
        level_of_day += within / static_cast<double>(visits.size());
        days += 1;
      },
      [&] {
        last.push_back(last_s / days / kSecondsPerHour);
        waits.push_back(wait_of_day / days);
        levels.push_back(level_of_day / days);
        last_s = wait_of_day = level_of_day = days = 0;
      });
  book.expect(
      "mean wait, min", exact.mean_wait(),
      book.ratio([](const TrialResult& r) { return r.stations[0].wait_s / 60; }, of(&VisitTally::served)));
  book.expect("P(wait < 5 min)", exact.service_level(5),
              book.ratio(of(&VisitTally::in_target), of(&VisitTally::arrived)));
  book.expect("last leaves, h", exact.last_leaves() / 60, estimate_mean(last));
  // The independent simulation averages each day's own mean.
  book.expect("mean wait by day, published, min", 2.051, estimate_mean(waits), Precision::mean,
              0.005 * kStandardErrorOfInterval);
  book.expect("P(wait < 5 min) by day, published", 0.8548, estimate_mean(levels));
}

/// The number inside is Poisson: its mean and its variance over days are both m(t).
TEST(Days, Case15_SinusoidalArrivals) {
  Textbook book("mt-m-infinity");
  std::vector<std::pair<double, double>> rate = book.scenario().stations[0].streams[0].rate;
  const theory::InfiniteServers exact(rate, 20 * kSecondsPerMinute);
  constexpr std::array kMoments_s{1 * 3600.0, 3 * 3600.0, 6 * 3600.0, 11 * 3600.0, 15 * 3600.0};
  std::array<double, kMoments_s.size()> sum{}, squares{};
  std::array<std::vector<double>, kMoments_s.size()> means, variances;
  double waited_s = 0;
  book.simulate(
      [&](std::span<const VisitRecord> visits) {
        for (std::size_t k = 0; k < kMoments_s.size(); ++k) {
          double inside = 0;
          for (const VisitRecord& visit : visits)
            inside += visit.arrival_s <= kMoments_s[k] && kMoments_s[k] < visit.end_s ? 1 : 0;
          sum[k] += inside;
          squares[k] += inside * inside;
        }
      },
      [&] {
        const double days = book.run().days;
        for (std::size_t k = 0; k < kMoments_s.size(); ++k) {
          means[k].push_back(sum[k] / days);
          variances[k].push_back((squares[k] - sum[k] * sum[k] / days) / (days - 1));
        }
        sum.fill(0);
        squares.fill(0);
        waited_s += book.results().back().stations[0].wait_s;
      });
  EXPECT_EQ(waited_s, 0) << "clerks ran out, so this is no infinite-server queue";
  for (std::size_t k = 0; k < kMoments_s.size(); ++k) {
    const std::string at = " at " + std::to_string(static_cast<int>(kMoments_s[k] / 3600)) + " h";
    const double m = exact.mean_inside(kMoments_s[k]);
    book.expect("mean inside" + at, m, estimate_mean(means[k]));
    book.expect("variance inside" + at, m, estimate_mean(variances[k]), Precision::variance);
  }
  for (std::size_t hour = 0; hour < 16; hour += 5) {
    const double from_s = static_cast<double>(hour) * kSecondsPerHour;
    book.expect("mean busy in hour " + std::to_string(hour),
                exact.average_inside(from_s, from_s + kSecondsPerHour), book.mean([&](const TrialResult& r) {
                  return r.station_hours[hour].busy_s / kSecondsPerHour / book.run().days;
                }));
  }
}

}  // namespace
}  // namespace pishkhan::textbook::days_test
