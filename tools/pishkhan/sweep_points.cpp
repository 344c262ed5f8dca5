#include "tools/pishkhan/sweep_points.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/sha256.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/run_forecast.hpp"
#include "tools/report/manifest.hpp"
#include "tools/sweep/precision.hpp"

namespace pishkhan {
namespace {

/// What is wrong with each point that was tried; empty where nothing is.
class TriedPoints {
 public:
  explicit TriedPoints(const StudyPoints& points) : points_(points) {}

  const Diagnostics& mistakes_of(std::size_t number) {
    const auto [at, is_new] = mistakes_.try_emplace(number);
    if (!is_new) return at->second;
    try {
      (void)load_point(points_.study, points_.design.point(number));
    } catch (const UserError& error) {
      at->second = error.diagnostics();
    }
    return at->second;
  }

 private:
  const StudyPoints& points_;
  std::map<std::size_t, Diagnostics> mistakes_;
};

/// Whether a point has a level; every point has a value of a factor without levels.
bool has_level(const StudyPoints& points, std::size_t number, std::size_t factor, std::size_t level) {
  return points.study.factors[factor].levels.empty() || points.design.level_at(number, factor) == level;
}

/// The mistakes of the first point that has the level, if no point with it can be simulated.
Diagnostics find_mistakes(const StudyPoints& points, std::size_t factor, std::size_t level,
                          TriedPoints& tried) {
  constexpr std::size_t kMostTried = 1000;
  Diagnostics first;
  std::size_t count = 0;
  for (std::size_t number = 0; number < points.design.size() && count < kMostTried; ++number) {
    if (!has_level(points, number, factor, level)) continue;
    const Diagnostics& mistakes = tried.mistakes_of(number);
    if (mistakes.empty()) return {};
    if (count++ == 0) first = mistakes;
  }
  return first;
}

/// The mistakes that the values of a factor have made, told of the study file. Each is told once.
void add_own_mistakes(const Factor& factor, const Mark& mark, const Diagnostics& all,
                      std::set<std::string>& told, Diagnostics& mistakes) {
  for (const Diagnostic& one : all) {
    const std::string path = "factors." + factor.id;
    Diagnostic at_study = mistake_at(mark, path, one.path + ": " + one.problem, one.hint);
    if (told.insert(path + one.path + one.problem).second) mistakes.push_back(std::move(at_study));
  }
}

/// The mistakes in what these overrides have written.
Diagnostics made_by(const std::vector<std::string>& overrides, const Diagnostics& all) {
  std::set<std::string> labels;
  for (const std::string& one : overrides) labels.insert(override_label(one));
  Diagnostics own;
  std::copy_if(all.begin(), all.end(), std::back_inserter(own),
               [&](const Diagnostic& one) { return labels.contains(one.file); });
  return own;
}

/// One line, without names of files, which depend on the current folder.
std::string text_of(const UserError& error) {
  std::string text;
  for (const Diagnostic& one : error.diagnostics()) {
    if (!text.empty()) text += "; ";
    if (!one.path.empty()) text += one.path + ": ";
    text += one.problem;
  }
  return text;
}

}  // namespace

Scenario load_point(const Study& study, const std::vector<Level>& values) {
  ScenarioOptions options;
  options.file = study.scenario;
  options.files = study.files;
  if (study.replications > 0) options.replications = std::to_string(study.replications);
  if (study.precision) options.replications = precision_text(*study.precision);
  options.sets = study.sets;
  for (std::string& one : overrides_of(values)) options.sets.push_back(std::move(one));
  return load(options);
}

void expect_levels(const StudyPoints& points) {
  TriedPoints tried(points);
  Diagnostics mistakes, others;
  std::set<std::string> told;
  for (std::size_t f = 0; f < points.study.factors.size(); ++f) {
    const Factor& factor = points.study.factors[f];
    const std::size_t levels = std::max<std::size_t>(1, factor.levels.size());
    for (std::size_t level = 0; level < levels; ++level) {
      const Diagnostics all = find_mistakes(points, f, level, tried);
      if (all.empty()) continue;
      const bool any = factor.levels.empty();
      const Mark& mark = any ? factor.mark : factor.levels[level].mark;
      const Diagnostics own =
          made_by(any ? points.design.point(0)[f].overrides : factor.levels[level].overrides, all);
      add_own_mistakes(factor, mark, own, told, mistakes);
      if (others.empty()) others = all;
    }
  }
  if (mistakes.empty()) mistakes = others;
  if (!mistakes.empty()) throw UserError(std::move(mistakes));
}

namespace {

void expect_memory_of_points(const Plan& plan, int at_once) {
  expect_memory(at_least(forecast_memory_of_points(plan, at_once)), "the sweep",
                "take fewer --threads or `replications`, or shorter runs");
}

}  // namespace

void expect_memory_of_ends(const StudyPoints& points, int threads) {
  const std::size_t size = points.design.size();
  const auto at_once = static_cast<int>(std::min(size, static_cast<std::size_t>(threads)));
  for (const std::size_t number : {std::size_t{0}, size - 1}) {
    try {
      expect_memory_of_points(Plan(load_point(points.study, points.design.point(number))), at_once);
    } catch (const UserError&) {  // a failure of the point
    }
  }
}

bool PointSimulator::is_like(const KeptBase& base, std::size_t number) const {
  try {
    const Scenario scenario = load_point(points_.study, points_.design.point(number));
    return base.stations_to_simulate(Plan(scenario)).has_value();
  } catch (const UserError&) {  // a failure of the point
    return false;
  }
}

void PointSimulator::keep_base(const std::vector<std::size_t>& numbers, int threads) {
  constexpr std::size_t kFewest = 3;  // of which one whole run is worth while
  if (numbers.size() < kFewest) return;
  const std::function<bool()> interrupted = &InterruptGuard::interrupted;
  Scenario scenario = load_point(points_.study, {});
  const auto replications = static_cast<std::size_t>(scenario.run.replications);
  if (!Reuse::may_help(scenario) || scenario.run.precision) return;
  auto base = std::make_shared<KeptBase>(std::move(scenario), StopCheck(&interrupted));
  if (!KeptBase::may_keep(base->plan(), replications)) return;
  if (!is_like(*base, numbers.front()) && !is_like(*base, numbers.back())) return;
  TrialOptions options;
  options.stop = interrupted;
  base->make_room(replications);
  run_tasks(static_cast<std::uint32_t>(replications), threads,
            [&](std::uint32_t number, const std::stop_token&) {
              base->simulate_and_keep(number, options);
              if (interrupted()) throw Interrupted();
            });
  // Beside the scenario one point for each thread, as points that are simulated at a time lie apart.
  const auto at_once = static_cast<std::size_t>(threads);
  most_kept_ = KeptBase::may_keep(base->plan(), (2 * at_once + 1) * replications) ? 1 + at_once : 1;
  kept_.push_back(std::move(base));
}

std::vector<std::shared_ptr<const KeptBase>> PointSimulator::kept() {
  const std::lock_guard lock(mutex_);
  return kept_;
}

std::vector<TrialResult> PointSimulator::in_part(const std::shared_ptr<KeptBase>& point,
                                                 const NearestBase& nearest, const TrialOptions& options) {
  const KeptBase& base = *nearest.base;
  const bool keeps = most_kept_ > 1 && KeptBase::is_worth_keeping(nearest.stations);
  if (keeps) point->make_room(base.end());
  std::vector<TrialResult> trials;
  std::vector<SimulatedPart> parts(base.end());
  for (SimulatedPart& part : parts) {
    const auto number = static_cast<std::uint32_t>(trials.size());
    trials.push_back(keeps ? point->simulate_and_keep_variant(base, nearest.stations, number, options, part)
                           : base.simulate_variant(point->plan(), nearest.stations, number, options, part));
    if (options.stop()) throw Interrupted();
  }
  const std::lock_guard lock(mutex_);
  ++reused_.points;
  reused_.station_days += KeptBase::sum(parts).station_days;
  reused_.all_station_days +=
      parts.size() * nearest.stations.size() * static_cast<std::size_t>(point->plan().scenario().run.days);
  if (!keeps) return trials;
  if (kept_.size() == most_kept_) kept_.erase(kept_.begin() + 1);
  kept_.push_back(point);
  return trials;
}

std::vector<TrialResult> PointSimulator::replications(const std::shared_ptr<KeptBase>& point,
                                                      const TrialOptions& options) {
  const std::vector<std::shared_ptr<const KeptBase>> kept = this->kept();  // for as long as one is needed
  std::vector<const KeptBase*> bases;
  for (const auto& base : kept) bases.push_back(base.get());
  if (const NearestBase nearest = find_nearest(bases, point->plan()); nearest.base != nullptr)
    return in_part(point, nearest, options);
  const Plan& plan = point->plan();
  const Scenario& scenario = plan.scenario();
  std::vector<TrialResult> trials;
  const auto simulate_to = [&](int replications) {
    while (std::cmp_less(trials.size(), replications)) {
      trials.push_back(trial_(plan, static_cast<std::uint32_t>(trials.size()), options));
      if (options.stop()) throw Interrupted();
    }
    return std::cref(trials);
  };
  if (scenario.run.precision)
    simulate_to_precision(scenario, simulate_to);
  else
    simulate_to(scenario.run.replications);
  return trials;
}

PointResult PointSimulator::simulate(std::size_t number, const std::function<bool()>& stop) {
  PointResult result;
  result.point = number;
  try {
    Scenario loaded = load_point(points_.study, points_.design.point(number));
    result.scenario_sha256 = sha256(loaded.resolved);
    if (loaded.backbone.model == BackboneModel::simgrid) {
      result.failure = "a study cannot take `backbone.model: simgrid`, whose replications are processes";
      return result;
    }
    const auto point = std::make_shared<KeptBase>(std::move(loaded), StopCheck(&stop));
    const Scenario& scenario = point->plan().scenario();
    expect_memory_of_points(point->plan(), 1);
    TrialOptions options;
    options.stop = stop;
    const std::vector<TrialResult> trials = replications(point, options);
    Audit audit;
    merge_audits(trials, "", audit);
    if (audit.passed())
      result.responses = find_responses(points_.study.responses, {scenario, trials});
    else
      result.failure = "the audit failed: " + audit.failures.front();
  } catch (const UserError& error) {
    result.failure = text_of(error);
  } catch (const ContractViolation& bug) {
    result.failure = std::string("a bug in Pishkhan: ") + bug.what();
  }
  return result;
}

}  // namespace pishkhan
