#include "tools/pishkhan/simulate.hpp"

#include <algorithm>
#include <utility>

#include "models/trial/result_bytes.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/experiment/forked.hpp"
#include "sim/experiment/replicate.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/progress.hpp"
#include "tools/pishkhan/simgrid_module.hpp"

namespace pishkhan {

namespace {

/// Passes on the visits at the stations and on the days asked for.
VisitSink chosen_visits(const VisitsOutput& output, VisitSink sink) {
  if (output.stations.empty() && output.days.empty()) return sink;
  return [&output, sink = std::move(sink)](std::span<const VisitRecord> visits) {
    std::vector<VisitRecord> chosen;
    const auto among = [](const auto& all, auto one) {
      return all.empty() || std::binary_search(all.begin(), all.end(), one);
    };
    for (const VisitRecord& visit : visits) {
      if (among(output.stations, visit.station.value) && among(output.days, visit.day))
        chosen.push_back(visit);
    }
    if (!chosen.empty()) sink(chosen);
  };
}

/// All replications of all plans that are to be simulated, those of a replication in a row.
class Jobs {
 public:
  Jobs(const std::vector<const Plan*>& plans, const TrialFunction& trial, const SimulationOptions& options)
      : plans_(plans),
        trial_(trial),
        options_(options),
        run_(plans.front()->scenario().run),
        jobs_(list_jobs()),
        progress_(count() * steps(), !options.quiet) {}

  [[nodiscard]] std::size_t count() const { return jobs_.size(); }
  [[nodiscard]] std::size_t plan_of(std::size_t job) const { return jobs_[job].plan; }
  [[nodiscard]] bool need_processes() const {
    return std::any_of(plans_.begin(), plans_.end(), [](const Plan* plan) {
      return plan->scenario().backbone.model == BackboneModel::simgrid;
    });
  }

  std::vector<TrialResult> in_threads() {
    return replicate(static_cast<std::uint32_t>(count()), options_.threads,
                     [this](std::uint32_t job, const std::stop_token& stop) {
                       return run(
                           job, [this, &stop] { return stop.stop_requested() || stopped(); },
                           [this](int steps) { progress_.add(static_cast<std::uint64_t>(steps)); });
                     });
  }

  std::vector<TrialResult> in_processes() {
    load_simgrid_module();  // once, and the processes inherit it
    ForkedOptions forked;
    forked.workers = static_cast<std::size_t>(options_.threads);
    forked.stop = [this] { return stopped(); };
    forked.ended = [this](std::size_t) { progress_.add(steps()); };
    auto outcomes = run_forked(
        count(), [this](std::size_t job) { return to_bytes(run(job, &InterruptGuard::interrupted, {})); },
        forked);
    if (stopped()) throw Interrupted();
    std::string failures;
    for (std::size_t job = 0; job < outcomes.size(); ++job) {
      if (outcomes[job].succeeded()) continue;
      failures += "replication " + std::to_string(jobs_[job].replication) +
                  " failed: " + outcomes[job].failure + '\n';
    }
    if (!failures.empty()) throw EnvironmentError(failures + "so no results were written");
    std::vector<TrialResult> results;
    for (WorkerOutcome& outcome : outcomes) {
      results.push_back(from_bytes(outcome.bytes));
      outcome.bytes = {};
    }
    return results;
  }

 private:
  struct Job {
    std::size_t plan;
    std::uint32_t replication;
  };

  [[nodiscard]] std::vector<Job> list_jobs() const {
    std::vector<Job> jobs;
    const int end = options_.to >= 0 ? options_.to : run_.replications;
    for (std::uint32_t replication = options_.from; std::cmp_less(replication, end); ++replication) {
      for (std::size_t plan = 0; plan < plans_.size(); ++plan)
        if (plan > 0 || replication >= options_.known) jobs.push_back({plan, replication});
    }
    return jobs;
  }

  [[nodiscard]] bool stopped() const {
    return InterruptGuard::interrupted() || (options_.stop && options_.stop());
  }
  [[nodiscard]] bool by_days() const { return run_.length_s <= 0; }
  [[nodiscard]] std::uint64_t steps() const { return by_days() ? static_cast<std::uint64_t>(run_.days) : 1; }

  TrialResult run(std::size_t job, std::function<bool()> stop, const std::function<void(int)>& add_steps) {
    const auto [plan, replication] = jobs_[job];
    TrialOptions options;
    options.simgrid = &make_simgrid;
    options.stop = std::move(stop);
    int days = 0;  // simulated so far
    if (by_days() && add_steps)
      options.progress = [&add_steps, &days](int day) { add_steps(day + 1 - std::exchange(days, day + 1)); };
    VisitSpool* spool = plan == 0 ? options_.spool : nullptr;
    if (spool) options.visits = chosen_visits(plans_[plan]->scenario().visits, spool->sink(replication));
    TrialResult result = trial_(*plans_[plan], replication, options);
    if (spool) spool->close(replication);
    if (!by_days() && add_steps) add_steps(1);
    if (options.stop()) throw Interrupted();
    return result;
  }

  const std::vector<const Plan*>& plans_;
  const TrialFunction& trial_;
  const SimulationOptions& options_;
  const Run& run_;
  std::vector<Job> jobs_;
  Progress progress_;
};

}  // namespace

std::vector<std::vector<TrialResult>> simulate(const std::vector<const Plan*>& plans,
                                               const TrialFunction& trial, const SimulationOptions& options) {
  Jobs jobs(plans, trial, options);
  std::vector<TrialResult> results = jobs.need_processes() ? jobs.in_processes() : jobs.in_threads();
  std::vector<std::vector<TrialResult>> by_plan(plans.size());
  for (std::size_t job = 0; job < results.size(); ++job)
    by_plan[jobs.plan_of(job)].push_back(std::move(results[job]));
  return by_plan;
}

}  // namespace pishkhan
