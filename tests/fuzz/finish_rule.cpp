#include "tests/fuzz/finish_rule.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <exception>
#include <functional>
#include <new>
#include <vector>

#include "models/plan/forecast.hpp"
#include "models/scenario/sections/distribution.hpp"
#include "models/trial/run_trial.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/stop_check.hpp"
#include "tools/report/costs.hpp"
#include "tools/report/manifest.hpp"
#include "tools/report/tables.hpp"

namespace pishkhan {
namespace {

constexpr double kRounding = 1e-9;  ///< relative, of sums

/// A broken promise of a result.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void demand(bool condition, const std::string& what) {
  if (!condition) throw Broken(what);
}

void check_times(const Distribution& times, const std::string& id) {
  if (std::holds_alternative<Never>(times)) return;
  const double mean_s = mean(times);
  const bool short_enough = mean_s <= kLongestMean_s * (1 + kRounding);
  demand(mean_s == 0 || (mean_s >= kShortestDuration_s * (1 - kRounding) && short_enough),
         "handling of " + id + " takes " + std::to_string(mean_s) + " s");
}

void check_clerks(const StationRules& rules, const std::string& id) {
  for (const ClerkGroup& group : rules.groups) {
    demand(group.clerks >= 0 && group.clerks <= kMostClerks,
           id + " has " + std::to_string(group.clerks) + " clerks in a group");
  }
}

/// What all parts of a scenario make together is within the bounds of each of them.
void check_bounds(const Scenario& scenario) {
  for (const BareStation& station : scenario.stations) {
    check_clerks(station.rules, station.id);
    for (const ArrivalStream& stream : station.streams) check_times(stream.handling, stream.id);
  }
  if (!scenario.province) return;
  const Province& province = *scenario.province;
  for (const Office& office : province.offices) check_clerks(office.rules, office.id);
  for (const Counter& counter : province.counters) check_clerks(counter.rules, counter.id);
  for (const Service& service : province.services)
    for (const Distribution& handling : service.handling) check_times(handling, service.id);
  for (const Agency& agency : province.agencies)
    demand(agency.cores >= 1 && agency.cores <= kMostCores, "cores of " + agency.id);
}

/// Most shifts of all clerks of a station on a day. The audit asks about each.
double clerk_shifts(const StationRules& rules) {
  double most = 0;
  for (std::size_t day = 0; day < rules.doors.size(); ++day) {
    double shifts = 0;
    for (const ClerkGroup& group : rules.groups)
      shifts += static_cast<double>(group.clerks) * static_cast<double>(group.shifts[day].size());
    most = std::max(most, shifts);
  }
  return most;
}

double most_clerk_shifts(const Scenario& scenario) {
  double most = 0;
  for (const BareStation& station : scenario.stations) most = std::max(most, clerk_shifts(station.rules));
  if (!scenario.province) return most;
  for (const Office& office : scenario.province->offices) most = std::max(most, clerk_shifts(office.rules));
  for (const Counter& counter : scenario.province->counters)
    most = std::max(most, clerk_shifts(counter.rules));
  return most;
}

double processor_time_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

bool is_too_large(const Scenario& scenario, const RunLimits& limits) {
  const double days = scenario.run.length_s > 0 ? 1 : scenario.run.days;
  double stations = static_cast<double>(scenario.stations.size());
  if (scenario.province)
    stations = static_cast<double>(scenario.province->offices.size() + scenario.province->counters.size());
  double failures = 0;
  for (const Outage& outage : scenario.outages) {
    const double times = outage.between_s > 0 ? days * kSecondsPerDay / outage.between_s : 0;
    failures += times * static_cast<double>(outage.which.size());
  }
  const double all_days = std::max(days, std::ceil(scenario.run.length_s / kSecondsPerDay));
  const double shifts = most_clerk_shifts(scenario);
  return stations * days > limits.station_days || failures > limits.failures ||
         shifts > limits.clerk_shifts || shifts * all_days > limits.clerk_shifts_of_run ||
         scenario.backbone.model == BackboneModel::simgrid;
}

void check_forecast(const Forecast& forecast) {
  demand(std::isfinite(forecast.total_visits) && forecast.total_visits >= 0, "the forecast's visits");
  for (const double load : forecast.offered_load)
    demand(std::isfinite(load) && load >= 0, "an offered load of the forecast");
  for (const double clerks : forecast.clerks) demand(clerks >= 0, "clerks of the forecast");
}

void check_cell(const Column& column, const Cell& cell, const std::string& table) {
  const double* number = std::get_if<double>(&cell);
  const auto* whole = std::get_if<std::int64_t>(&cell);
  if (number == nullptr && whole == nullptr) return;
  const double value = number != nullptr ? *number : static_cast<double>(*whole);
  const std::string what = table + '.' + column.name + " is " + std::to_string(value);
  demand(std::isfinite(value), what);
  if (column.kind == ColumnKind::share) demand(value >= 0 && value <= 1 + kRounding, what);
  const bool is_amount = column.kind == ColumnKind::count || column.kind == ColumnKind::ratio;
  const bool is_difference = table == "costs" || column.name.starts_with("balance_");
  if (column.kind == ColumnKind::half_width || (is_amount && !is_difference)) demand(value >= 0, what);
}

void check_tables(const std::vector<Table>& tables) {
  for (const Table& table : tables) {
    for (const Row& row : table.rows) {
      demand(row.size() == table.header.columns.size(), "cells of " + table.header.name);
      for (std::size_t i = 0; i < row.size(); ++i)
        check_cell(table.header.columns[i], row[i], table.header.name);
    }
  }
}

void check_audits(const std::vector<TrialResult>& trials) {
  Audit audit;
  merge_audits(trials, "", audit);
  demand(audit.passed(), audit.passed() ? "" : "audit: " + audit.failures.front());
}

void check_visits(std::span<const VisitRecord> visits) {
  for (const VisitRecord& visit : visits) {
    const bool timed = std::isfinite(visit.arrival_s) && visit.end_s >= visit.arrival_s;
    demand(timed || visit.channel == Channel::online, "a visit's times");
  }
}

class Runner {
 public:
  Runner(const Scenario& scenario, const RunLimits& limits)
      : scenario_(scenario), limits_(limits), end_s_(processor_time_s() + limits.seconds) {
    scenario_.run.replications = std::min(scenario_.run.replications, 2);
  }

  Ending run() {
    if (is_too_large(scenario_, limits_)) return Ending::too_large;
    const Plan plan(scenario_, StopCheck(&stop_));
    const Forecast expected = forecast(plan, StopCheck(&stop_));
    check_forecast(expected);
    if (expected.total_visits > limits_.visits) return Ending::too_large;
    const std::vector<TrialResult> trials = trials_of(plan);
    check_audits(trials);
    std::vector<Without> without_costs;
    for (const CostOf cost : scenario_.costs) {
      const Scenario other = without(scenario_, cost);
      without_costs.push_back({cost, trials_of(Plan(other, StopCheck(&stop_)))});
      check_audits(without_costs.back().trials);
    }
    check_tables(make_tables({scenario_, trials, without_costs}));
    return Ending::finished;
  }

 private:
  [[nodiscard]] std::vector<TrialResult> trials_of(const Plan& plan) const {
    TrialOptions options;
    options.stop = stop_;
    if (scenario_.visits.share > 0) options.visits = check_visits;
    std::vector<TrialResult> trials;
    for (int i = 0; i < scenario_.run.replications; ++i)
      trials.push_back(run_trial(plan, static_cast<std::uint32_t>(i), options));
    return trials;
  }

  Scenario scenario_;
  RunLimits limits_;
  double end_s_;
  std::function<bool()> stop_ = [this] { return processor_time_s() >= end_s_; };
};

RunFinding judge_run(const Scenario& scenario, const RunLimits& limits) {
  try {
    return {Runner(scenario, limits).run(), ""};
  } catch (const Interrupted&) {
    return {Ending::too_slow, ""};
  } catch (const EnvironmentError& error) {
    return {Ending::in_want, error.what()};
  } catch (const std::bad_alloc&) {
    return {Ending::in_want, "memory"};
  } catch (const std::exception& error) {
    return {Ending::at_fault, error.what()};
  }
}

}  // namespace

std::string_view to_string(Ending ending) {
  constexpr std::string_view names[kEndings] = {"refused",  "accepted", "too large", "too slow",
                                                "finished", "in want",  "at fault"};
  return names[static_cast<std::size_t>(ending)];
}

RunFinding judge(const std::string& text, const std::string& name, bool run, const RunLimits& limits) {
  try {
    const Scenario scenario = load_scenario_text(text, name);
    check_bounds(scenario);
    return run ? judge_run(scenario, limits) : RunFinding{Ending::accepted, ""};
  } catch (const UserError& error) {
    if (error.diagnostics().empty()) return {Ending::at_fault, "a refusal without a reason"};
    const Diagnostic& first = error.diagnostics().front();
    return {Ending::refused, first.path + ": " + first.problem};
  } catch (const std::exception& error) {
    return {Ending::at_fault, std::string("while it is loaded: ") + error.what()};
  }
}

}  // namespace pishkhan
