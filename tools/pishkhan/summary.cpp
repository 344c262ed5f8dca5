#include "tools/pishkhan/summary.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "models/province/calendar.hpp"
#include "sim/base/printable.hpp"
#include "tools/pishkhan/changes_text.hpp"
#include "tools/pishkhan/system_summary.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/breaches.hpp"
#include "tools/report/period_tables.hpp"
#include "tools/report/sums.hpp"
#include "tools/report/systems.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kOfficesShown = 10;

/// Whether estimates have intervals; without, the tables of the summary would be dashes.
bool has_intervals(const Results& results) { return results.trials.size() > 1; }

std::string what_ran(const Results& results, const Manifest& manifest, double elapsed_s) {
  const Scenario& scenario = results.scenario;
  std::string text = printable(scenario.title) + " (" + scenario.name + ")\n  ";
  if (scenario.run.length_s > 0) {
    text +=
        grouped(scenario.run.length_s) + " s, of which warm-up: " + grouped(scenario.run.warm_up_s) + " s";
  } else {
    const DayNumber start = scenario.run.start;
    text += grouped(scenario.run.days) + " days from " + format_date(start, CalendarKind::solar_hijri) +
            " (" + format_date(start, CalendarKind::gregorian) +
            "), of which warm-up: " + grouped(scenario.run.warm_up_days);
  }
  text += "; replications: " + grouped(static_cast<double>(results.trials.size())) + "; seed " +
          std::to_string(scenario.run.seed) + "\n  " + grouped(static_cast<double>(manifest.visits)) +
          " visits simulated in " + grouped(elapsed_s, 1) + " s\n";
  return text;
}

std::vector<std::string> visit_texts(const std::vector<StationTally>& tallies, bool stations) {
  const auto visits = visit_measures();
  std::vector<std::string> texts{
      with_interval(estimate(find_measure(visits, "arrived"), tallies)),
      with_interval(estimate(find_measure(visits, "served"), tallies)),
      stations ? wait_text(estimate(find_measure(queue_measures(), "wait_s"), tallies)) : "",
      stations ? percent(estimate(find_measure(queue_measures(), "service_level"), tallies)) : "",
      stations ? percent(estimate(find_measure(staff_measures(), "utilization"), tallies)) : ""};
  return texts;
}

TextTable totals_table(const std::string& first) {
  return TextTable({"<" + first, ">visits", ">served", ">wait", ">service level", ">utilization"});
}

std::string totals(const Results& results) {
  const Scenario& scenario = results.scenario;
  TextTable table = totals_table(scenario.province ? "channel" : "station");
  const auto add = [&](std::string name, const std::vector<StationTally>& tallies, bool stations) {
    std::vector<std::string> row{std::move(name)};
    for (std::string& text : visit_texts(tallies, stations)) row.push_back(std::move(text));
    table.add(std::move(row));
  };
  if (!scenario.province) {
    const auto sums =
        collect<StationTally>(results, scenario.stations.size(), [](const auto& trial, auto at) {
          for (std::size_t i = 0; i < trial.stations.size(); ++i) add_to(at(i), trial.stations[i]);
        });
    for (std::size_t i = 0; i < sums.size(); ++i) add(scenario.stations[i].id, sums[i], true);
    return table.text();
  }
  const std::size_t offices = scenario.province->offices.size();
  const auto sums = collect<StationTally>(results, kChannels, [&](const auto& trial, auto at) {
    for (std::size_t i = 0; i < trial.stations.size(); ++i) {
      add_to(at(static_cast<std::size_t>(i < offices ? Channel::office : Channel::traditional)),
             trial.stations[i]);
    }
    constexpr auto online = static_cast<std::size_t>(Channel::online);
    for (std::size_t i = online; i < trial.services.size(); i += kChannels)
      add_to(static_cast<VisitTally&>(at(online)), trial.services[i]);
  });
  for (std::size_t i = 0; i < kChannels; ++i) {
    const auto channel = static_cast<Channel>(i);
    add(std::string(to_string(channel)), sums[i], channel != Channel::online);
  }
  return table.text();
}

/// Where the run went: the stations of each channel in its last whole month or week.
std::string end_state(const Results& results) {
  const Period period = end_period(results.scenario.run);
  if (period.days == 0) return "";
  const Province& province = *results.scenario.province;
  const std::size_t cells = period_cells(results.scenario.run).size(), offices = province.offices.size();
  TextTable table = totals_table("channel");
  for (const Channel channel : {Channel::traditional, Channel::office}) {
    std::vector<std::size_t> stations(channel == Channel::office ? offices : province.counters.size());
    std::iota(stations.begin(), stations.end(), channel == Channel::office ? 0 : offices);
    std::vector<StationTally> tallies;
    for (const TrialResult& trial : results.trials) tallies.push_back(sum_of(trial, stations, cells, period));
    std::vector<std::string> row{std::string(to_string(channel))};
    for (std::string& text : visit_texts(tallies, true)) row.push_back(std::move(text));
    table.add(std::move(row));
  }
  return "\nThe last whole " + std::string(period.is_week ? "week" : "month") + ", from " +
         format_date(period.first, CalendarKind::solar_hijri) + ":\n" + table.text();
}

std::string offices_in_trouble(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto tallies =
      collect<StationTally>(results, province.offices.size(), [&](const auto& trial, auto at) {
        for (std::size_t i = 0; i < province.offices.size(); ++i) at(i) = trial.stations[i];
      });
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    const Estimate level = estimate(find_measure(queue_measures(), "service_level"), tallies[i]);
    if (std::isfinite(level.mean) && std::isfinite(level.half_width)) order.emplace_back(level.mean, i);
  }
  std::sort(order.begin(), order.end());
  if (order.size() > kOfficesShown) order.resize(kOfficesShown);
  TextTable table({"<office", "<county", ">clerks", ">visits", ">wait", ">service level", ">utilization"});
  for (const auto& [level, i] : order) {
    const Office& office = province.offices[i];
    auto texts = visit_texts(tallies[i], true);
    table.add({office.id, province.counties[office.county.index()].id,
               std::to_string(clerks_of(office.rules, results.scenario.run)), texts[0], texts[2], texts[3],
               texts[4]});
  }
  return "\nOffices in most trouble (lowest service level):\n" + table.text();
}

std::string breaches_text(const std::vector<Breach>& breaches) {
  std::set<std::size_t> offices;
  std::size_t busy = 0;
  for (const Breach& breach : breaches) {
    offices.insert(breach.office);
    busy += breach.criterion == "utilization" ? 1U : 0U;
  }
  return "\nBreaching offices: " + std::to_string(offices.size()) +
         " (utilization above 85%: " + std::to_string(busy) +
         ", service level below 80%: " + std::to_string(breaches.size() - busy) +
         "), at a false discovery rate of 5%; see the table breaches.\n";
}

nlohmann::ordered_json to_json(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
          return nullptr;
        else
          return value;
      },
      cell);
}

nlohmann::ordered_json rows_json(const Table& table) {
  auto json = nlohmann::ordered_json::array();
  for (const Row& row : table.rows) {
    nlohmann::ordered_json entry;
    for (std::size_t i = 0; i < row.size(); ++i) entry[table.header.columns[i].name] = to_json(row[i]);
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
                             const std::filesystem::path& out, double elapsed_s) {
  const Scenario& scenario = results.scenario;
  std::string text = what_ran(results, manifest, elapsed_s) + '\n';
  if (!has_intervals(results)) {
    text +=
        "One replication: no interval, so no number. Ask for two or more (--replications) to see "
        "estimates.\n";
  } else {
    text += "Totals over the counted " + std::string(scenario.run.length_s > 0 ? "time" : "days") +
            ", with the 95% interval; service level: joined visits that started within " +
            grouped(scenario.service_level_s / kSecondsPerMinute, 1) + " min\n" + totals(results);
    if (scenario.province) text += end_state(results);
    if (scenario.province) text += offices_in_trouble(results) + breaches_text(find_breaches(results));
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

std::string json_summary(const Results& results, const Manifest& manifest, const std::filesystem::path& out,
                         const std::vector<Table>& tables, const std::vector<std::string>& found) {
  nlohmann::ordered_json json;
  json["scenario"] = results.scenario.name;
  json["title"] = results.scenario.title;
  json["out"] = out.string();
  json["seed"] = results.scenario.run.seed;
  json["replications"] = results.trials.size();
  json["evidence"] = to_string(results.scenario.evidence);
  json["notices"] = results.scenario.notices;
  for (const std::string& notice : found) json["notices"].push_back(notice);
  json["changes"] = changes_json(results.changes);
  json["visits_simulated"] = manifest.visits;
  json["audit"] = {{"passed", manifest.audit.passed()}, {"checks", manifest.audit.checks}};
  json["tables"] = nlohmann::ordered_json::object();
  for (const WrittenTable& table : manifest.tables) json["tables"][table.name] = table.rows;
  json["summary"] = rows_json(tables.front());
  json["breaches"] = nlohmann::ordered_json::array();
  for (const Breach& breach : find_breaches(results)) {
    json["breaches"].push_back({{"office", results.scenario.province->offices[breach.office].id},
                                {"criterion", breach.criterion},
                                {"limit", breach.limit},
                                {"mean", breach.estimate.mean},
                                {"half_width", breach.estimate.half_width},
                                {"adjusted_p_value", breach.adjusted_p_value}});
  }
  for (const Table& table : tables) {
    for (const char* name : {"agency_systems", "lost_clerk_hours", "costs"})
      if (table.header.name == name && !table.rows.empty()) json[name] = rows_json(table);
  }
  if (follows_calls(results)) json["days_simulated"] = days_json(results);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace pishkhan
