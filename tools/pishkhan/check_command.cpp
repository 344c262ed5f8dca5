#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "models/plan/changes.hpp"
#include "models/plan/forecast.hpp"
#include "sim/base/printable.hpp"
#include "tools/pishkhan/changes_text.hpp"
#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/interrupt.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/offered_load.hpp"
#include "tools/pishkhan/run_forecast.hpp"
#include "tools/pishkhan/tables_size.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/visits_size.hpp"

namespace pishkhan {
namespace {

struct Findings {
  MemoryForecast memory;
  std::string thread_problem;  ///< empty where the threads can start
  double tables_bytes = 0;
  LoadFindings loads;
  std::vector<Change> changes;
  std::vector<Notice> notices;
};

std::string kernel_text(const Scenario& scenario) {
  if (!is_coupled(scenario)) {
    return "decoupled (no redirect, an ideal backbone and nothing that fails, so no two stations influence "
           "each other)";
  }
  const bool redirects = scenario.redirect.at_most > 0;
  std::string why = redirects ? "citizens who balk go on to other offices" : "";
  const auto add = [&why](const char* reason) { why += std::string(why.empty() ? "" : "; ") + reason; };
  switch (scenario.backbone.model) {
    case BackboneModel::ideal:
      if (!scenario.outages.empty()) add("calls are followed, because systems, links or power fail");
      break;
    case BackboneModel::shared:
      add("stations share the agencies' systems");
      if (!redirects) {
        add("on days when no two transactions of different stations meet in want of cores, they go one by "
            "one");
      }
      break;
    case BackboneModel::simgrid:
      add("SimGrid simulates the calls to the agencies' systems, each replication in a process of its own");
      break;
  }
  return "coupled (one loop of events: " + why + ")";
}

std::filesystem::path results_folder(const Scenario& scenario) {
  return std::filesystem::path("results") / scenario.name;
}

/// How large the visits will be, if they are asked for.
std::string visits_text(const Scenario& scenario, const Forecast& forecast) {
  if (scenario.visits.share <= 0) return "";
  const VisitsSize size = forecast_visits(scenario, forecast, kUsualFormats);
  const double free = free_bytes_at(results_folder(scenario));
  std::string text = "  visits written: " + to_text(size) + "; free in results/: " + bytes_text(free) + '\n';
  if (size.peak_bytes > free) {
    text += "  notice: the run will end with exit code 3, for the visits need " +
            bytes_text(size.peak_bytes) + " on the disk while they are written\n";
  }
  return text;
}

std::string memory_text(const MemoryForecast& memory) {
  std::string text = "  expected memory: " + bytes_text(memory.needed_bytes) + '\n';
  if (memory.needed_bytes * kMemoryError <= memory.available_bytes) return text;
  const bool surely = memory.needed_bytes > memory.available_bytes * kMemoryError;
  text += std::string("  notice: the run ") + (surely ? "will" : "may") + " end with exit code 3, for " +
          bytes_text(memory.available_bytes) + " of memory are available";
  if (!surely) text += ", and the forecast is right within a factor of " + grouped(kMemoryError, 2);
  return text + '\n';
}

/// What the tables take on the disk.
std::string tables_text(const Scenario& scenario, double bytes) {
  const double free = free_bytes_at(results_folder(scenario));
  std::string text = "  expected tables: " + bytes_text(bytes) +
                     " as CSV and in SQLite; free in results/: " + bytes_text(free) + '\n';
  if (bytes > free)
    text += "  notice: the run may end with exit code 3, for the tables may not fit on the disk\n";
  return text;
}

/// Why the check itself took long, if it did.
std::string long_check_text(const RunForecast& run) {
  constexpr double kLong_s = 1;
  if (run.reading_s + run.pieces_s <= kLong_s) return "";
  return "  this check took " + grouped(run.reading_s, 1) +
         " s to read the scenario and lay out the demand of all its days, and " + grouped(run.pieces_s, 1) +
         " s to simulate pieces of it\n";
}

std::string check_text(const Scenario& scenario, const Forecast& forecast, const Findings& findings,
                       const RunForecast& run, bool all) {
  const auto ids = station_ids(scenario);
  const std::size_t most = all ? SIZE_MAX : kLoadsShown;
  std::string text = printable(scenario.title) + " (" + scenario.name + "): valid\n";
  text += "  stations: " + grouped(static_cast<double>(ids.size())) +
          "; replications: " + grouped(scenario.run.replications) + '\n';
  text += "  expected visits a replication: " + grouped(forecast.total_visits) +
          " (warm-up and rework included, retries not)\n";
  text += "  expected run time: " + grouped(run.run_s, 1) + " s (" + run.basis + ")\n";
  text += memory_text(findings.memory);
  text += tables_text(scenario, findings.tables_bytes);
  if (!findings.thread_problem.empty())
    text += "  notice: the run will end with exit code 3, for " + findings.thread_problem + '\n';
  text += long_check_text(run);
  text += "  kernel: " + kernel_text(scenario) + '\n';
  text += visits_text(scenario, forecast);
  for (const Notice& notice : findings.notices) text += "  notice: " + printable(to_string(notice)) + '\n';
  text += changes_text(findings.changes);
  text += overloaded_text(findings.loads.overloaded, ids, most);
  text += "\nHours in which a queue must grow (offered load at or above the clerks): " +
          grouped(static_cast<double>(findings.loads.crowded.size())) + '\n';
  if (!findings.loads.crowded.empty()) text += loads_text(findings.loads.crowded, ids, most);
  if (all) text += "\nEvery station and hour:\n" + loads_text(findings.loads.hours, ids, most);
  if (scenario.province) {
    text += "\nServices nobody near may give: " + grouped(static_cast<double>(forecast.unreachable.size())) +
            '\n';
    TextTable table({"<service", "<zone"});
    for (std::size_t i = 0; i < std::min(most, forecast.unreachable.size()); ++i) {
      const auto& [service, zone] = forecast.unreachable[i];
      table.add({scenario.province->services[service.index()].id, scenario.province->zones[zone.index()].id});
    }
    if (!forecast.unreachable.empty()) text += table.text();
  }
  return text;
}

std::string check_json(const Scenario& scenario, const Forecast& forecast, const Findings& findings,
                       const RunForecast& run) {
  const auto ids = station_ids(scenario);
  nlohmann::ordered_json json;
  json["scenario"] = scenario.name;
  json["title"] = scenario.title;
  json["replications"] = scenario.run.replications;
  json["kernel"] = is_coupled(scenario) ? "coupled" : "decoupled";
  json["notices"] = nlohmann::ordered_json::array();
  for (const Notice& notice : findings.notices) json["notices"].push_back(to_string(notice));
  json["changes"] = changes_json(findings.changes);
  json["expected_visits"] = json_number(forecast.total_visits);
  json["expected_run_s"] = json_number(run.run_s);
  json["expected_memory_bytes"] = json_number(std::round(findings.memory.needed_bytes));
  json["available_memory_bytes"] = json_number(std::round(findings.memory.available_bytes));
  json["expected_tables_bytes"] = json_number(std::round(findings.tables_bytes));
  json["free_bytes"] = json_number(free_bytes_at(results_folder(scenario)));
  if (scenario.visits.share > 0) {
    const VisitsSize size = forecast_visits(scenario, forecast, kUsualFormats);
    json["visits_table"] = {{"rows", json_number(std::round(size.rows))},
                            {"bytes", json_number(std::round(size.bytes))},
                            {"free_bytes", json_number(free_bytes_at(results_folder(scenario)))}};
  }
  json["cannot_keep_up"] = loads_json(findings.loads.overloaded, ids);
  json["hours"] = loads_json(findings.loads.hours, ids);
  json["unreachable"] = nlohmann::ordered_json::array();
  for (const auto& [service, zone] : forecast.unreachable) {
    json["unreachable"].push_back({{"service", scenario.province->services[service.index()].id},
                                   {"zone", scenario.province->zones[zone.index()].id}});
  }
  return json_line(json);
}

}  // namespace

ExitCode check(const CheckOptions& options, const TrialFunction& trial, std::ostream& out) {
  InterruptGuard guard;
  const Scenario scenario = load(options.scenario);
  // As a run does: before anything else takes memory.
  std::optional<CostPlans> plans(scenario);
  const MemoryForecast memory = forecast_memory(plans->all(), options.threads);
  const Forecast expected = forecast(plans->with_all());
  const double jobs =
      static_cast<double>(scenario.run.replications) * (1 + static_cast<double>(scenario.costs.size()));
  const int workers = static_cast<int>(std::min<double>(options.threads, jobs));
  Findings findings{memory,
                    find_thread_problem(workers),
                    forecast_tables_bytes(scenario),
                    judge_loads(expected),
                    find_changes(plans->with_all()),
                    scenario.notices};
  plans.reset();
  for (Notice& notice : notices_of(scenario, findings.changes)) findings.notices.push_back(std::move(notice));
  if (expected.total_visits <= 0) findings.notices.push_back({"no citizen comes: the run has no visit"});
  guard.defer();  // replications may have processes of their own
  const RunForecast run = forecast_run(scenario, expected.total_visits, options.threads, trial);
  out << (options.json ? check_json(scenario, expected, findings, run)
                       : check_text(scenario, expected, findings, run, options.all));
  return kDone;
}

}  // namespace pishkhan
