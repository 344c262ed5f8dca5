#include "tools/pishkhan/precise_comparison.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "models/trial/reuse/reuse.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/report/compared_run.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/sweep/response_series.hpp"
#include "tools/sweep/responses.hpp"

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
ReusedWork simulate_to(int replications, std::vector<RunToCompare>& runs, const CompareOptions& options,
                       const TrialFunction& trial) {
  SimulationOptions part{options.threads, options.quiet};
  part.from = static_cast<std::uint32_t>(runs.front().trials.size());
  part.to = replications;
  ReusingSimulator simulator(trial, part);
  for (RunToCompare& run : runs) {
    std::vector<TrialResult> more = simulator.simulate_replications(*run.scenario);
    std::move(more.begin(), more.end(), std::back_inserter(run.trials));
  }
  return simulator.reused();
}

/// By run and quantity, whether nothing that differs between the scenarios can reach it.
std::vector<std::vector<bool>> find_unreached(const std::vector<RunToCompare>& runs,
                                              const std::vector<Response>& responses) {
  const std::function<bool()> interrupted = &InterruptGuard::interrupted;
  const StopCheck stop(&interrupted);
  const Scenario& first = *runs.front().scenario;
  std::vector<std::vector<bool>> unreached(runs.size(), std::vector<bool>(responses.size(), false));
  // Stations that wait for the same systems reach each other.
  if (!first.province || first.backbone.model != BackboneModel::ideal) return unreached;
  const Plan base(first, stop);
  for (std::size_t run = 1; run < runs.size(); ++run) {
    const Plan variant(*runs[run].scenario, stop);
    const auto touched = Reuse(base).stations_to_simulate(variant);
    if (!touched) continue;
    for (std::size_t i = 0; i < responses.size(); ++i) {
      const std::vector<bool> is_of = is_of_station(responses[i], first);
      const bool of_stations = std::ranges::count(is_of, true) > 0;
      bool reached = false;
      for (std::size_t station = 0; station < touched->size(); ++station)
        reached = reached || ((*touched)[station] != 0 && (!of_stations || is_of[station]));
      unreached[run][i] = !reached;
    }
  }
  return unreached;
}

/// Of each run from the first, in each quantity. What nothing reaches is exactly 0.
std::vector<Estimate> differences(const std::vector<RunToCompare>& runs,
                                  const std::vector<Response>& responses,
                                  const std::vector<std::vector<bool>>& unreached) {
  std::vector<Estimate> estimates;
  const std::vector<Series> first = find_series(responses, {*runs.front().scenario, runs.front().trials});
  for (std::size_t run = 1; run < runs.size(); ++run) {
    const std::vector<Series> series = find_series(responses, {*runs[run].scenario, runs[run].trials});
    for (std::size_t i = 0; i < series.size(); ++i) {
      estimates.push_back(unreached[run][i] ? Estimate{0, 0, runs[run].trials.size()}
                                            : estimate_paired(first[i], series[i]).difference);
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
                                                     const TrialFunction& trial, ReusedWork& reused) {
  const Precision precision = *runs[1].scenario->run.precision;
  expect_comparable(runs, precision);
  const std::vector<Response> responses = responses_of(precision);
  const std::vector<std::vector<bool>> unreached = find_unreached(runs, responses);
  reused = {};
  const PrecisionLook look = look_until_precise(goal_of(precision), [&](int replications) {
    reused.add_replications(simulate_to(replications, runs, options, trial));
    return differences(runs, responses, unreached);
  });
  for (RunToCompare& run : runs) {
    run.source.replications = std::to_string(look.replications);
    run.scenario = std::make_unique<const Scenario>(load(run.source));
  }
  return look;
}

}  // namespace pishkhan
