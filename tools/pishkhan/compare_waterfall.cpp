#include "tools/pishkhan/compare_waterfall.hpp"

#include <string>
#include <utility>

#include "models/scenario/scenario_changes.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/pishkhan/load.hpp"

namespace pishkhan {
namespace {

NamedChange named(const ScenarioChange& change) {
  if (change.verb.empty()) return {"settings", ""};
  return {
      change.verb + '[' + std::to_string(change.number - 1) + ']' + (change.added ? "" : " of the first run"),
      (change.added ? "" : "not: ") + change.text};
}

std::vector<bool> flags(ChangeSet set, std::size_t changes) {
  std::vector<bool> made(changes);
  for (std::size_t i = 0; i < changes; ++i) made[i] = (set >> i & 1) != 0;
  return made;
}

std::vector<Series> values_of(const ComparedRun& run) {
  std::vector<Series> values;
  for (const Headline& headline : headlines(run.scenario)) values.push_back(headline_series(run, headline));
  return values;
}

void expect_few(std::size_t changes, bool exact) {
  const std::size_t most = exact ? kMostExactChanges : kMostChanges;
  if (changes <= most) return;
  throw UserError({{"", 0, 0, exact ? "--exact" : "--waterfall",
                    "the runs differ in " + std::to_string(changes) + " changes, and at most " +
                        std::to_string(most) + " can be told apart",
                    exact ? "leave --exact out" : "compare with a run between the two"}});
}

std::vector<Series> simulate_between(const ScenarioChanges& changes, ChangeSet set, std::size_t replications,
                                     ReusingSimulator& simulator) {
  const Scenario scenario = changes.with(flags(set, changes.changes().size()));
  std::vector<TrialResult> trials = simulator.simulate_replications(scenario);
  trials.resize(replications);
  return values_of(make_compared_run("", scenario, trials));
}

}  // namespace

Waterfall simulate_waterfall(const RunToCompare& from, const RunToCompare& to, const ComparedRun& a,
                             const ComparedRun& b, const CompareOptions& options,
                             ReusingSimulator& simulator) {
  const ScenarioChanges changes(source_of(from.source), source_of(to.source));
  const std::size_t count = changes.changes().size();
  expect_few(count, options.exact);
  Waterfall waterfall{to.name, {}, options.exact, {}};
  if (count == 0) return waterfall;
  for (const ScenarioChange& change : changes.changes()) waterfall.changes.push_back(named(change));
  const std::vector<ChangeSet> sets = sets_to_simulate(count, options.exact);
  for (const ChangeSet set : sets) {
    if (set == sets.front())
      waterfall.runs.emplace(set, values_of(a));
    else if (set == sets.back())
      waterfall.runs.emplace(set, values_of(b));
    else
      waterfall.runs.emplace(set, simulate_between(changes, set, a.trials.size(), simulator));
  }
  return waterfall;
}

}  // namespace pishkhan
