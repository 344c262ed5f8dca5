#include "tools/pishkhan/precise_comparison.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/reusing_simulator.hpp"
#include "tools/report/compared_run.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/sweep/response_series.hpp"

namespace pishkhan {
namespace {

void expect_comparable(const std::vector<RunToCompare>& runs, const Precision& precision) {
  Diagnostics mistakes;
  for (const WatchedQuantity& one : precision.of) {
    if (has_series(one.quantity)) continue;
    mistakes.push_back(mistake_at(
        one.mark, one.path, in_backticks(one.quantity) + " is a percentile, which has no paired difference",
        "take a mean, such as `wait_joined_s`"));
  }
  for (const RunToCompare& run : runs)
    if (mistakes.empty()) check_places(precision, *run.scenario, mistakes);
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

/// Adds the replications up to so many. Each run but the first is simulated in part, where that may be.
void simulate_to(int replications, std::vector<RunToCompare>& runs, const CompareOptions& options,
                 const TrialFunction& trial) {
  SimulationOptions part{options.threads, options.quiet};
  part.from = static_cast<std::uint32_t>(runs.front().trials.size());
  part.to = replications;
  ReusingSimulator simulator(trial, part);
  for (RunToCompare& run : runs) {
    std::vector<TrialResult> more = simulator.simulate_replications(*run.scenario);
    std::move(more.begin(), more.end(), std::back_inserter(run.trials));
  }
}

/// Of each run from the first, in each quantity.
std::vector<Estimate> differences(const std::vector<RunToCompare>& runs,
                                  const std::vector<Response>& responses) {
  std::vector<Estimate> estimates;
  std::vector<Series> first;
  for (const RunToCompare& run : runs) {
    const std::vector<Series> series = find_series(responses, {*run.scenario, run.trials});
    if (&run == &runs.front()) {
      first = series;
      continue;
    }
    for (std::size_t i = 0; i < series.size(); ++i) {
      Estimate difference = estimate_paired(first[i], series[i]).difference;
      // What nothing touches is exactly 0.
      if (first[i] == series[i]) difference = {0, 0, run.trials.size()};
      estimates.push_back(difference);
    }
  }
  return estimates;
}

}  // namespace

bool asks_for_precision(const std::vector<RunToCompare>& runs) {
  const auto finished = [](const RunToCompare& run) { return run.is_finished; };
  return std::none_of(runs.begin(), runs.end(), finished) && runs[1].scenario->run.precision.has_value();
}

PrecisionLook simulate_until_differences_are_precise(std::vector<RunToCompare>& runs,
                                                     const CompareOptions& options,
                                                     const TrialFunction& trial) {
  const Precision precision = *runs[1].scenario->run.precision;
  expect_comparable(runs, precision);
  SequentialRule rule(goal_of(precision));
  PrecisionLook look;
  while (!look.ended) {
    simulate_to(rule.size(), runs, options, trial);
    look = rule.look(differences(runs, responses_of(precision)));
  }
  for (RunToCompare& run : runs) {
    run.source.replications = std::to_string(look.replications);
    run.scenario = std::make_unique<const Scenario>(load(run.source));
  }
  return look;
}

}  // namespace pishkhan
