#include "tools/interval_coverage/discoveries.hpp"

#include <mutex>
#include <random>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "models/trial/run_trial.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/compared_run.hpp"

namespace pishkhan::interval_coverage {
namespace {

using Trials = std::vector<TrialResult>;

Trials simulate(const Plan& plan, std::uint32_t first, std::uint32_t count) {
  Trials trials;
  for (std::uint32_t i = 0; i < count; ++i) trials.push_back(run_trial(plan, first + i));
  return trials;
}

/// What one comparison found among stations, and among services.
struct Found {
  ChangedCounts stations, services;
};

std::size_t count_of(const ChangedCounts& counts, ChangeResult result) {
  return counts[static_cast<std::size_t>(result)];
}

Found compare(const Scenario& a, const Trials& of_a, const Scenario& b, const Trials& of_b) {
  const ComparedRun first = make_compared_run("A", a, of_a), second = make_compared_run("B", b, of_b);
  const std::vector<Changed> changed = find_changed(first, second);
  return {count_changed(changed, "B", false), count_changed(changed, "B", true)};
}

void add(const ChangedCounts& counts, FalseDiscoveries& all) {
  const std::size_t found = count_of(counts, ChangeResult::better) + count_of(counts, ChangeResult::worse);
  all.found += found;
  all.comparisons += found > 0;
  all.tests += static_cast<double>(found + count_of(counts, ChangeResult::undecided));
}

/// Exchanges half of the pairs. The toss is of the replications' numbers alone.
void exchange(std::uint32_t comparison, Trials& a, Trials& b) {
  std::mt19937_64 coin(comparison);
  for (std::size_t i = 0; i < a.size(); ++i)
    if (coin() >> 63 == 1) std::swap(a[i], b[i]);
}

}  // namespace

DiscoveryStudy study_discoveries(const Plan& plan, const Plan& changed, std::uint32_t comparisons,
                                 std::uint32_t replications, int threads) {
  DiscoveryStudy study;
  study.comparisons = comparisons;
  std::mutex mutex;
  const Scenario &scenario = plan.scenario(), &other = changed.scenario();
  run_tasks(comparisons, threads, [&](std::uint32_t number, const std::stop_token&) {
    const std::uint32_t first = 2 * number * replications;
    Trials a = simulate(plan, first, replications), b = simulate(changed, first, replications);
    const Trials others = simulate(plan, first + replications, replications);
    const Found persons = compare(scenario, a, scenario, others), truth = compare(scenario, a, other, b);
    exchange(number, a, b);
    const Found exchanged = compare(scenario, a, other, b);
    const std::lock_guard lock(mutex);
    add(persons.stations, study.other_persons_stations);
    add(persons.services, study.other_persons_services);
    add(exchanged.stations, study.exchanged_stations);
    add(exchanged.services, study.exchanged_services);
    const double better = static_cast<double>(count_of(truth.stations, ChangeResult::better)),
                 worse = static_cast<double>(count_of(truth.stations, ChangeResult::worse));
    study.better += better;
    study.worse += worse;
    study.differing +=
        better + worse + static_cast<double>(count_of(truth.stations, ChangeResult::undecided));
  });
  for (FalseDiscoveries* one : {&study.other_persons_stations, &study.other_persons_services,
                                &study.exchanged_stations, &study.exchanged_services})
    one->tests /= comparisons;
  study.differing /= comparisons;
  study.better /= comparisons;
  study.worse /= comparisons;
  return study;
}

}  // namespace pishkhan::interval_coverage
