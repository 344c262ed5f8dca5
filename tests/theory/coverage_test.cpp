// Do the 95% intervals hold the truth in 95% of experiments? A thousand experiments of ten
// replications each, on days whose expectations are known exactly from the forward equations.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "models/theory/day_from_empty.hpp"
#include "sim/statistics/estimate.hpp"
#include "tests/laws/small_scenarios.hpp"

namespace pishkhan::coverage_test {
namespace {

constexpr std::uint32_t kExperiments = 1000;
constexpr std::uint32_t kReplications = 10;
constexpr double kGap_s = 240;       // between arrivals
constexpr double kHandling_s = 140;  // mean
constexpr double kOpen_s = 8 * kSecondsPerHour;
// A replication of one day has a skewed mean wait, and Student's t is for the normal. Reports are
// about months; twenty days are enough for the day's skewness to fade.
constexpr int kDays = 20;

[[maybe_unused]] Scenario days_of(int clerks) {
  Scenario scenario = laws::small_day(kDays);
  scenario.visits.share = 0;
  scenario.service_level_s = 300;
  scenario.stations[0].rules.groups[0].clerks = clerks;
  scenario.stations[0].streams[0].rate = {{0.0, 1 / kGap_s}};
  scenario.stations[0].streams[0].handling = Exponential{kHandling_s};
  return scenario;
}

struct Observed {
  std::vector<double> arrived, served, in_target, wait_s, queue_area_s, handling_s;
};

/// All replications of all experiments, one after the other.
Observed observe(const Scenario& scenario) {
  const Plan plan(scenario);
  Observed observed;
  for (std::uint32_t i = 0; i < kExperiments * kReplications; ++i) {
    const StationTally tally = run_trial(plan, i).stations[0];
    observed.arrived.push_back(static_cast<double>(tally.arrived));
    observed.served.push_back(static_cast<double>(tally.served));
    observed.in_target.push_back(static_cast<double>(tally.in_target));
    observed.wait_s.push_back(tally.wait_s);
    observed.queue_area_s.push_back(tally.queue_area_s);
    observed.handling_s.push_back(tally.handling_s);
  }
  return observed;
}

class Coverage {
 public:
  explicit Coverage(std::string quantity, double truth) : quantity_(std::move(quantity)), truth_(truth) {}
  void add(const Estimate& estimate) {
    ++experiments_;
    covered_ += std::abs(estimate.mean - truth_) <= estimate.half_width ? 1 : 0;
  }
  /// Binomial: three standard deviations round 95%.
  void expect() const {
    const double share = covered_ / experiments_;
    std::printf("coverage        | %-34s| %11.6g | %5.1f%% of %.0f intervals\n", quantity_.c_str(), truth_,
                100 * share, experiments_);
    EXPECT_NEAR(share, 0.95, 3 * std::sqrt(0.95 * 0.05 / experiments_)) << quantity_;
  }

 private:
  std::string quantity_;
  double truth_;
  double experiments_ = 0;
  double covered_ = 0;
};

std::span<const double> experiment(const std::vector<double>& values, std::uint32_t e) {
  return std::span(values).subspan(std::size_t{e} * kReplications, kReplications);
}

#ifndef PISHKHAN_SANITIZED
TEST(Coverage, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const theory::DayFromEmpty exact(1, 1 / kGap_s, kHandling_s, kOpen_s);
  const theory::DayFromEmpty two(2, 1 / kGap_s, kHandling_s, kOpen_s);
  const double citizens = kDays * kOpen_s / kGap_s;
  const Observed one_clerk = observe(days_of(1));
  const Observed two_clerks = observe(days_of(2));

  Coverage arrived("citizens", citizens);
  Coverage wait("mean wait, s (ratio)", exact.mean_wait());
  Coverage level("service level (ratio)", exact.service_level(300));
  Coverage total("citizen-hours waited", citizens * exact.mean_wait() / 3600);
  Coverage handling("hours of handling", citizens * kHandling_s / 3600);
  Coverage difference("hours saved by a second clerk",
                      citizens * (two.mean_wait() - exact.mean_wait()) / 3600);
  for (std::uint32_t e = 0; e < kExperiments; ++e) {
    arrived.add(estimate_mean(experiment(one_clerk.arrived, e)));
    wait.add(estimate_ratio(experiment(one_clerk.wait_s, e), experiment(one_clerk.served, e)));
    level.add(estimate_ratio(experiment(one_clerk.in_target, e), experiment(one_clerk.arrived, e)));
    const auto hours = [e](const std::vector<double>& seconds) {
      std::vector<double> converted;
      for (const double s : experiment(seconds, e)) converted.push_back(s / 3600);
      return converted;
    };
    total.add(estimate_mean(hours(one_clerk.wait_s)));
    handling.add(estimate_mean(hours(one_clerk.handling_s)));
    difference.add(estimate_difference(hours(one_clerk.wait_s), hours(two_clerks.wait_s)).difference);
  }
  for (const Coverage* coverage : {&arrived, &wait, &level, &total, &handling, &difference})
    coverage->expect();
}
#endif

}  // namespace
}  // namespace pishkhan::coverage_test
