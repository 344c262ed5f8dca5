#include "tools/pishkhan/summary.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "models/province/calendar.hpp"
#include "sim/base/printable.hpp"
#include "tools/pishkhan/changes_text.hpp"
#include "tools/pishkhan/station_summary.hpp"
#include "tools/pishkhan/system_summary.hpp"
#include "tools/pishkhan/table_json.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/sums.hpp"
#include "tools/report/systems.hpp"
#include "tools/report/targets.hpp"

namespace pishkhan {
namespace {

/// Whether estimates have intervals; without, the tables of the summary would be dashes.
bool has_intervals(const Results& results) { return results.trials.size() > 1; }

/// The first day in both calendars.
std::string start_text(const Run& run) {
  return " from " + format_date(run.start, CalendarKind::solar_hijri) + " (" +
         format_date(run.start, CalendarKind::gregorian) + ')';
}

std::string what_ran(const Results& results, const Manifest& manifest, double elapsed_s) {
  const Scenario& scenario = results.scenario;
  std::string text = printable(scenario.title) + " (" + scenario.name + ")\n  ";
  if (scenario.run.length_s > 0) {
    text += grouped(scenario.run.length_s) + " s" +
            (scenario.run.start == Run{}.start ? "" : start_text(scenario.run)) +
            ", of which warm-up: " + grouped(scenario.run.warm_up_s) + " s";
  } else {
    text += grouped(scenario.run.days) + " days" + start_text(scenario.run) +
            ", of which warm-up: " + grouped(scenario.run.warm_up_days);
  }
  text += "; replications: " + grouped(static_cast<double>(results.trials.size())) + "; seed " +
          std::to_string(scenario.run.seed) + "\n  " + grouped(static_cast<double>(manifest.visits)) +
          " visits simulated in " + grouped(elapsed_s, 1) + " s\n";
  return text;
}

std::string replications_text(const VerdictCounts& counts) {
  if (counts[Verdict::undecided] == 0) return "";
  return counts.replications_needed ? grouped(*counts.replications_needed)
                                    : "more than " + grouped(kMostReplicationsNeeded);
}

std::string target_text(const Target& target) {
  std::string text = grouped(100 * target.goal, 1) + "% of the " +
                     (target.of == TargetOf::joined ? "joined" : "served") + " start within " +
                     grouped(target.within_s / kSecondsPerMinute, 1) + " min";
  if (!target.left_is_late) text += " or leave unserved";
  if (target.in != TargetPeriod::whole) text += ", in every " + std::string(to_string(target.in));
  return text;
}

/// What is judged: stations, or each of them in each period.
std::string judged_text(const Target& target, std::string_view stations) {
  std::string text(stations);
  if (target.in == TargetPeriod::whole) return text;
  text.pop_back();
  return text + '-' + std::string(to_string(target.in)) + 's';
}

std::string targets_text(const Results& results) {
  std::vector<std::string> header{"<target", "<of", ">met", ">at the target", ">missed", ">undecided"};
  const bool tells_needed = results.trials.size() >= kFewestToTellNeeded;
  if (tells_needed) header.emplace_back(">replications to decide half, roughly");
  const bool has_days = results.scenario.run.length_s <= 0;
  if (has_days) header.emplace_back(">days missed");
  TextTable table(std::move(header));
  std::string meaning;
  std::size_t told = SIZE_MAX;
  for (const auto& [target, stations, counts, missed_days] :
       count_verdicts(results, judge_targets(results))) {
    const Target& of = results.scenario.targets[target];
    const auto count = [&counts](Verdict verdict) { return grouped(static_cast<double>(counts[verdict])); };
    std::vector<std::string> row{of.id,
                                 judged_text(of, stations),
                                 count(Verdict::met),
                                 count(Verdict::at_target),
                                 count(Verdict::missed),
                                 count(Verdict::undecided)};
    if (tells_needed) row.push_back(replications_text(counts));
    if (has_days) row.push_back(percent(missed_days));
    table.add(std::move(row));
    if (std::exchange(told, target) != target) meaning += "  " + of.id + ": " + target_text(of) + '\n';
  }
  return "\nTargets, each station, or period of a station, for itself (of those called missed or met at most "
         "5% are not; see the "
         "table targets):\n" +
         table.text() + meaning;
}

nlohmann::ordered_json targets_json(const Results& results) {
  auto json = nlohmann::ordered_json::array();
  for (const auto& [target, stations, counts, missed_days] :
       count_verdicts(results, judge_targets(results))) {
    nlohmann::ordered_json entry{{"target", results.scenario.targets[target].id},
                                 {"stations", stations},
                                 {"met", counts[Verdict::met]},
                                 {"at_the_target", counts[Verdict::at_target]},
                                 {"missed", counts[Verdict::missed]},
                                 {"undecided", counts[Verdict::undecided]}};
    entry["missed_days_share"] = nullptr;
    if (const Estimate& days = missed_days; std::isfinite(days.half_width))
      entry["missed_days_share"] = {{"mean", days.mean}, {"low", days.low}, {"high", days.high}};
    entry["replications_needed"] = nullptr;
    if (counts.replications_needed) entry["replications_needed"] = *counts.replications_needed;
    json.push_back(std::move(entry));
  }
  return json;
}

/// How many counted days of all replications were simulated with the stations apart, and together.
nlohmann::ordered_json days_json(const Results& results) {
  std::uint64_t apart = 0, together = 0;
  for (const TrialResult& trial : results.trials) {
    apart += trial.calls.days_apart;
    together += trial.calls.days_together;
  }
  return {{"apart", apart}, {"together", together}};
}

}  // namespace

std::string terminal_summary(const Results& results, const Manifest& manifest,
                             const std::vector<Load>& overloaded, const std::filesystem::path& out,
                             double elapsed_s) {
  const Scenario& scenario = results.scenario;
  std::string text = what_ran(results, manifest, elapsed_s) + '\n';
  if (!has_intervals(results)) {
    text +=
        "One replication: no interval, so no number. Ask for two or more (--replications) to see "
        "estimates.\n";
  } else {
    text += "Totals over the counted " + std::string(scenario.run.length_s > 0 ? "time" : "days") +
            ", with the 95% interval; service level: joined visits that started within " +
            grouped(scenario.service_level_s / kSecondsPerMinute, 1) + " min\n" + totals_text(results);
    if (scenario.province)
      text += travel_text(results) + end_state_text(results) + worst_stations_text(results);
    text += targets_text(results);
    if (!overloaded.empty()) text += overloaded_text(overloaded, station_ids(scenario), kLoadsShown);
    text += systems_text(results) + costs_text(results);
  }
  text += changes_text(results.changes);
  text +=
      "\nEvidence: the weakest of the numbers used is " + std::string(to_string(scenario.evidence)) + ".\n";
  text += "Audit: " + std::string(manifest.audit.passed() ? "passed" : "failed") + ", " +
          grouped(static_cast<double>(manifest.audit.checks)) + " checks.\n";
  text += "Tables: " + out.string() + '\n';
  return text;
}

std::string json_summary(const Results& results, const Manifest& manifest,
                         const std::vector<Load>& overloaded, const std::filesystem::path& out,
                         const std::vector<Table>& tables) {
  nlohmann::ordered_json json;
  json["scenario"] = results.scenario.name;
  json["title"] = results.scenario.title;
  json["out"] = out.string();
  json["seed"] = results.scenario.run.seed;
  json["replications"] = results.trials.size();
  json["evidence"] = to_string(results.scenario.evidence);
  json["notices"] = nlohmann::ordered_json::array();
  for (const Notice& notice : manifest.notices) json["notices"].push_back(to_string(notice));
  json["changes"] = changes_json(results.changes);
  json["visits_simulated"] = manifest.visits;
  json["audit"] = {{"passed", manifest.audit.passed()}, {"checks", manifest.audit.checks}};
  json["tables"] = nlohmann::ordered_json::object();
  for (const WrittenTable& table : manifest.tables) json["tables"][table.name] = table.rows;
  json["summary"] = rows_json(tables.front());
  json["targets"] = targets_json(results);
  if (results.scenario.province) {
    json["worst_offices"] = worst_stations_json(results, Channel::office);
    json["worst_counters"] = worst_stations_json(results, Channel::traditional);
  }
  json["cannot_keep_up"] = loads_json(overloaded, station_ids(results.scenario));
  for (const Table& table : tables) {
    for (const char* name : {"agency_systems", "lost_clerk_hours", "costs"})
      if (table.header.name == name && !table.rows.empty()) json[name] = rows_json(table);
  }
  if (follows_calls(results)) json["days_simulated"] = days_json(results);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace pishkhan
