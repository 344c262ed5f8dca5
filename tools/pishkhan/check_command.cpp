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
#include "tools/pishkhan/messages.hpp"
#include "tools/pishkhan/offered_load.hpp"
#include "tools/pishkhan/run_forecast.hpp"
#include "tools/pishkhan/tables_size.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/pishkhan/visits_size.hpp"
#include "tools/sweep/precision.hpp"
#include "tools/texts/notices.hpp"

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

std::string kernel_text(const Texts& texts, const Scenario& scenario) {
  if (!is_coupled(scenario)) return texts.at("terminal.kernel.decoupled");
  const bool redirects = scenario.redirect.at_most > 0;
  std::string why = redirects ? texts.at("terminal.kernel.redirect") : "";
  const auto add = [&](const std::string& reason) {
    why += (why.empty() ? "" : texts.at("terminal.kernel.and")) + reason;
  };
  switch (scenario.backbone.model) {
    case BackboneModel::ideal:
      if (!scenario.outages.empty()) add(texts.at("terminal.kernel.failing"));
      break;
    case BackboneModel::shared:
      add(texts.at("terminal.kernel.shared"));
      if (!redirects) add(texts.at("terminal.kernel.one_by_one"));
      break;
    case BackboneModel::simgrid:
      add(texts.at("terminal.kernel.simgrid"));
      break;
  }
  return texts.fill("terminal.kernel.coupled", {{"why", why}});
}

std::filesystem::path results_folder(const Scenario& scenario) {
  return std::filesystem::path("results") / scenario.name;
}

std::string notice_line(const Texts& texts, const std::string& notice) {
  return texts.fill("terminal.notice", {{"notice", notice}}) + '\n';
}

/// How large the visits will be, if they are asked for.
std::string visits_text(const Texts& texts, const Scenario& scenario, const Forecast& forecast) {
  if (scenario.visits.share <= 0) return "";
  const VisitsSize size = forecast_visits(scenario, forecast, kUsualFormats);
  const double free = free_bytes_at(results_folder(scenario));
  std::string text = texts.fill("terminal.check.visits_written",
                                {{"size", to_text(texts, size)}, {"free", bytes_text(texts, free)}}) +
                     '\n';
  if (size.peak_bytes > free) {
    text += notice_line(texts, texts.fill("terminal.check.visits_too_large",
                                          {{"bytes", bytes_text(texts, size.peak_bytes)}}));
  }
  return text;
}

std::string memory_text(const Texts& texts, const MemoryForecast& memory) {
  std::string text =
      texts.fill("terminal.check.memory", {{"bytes", bytes_text(texts, memory.needed_bytes)}}) + '\n';
  if (memory.needed_bytes * kMemoryError <= memory.available_bytes) return text;
  const bool surely = memory.needed_bytes > memory.available_bytes * kMemoryError;
  const std::string available = bytes_text(texts, memory.available_bytes);
  return text + notice_line(texts, surely ? texts.fill("terminal.check.memory_will", {{"bytes", available}})
                                          : texts.fill("terminal.check.memory_may",
                                                       {{"bytes", available},
                                                        {"factor", grouped(texts, kMemoryError, 2)}}));
}

/// What the tables take on the disk.
std::string tables_text(const Texts& texts, const Scenario& scenario, double bytes) {
  const double free = free_bytes_at(results_folder(scenario));
  const std::string text = texts.fill("terminal.check.tables", {{"bytes", bytes_text(texts, bytes)},
                                                                {"free", bytes_text(texts, free)}}) +
                           '\n';
  return bytes <= free ? text : text + notice_line(texts, texts.at("terminal.check.tables_too_large"));
}

/// Why the check itself took long, if it did.
std::string long_check_text(const Texts& texts, const RunForecast& run) {
  constexpr double kLong_s = 1;
  if (run.reading_s + run.pieces_s <= kLong_s) return "";
  return texts.fill("terminal.check.long", {{"reading", grouped(texts, run.reading_s, 1)},
                                            {"pieces", grouped(texts, run.pieces_s, 1)}}) +
         '\n';
}

/// The services that nobody near may give, and where.
std::string unreachable_text(const Texts& texts, const Province& province, const Forecast& forecast,
                             std::size_t most) {
  const auto& unreachable = forecast.unreachable;
  std::string text = '\n' +
                     texts.fill("terminal.check.unreachable",
                                {{"n", grouped(texts, static_cast<double>(unreachable.size()))}}) +
                     '\n';
  TextTable table(texts, {"<service", "<zone"});
  for (std::size_t i = 0; i < std::min(most, unreachable.size()); ++i) {
    const auto& [service, zone] = unreachable[i];
    table.add({province.services[service.index()].id, province.zones[zone.index()].id});
  }
  return unreachable.empty() ? text : text + table.text();
}

/// What the run will take.
std::string forecast_text(const Texts& texts, const Scenario& scenario, const Forecast& forecast,
                          const Findings& findings, const RunForecast& run) {
  const auto ids = station_ids(scenario);
  std::string text =
      texts.fill("terminal.check.valid", {{"title", printable(scenario.title)}, {"name", scenario.name}}) +
      '\n';
  text +=
      texts.fill("terminal.check.stations", {{"stations", grouped(texts, static_cast<double>(ids.size()))},
                                             {"replications", grouped(texts, scenario.run.replications)}}) +
      '\n';
  if (const auto& precision = scenario.run.precision) {
    text += texts.fill("terminal.check.precision", {{"precision", precision->text},
                                                    {"of", quantities_text(*precision)},
                                                    {"n", grouped(texts, precision->at_most)}}) +
            '\n';
  }
  text += texts.fill("terminal.check.visits", {{"n", grouped(texts, forecast.total_visits)}}) + '\n';
  text +=
      texts.fill("terminal.check.time", {{"s", grouped(texts, run.run_s, 1)}, {"basis", run.basis}}) + '\n';
  text += memory_text(texts, findings.memory);
  text += tables_text(texts, scenario, findings.tables_bytes);
  if (!findings.thread_problem.empty()) text += notice_line(texts, findings.thread_problem);
  text += long_check_text(texts, run);
  text += texts.fill("terminal.check.kernel", {{"kernel", kernel_text(texts, scenario)}}) + '\n';
  return text + visits_text(texts, scenario, forecast);
}

std::string check_text(const Texts& texts, const Scenario& scenario, const Forecast& forecast,
                       const Findings& findings, const RunForecast& run, bool all) {
  const auto ids = station_ids(scenario);
  const std::size_t most = all ? SIZE_MAX : kLoadsShown;
  std::string text = forecast_text(texts, scenario, forecast, findings, run);
  for (const Notice& notice : findings.notices)
    text += notice_line(texts, printable(terminal_text(texts, notice)));
  text += changes_text(texts, findings.changes);
  text += overloaded_text(texts, findings.loads.overloaded, ids, most);
  text += '\n' +
          texts.fill("terminal.check.crowded",
                     {{"n", grouped(texts, static_cast<double>(findings.loads.crowded.size()))}}) +
          '\n';
  if (!findings.loads.crowded.empty()) text += loads_text(texts, findings.loads.crowded, ids, most);
  if (all) {
    text += '\n' + texts.at("terminal.check.every_hour") + '\n' +
            loads_text(texts, findings.loads.hours, ids, most);
  }
  if (scenario.province) text += unreachable_text(texts, *scenario.province, forecast, most);
  return text;
}

std::string check_json(const Scenario& scenario, const Forecast& forecast, const Findings& findings,
                       const RunForecast& run) {
  const auto ids = station_ids(scenario);
  nlohmann::ordered_json json = json_of_command("check");
  json["scenario"] = scenario.name;
  json["title"] = scenario.title;
  json["replications"] = scenario.run.replications;
  if (const auto& precision = scenario.run.precision) {
    json["replications_asked"] = {
        {"precision", precision->text}, {"of", quantities_text(*precision)}, {"at_most", precision->at_most}};
  }
  json["kernel"] = is_coupled(scenario) ? "coupled" : "decoupled";
  json["notices"] = nlohmann::ordered_json::array();
  for (const Notice& notice : findings.notices)
    json["notices"].push_back(located_notice_text(terminal_texts("en"), notice));
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
  const InterruptGuard guard;
  const Texts& texts = terminal_texts(options.language);
  const Scenario scenario = load(options.scenario);
  // As a run does: before anything else takes memory.
  std::optional<CostPlans> plans(scenario);
  const MemoryForecast memory = forecast_memory(plans->all(), options.threads);
  const Forecast expected = forecast(plans->with_all());
  const double jobs = static_cast<double>(scenario.run.replications) * CostPlans::count(scenario);
  const int workers = static_cast<int>(std::min<double>(options.threads, jobs));
  Findings findings{memory,
                    find_thread_problem(texts, workers),
                    forecast_tables_bytes(scenario),
                    judge_loads(expected),
                    find_changes(plans->with_all()),
                    scenario.notices};
  plans.reset();
  for (Notice& notice : notices_of(scenario, findings.changes)) findings.notices.push_back(std::move(notice));
  if (!scenario.appointments.empty()) findings.notices.push_back({"notice.appointments.forecast"});
  if (expected.total_visits <= 0) findings.notices.push_back({"notice.no_visit"});
  InterruptGuard::defer();  // replications may have processes of their own
  const RunForecast run = forecast_run(scenario, expected.total_visits, options.threads, trial, texts);
  out << (options.json ? check_json(scenario, expected, findings, run)
                       : check_text(texts, scenario, expected, findings, run, options.all));
  return kDone;
}

}  // namespace pishkhan
