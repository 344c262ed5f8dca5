#include "tools/pishkhan/summary.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "models/province/calendar.hpp"
#include "sim/base/printable.hpp"
#include "tools/page/target_words.hpp"
#include "tools/pishkhan/changes_text.hpp"
#include "tools/pishkhan/input_summary.hpp"
#include "tools/pishkhan/money_summary.hpp"
#include "tools/pishkhan/observed_summary.hpp"
#include "tools/pishkhan/station_summary.hpp"
#include "tools/pishkhan/system_summary.hpp"
#include "tools/pishkhan/table_json.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/sums.hpp"
#include "tools/report/systems.hpp"
#include "tools/report/targets.hpp"
#include "tools/texts/notices.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan {
namespace {

/// Whether estimates have intervals; without, the tables of the summary would be dashes.
bool has_intervals(const Results& results) { return results.trials.size() > 1; }

/// The first day in both calendars.
std::string start_text(const Texts& texts, const Run& run) {
  const std::string gregorian = format_date(run.start, CalendarKind::gregorian);
  return texts.fill("terminal.summary.from", {{"solar", date_text(texts, run.start)},
                                              {"gregorian", set_number(gregorian, texts.language())}});
}

std::string what_ran(const Texts& texts, const Results& results, const Manifest& manifest, double elapsed_s) {
  const Scenario& scenario = results.scenario;
  const Run& run = scenario.run;
  std::string length;
  if (run.length_s > 0) {
    length = texts.fill("terminal.summary.seconds",
                        {{"n", grouped(texts, run.length_s)},
                         {"start", run.start == Run{}.start ? "" : start_text(texts, run)},
                         {"warm_up", grouped(texts, run.warm_up_s)}});
  } else {
    length = texts.fill("terminal.summary.days", {{"n", grouped(texts, run.days)},
                                                  {"start", start_text(texts, run)},
                                                  {"warm_up", grouped(texts, run.warm_up_days)}});
  }
  std::string text = printable(scenario.title) + " (" + scenario.name + ")\n";
  const std::string seed = set_number("x" + std::to_string(run.seed), texts.language());  // no thousands
  text += texts.fill("terminal.summary.run",
                     {{"run", length},
                      {"replications", grouped(texts, static_cast<double>(results.trials.size()))},
                      {"seed", seed.substr(1)}}) +
          '\n';
  return text +
         texts.fill("terminal.summary.visits",
                    {{"visits", grouped(texts, static_cast<double>(manifest.visits))},
                     {"s", grouped(texts, elapsed_s, 1)}}) +
         '\n';
}

std::string replications_text(const Texts& texts, const VerdictCounts& counts) {
  if (counts[Verdict::undecided] == 0) return "";
  if (counts.replications_needed) return grouped(texts, *counts.replications_needed);
  return texts.fill("terminal.targets.more_than", {{"n", grouped(texts, kMostReplicationsNeeded)}});
}

std::string target_text(const Texts& texts, const Target& target) {
  const bool joined = target.of == TargetOf::joined;
  const char* key = target.left_is_late
                        ? (joined ? "terminal.targets.joined" : "terminal.targets.served")
                        : (joined ? "terminal.targets.joined_or_left" : "terminal.targets.served_or_left");
  const std::string visits = !joined ? "served" : target.left_is_late ? "joined" : "left_in_time";
  auto numbers = page::numbers_of_target(target.kind, target.goal, target.within_s, texts.language());
  for (auto& [name, number] : numbers) {  // the terminal shows no marks of direction
    if (name == "goal")
      number = texts.fill("terminal.with_unit.percent", {{"n", grouped(texts, 100 * target.goal, 1)}});
  }
  std::string text = target.kind == TargetKind::share
                         ? texts.fill(key, {{"share", grouped(texts, 100 * target.goal, 1)},
                                            {"min", grouped(texts, target.within_s / kSecondsPerMinute, 1)}})
                         : texts.fill(page::key_of_target(target.kind, visits), numbers);
  if (target.in != TargetPeriod::whole)
    text += texts.at("terminal.targets.in." + std::string(to_string(target.in)));
  return text;
}

/// What is judged: stations, or each of them in each period.
std::string judged_text(const Texts& texts, const Target& target, std::string_view stations) {
  if (target.in == TargetPeriod::whole) return word(texts, stations);
  return texts.fill("terminal.judged." + std::string(to_string(target.in)),
                    {{"station", texts.at("terminal.one_of." + std::string(stations))}});
}

std::string targets_text(const Texts& texts, const Results& results) {
  std::vector<std::string> header{"<target", "<of", ">met", ">at_target", ">missed", ">undecided"};
  const bool tells_needed = results.trials.size() >= kFewestToTellNeeded;
  if (tells_needed) header.emplace_back(">replications_needed");
  const bool has_days = results.scenario.run.length_s <= 0;
  if (has_days) header.emplace_back(">days_missed");
  TextTable table(texts, header);
  std::string meaning;
  std::size_t told = SIZE_MAX;
  for (const auto& [target, stations, counts, missed_days] :
       count_verdicts(results, judged_targets(results))) {
    const Target& of = results.scenario.targets[target];
    const auto count = [&texts, &counts](Verdict verdict) {
      return grouped(texts, static_cast<double>(counts[verdict]));
    };
    const std::string name = target_name(of.id, texts);
    std::vector<std::string> row{name,
                                 judged_text(texts, of, stations),
                                 count(Verdict::met),
                                 count(Verdict::at_target),
                                 count(Verdict::missed),
                                 count(Verdict::undecided)};
    if (tells_needed) row.push_back(replications_text(texts, counts));
    if (has_days) row.push_back(percent(texts, missed_days));
    table.add(std::move(row));
    if (std::exchange(told, target) != target) meaning += "  " + name + ": " + target_text(texts, of) + '\n';
  }
  return '\n' + texts.at("terminal.targets.title") + '\n' + table.text() + meaning;
}

nlohmann::ordered_json targets_json(const Results& results) {
  auto json = nlohmann::ordered_json::array();
  for (const auto& [target, stations, counts, missed_days] :
       count_verdicts(results, judged_targets(results))) {
    nlohmann::ordered_json entry{{"target", results.scenario.targets[target].id},
                                 {"stations", stations},
                                 {"met", counts[Verdict::met]},
                                 {"at_the_target", counts[Verdict::at_target]},
                                 {"missed", counts[Verdict::missed]},
                                 {"undecided", counts[Verdict::undecided]}};
    entry["missed_days_share"] = interval_json(missed_days);
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

std::string terminal_summary(const Texts& texts, const Results& results, const Manifest& manifest,
                             const std::vector<Load>& overloaded, const std::filesystem::path& out,
                             double elapsed_s) {
  const Scenario& scenario = results.scenario;
  std::string text = what_ran(texts, results, manifest, elapsed_s) + '\n';
  if (!has_intervals(results)) {
    text += texts.at("terminal.summary.one_replication") + '\n';
  } else {
    text += texts.fill(scenario.run.length_s > 0 ? "terminal.summary.totals_of_time"
                                                 : "terminal.summary.totals_of_days",
                       {{"min", grouped(texts, scenario.service_level_s / kSecondsPerMinute, 1)}}) +
            '\n' + totals_text(texts, results);
    if (scenario.province) {
      text += travel_text(texts, results) + money_text(texts, results) + end_state_text(texts, results) +
              worst_stations_text(texts, results);
    }
    text += targets_text(texts, results);
    if (!overloaded.empty()) text += overloaded_text(texts, overloaded, station_ids(scenario), kLoadsShown);
    text += systems_text(texts, results) + costs_text(texts, results) + inputs_text(texts, results) +
            observed_text(texts, results);
  }
  text += changes_text(texts, results.changes);
  text += '\n' +
          texts.fill("terminal.summary.evidence", {{"evidence", word(texts, to_string(scenario.evidence))}}) +
          '\n';
  text +=
      texts.fill(manifest.audit.passed() ? "terminal.summary.audit_passed" : "terminal.summary.audit_failed",
                 {{"n", grouped(texts, static_cast<double>(manifest.audit.checks))}}) +
      '\n';
  return text + texts.fill("terminal.summary.tables", {{"folder", out.string()}}) + '\n';
}

std::string json_summary(const Results& results, const Manifest& manifest,
                         const std::vector<Load>& overloaded, const std::filesystem::path& out,
                         const std::vector<Table>& tables) {
  nlohmann::ordered_json json = json_of_command("run");
  json["scenario"] = results.scenario.name;
  json["title"] = results.scenario.title;
  json["out"] = out.string();
  json["seed"] = results.scenario.run.seed;
  json["replications"] = results.trials.size();
  if (manifest.asked) json["replications_asked"] = asked_json(*manifest.asked);
  json["evidence"] = to_string(results.scenario.evidence);
  json["notices"] = nlohmann::ordered_json::array();
  for (const Notice& notice : manifest.notices)
    json["notices"].push_back(located_notice_text(terminal_texts("en"), notice));
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
  if (results.scenario.economics) json["covers_expenses"] = covers_json(results);
  if (!results.scenario.observations.empty()) json["observed"] = observed_json(results);
  json["cannot_keep_up"] = loads_json(overloaded, station_ids(results.scenario));
  for (const Table& table : tables) {
    for (const char* name : {"agency_systems", "lost_clerk_hours", "costs", "channel_money"})
      if (table.header.name == name && !table.rows.empty()) json[name] = rows_json(table);
  }
  if (follows_calls(results)) json["days_simulated"] = days_json(results);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace pishkhan
