#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/trial/run_trial.hpp"
#include "sim/statistics/estimate.hpp"
#include "tests/support/source_dir.hpp"

namespace pishkhan::textbook {

/// How narrow the 95% interval has to be for a comparison to mean something.
enum class Precision {
  mean,      ///< half-width under 1% of the expected value
  tail,      ///< under 2%: probabilities of rare things, quantiles
  variance,  ///< under 10%: a variance over days
};

/// Under sanitizers the cases only run, briefly; what they say is for the release build.
#ifdef PISHKHAN_SANITIZED
inline constexpr bool kGated = false;
#else
inline constexpr bool kGated = true;
#endif

/// A scenario of scenarios/textbook, simulated replication by replication and held against known
/// answers. Prints one line for every comparison:
/// case | quantity | expected | simulated +- half-width | z.
class Textbook {
 public:
  using Sink = std::function<void(std::span<const VisitRecord>)>;
  using Measure = std::function<double(const TrialResult&)>;

  /// file: name within scenarios/textbook, without .yaml. `times`: so many times its replications.
  explicit Textbook(const std::string& file, int times = 1)
      : name_(file), scenario_(load(file)), plan_(scenario_), times_(times) {}

  /// Simulates all replications in order and keeps their results. The sink sees every visit;
  /// `after` is called when a replication is over.
  void simulate(const Sink& sink = {}, const std::function<void()>& after = {}) {
    const int wanted = kGated ? times_ * scenario_.run.replications : 2;
    const auto replications = static_cast<std::uint32_t>(wanted);
    for (std::uint32_t replication = 0; replication < replications; ++replication) {
      TrialOptions options;
      options.visits = sink;
      results_.push_back(run_trial(plan_, replication, options));
      const Audit& audit = results_.back().audit;
      EXPECT_TRUE(audit.passed()) << name_ << ": " << audit.failures.front();
      if (after) after();
    }
  }

  [[nodiscard]] const Run& run() const { return scenario_.run; }
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const std::vector<TrialResult>& results() const { return results_; }

  [[nodiscard]] Estimate mean(const Measure& measure) const { return estimate_mean(values(measure)); }
  [[nodiscard]] Estimate ratio(const Measure& numerator, const Measure& denominator) const {
    return estimate_ratio(values(numerator), values(denominator));
  }

  /// |z| <= 3 with both standard errors combined, and the precision met.
  void expect(const std::string& quantity, double expected, const Estimate& simulated,
              Precision precision = Precision::mean, double expected_standard_error = 0) const {
    const double error = simulated.half_width / student_t_975(simulated.replications - 1);
    const double z = (simulated.mean - expected) / std::hypot(error, expected_standard_error);
    std::printf("%-16s| %-34s| %11.6g | %11.6g +- %-9.3g| z %+.2f\n", name_.c_str(), quantity.c_str(),
                expected, simulated.mean, simulated.half_width, z);
    if (!kGated) return;
    EXPECT_LE(std::abs(z), 3) << name_ << ", " << quantity;
    const double share = precision == Precision::mean ? 0.01 : precision == Precision::tail ? 0.02 : 0.1;
    const double most = share * std::abs(expected);
    EXPECT_LT(simulated.half_width, most) << name_ << ", " << quantity << ": too few replications to tell";
  }

 private:
  [[nodiscard]] std::vector<double> values(const Measure& measure) const {
    std::vector<double> values;
    for (const TrialResult& result : results_) values.push_back(measure(result));
    return values;
  }

  static Scenario load(const std::string& file) {
    Scenario scenario = load_scenario(tests::source_dir() / "scenarios/textbook" / (file + ".yaml"));
    scenario.visits.share = 1;  // where a sink asks for them
    return scenario;
  }

  std::string name_;
  Scenario scenario_;
  Plan plan_;
  int times_;
  std::vector<TrialResult> results_;
};

// Measures of a station, the first one unless said.

inline Textbook::Measure of(double StationTally::*member, std::size_t station = 0) {
  return [=](const TrialResult& result) { return result.stations[station].*member; };
}
inline Textbook::Measure of(double VisitTally::*member, std::size_t station = 0) {
  return [=](const TrialResult& result) { return result.stations[station].*member; };
}
inline Textbook::Measure of(std::uint64_t VisitTally::*member, std::size_t station = 0) {
  return [=](const TrialResult& result) { return static_cast<double>(result.stations[station].*member); };
}

}  // namespace pishkhan::textbook
