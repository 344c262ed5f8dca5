#include "tools/pishkhan/compare_summary.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/province/calendar.hpp"
#include "sim/base/printable.hpp"
#include "sim/base/time.hpp"
#include "tools/pishkhan/table_json.hpp"
#include "tools/pishkhan/text.hpp"
#include "tools/report/changed_table.hpp"
#include "tools/report/headlines.hpp"
#include "tools/report/waterfall_table.hpp"

namespace pishkhan {
namespace {

/// How a quantity is shown.
struct Shown {
  std::string name;
  double scale;
  int decimals;
  std::string unit;  ///< as of with_interval
};

Shown shown(const Texts& texts, const Headline& headline) {
  const std::string quantity(headline.quantity);
  const std::string name = texts.at("terminal.compare." + quantity);
  const std::string channel(headline.channel);
  if (quantity == "wait_joined_s") {
    const bool all = channel == "all";
    return {all ? name : name + texts.at("terminal.compare.of_" + channel), 1 / kSecondsPerMinute, 2, "min"};
  }
  if (quantity == "service_level" || quantity == "utilization") return {name, 100, 2, "percent"};
  if (quantity == "citizens_lost") return {name, 1, 1, ""};
  if (quantity == "trips") return {name, 1, 4, ""};
  if (quantity == "arrived") return {name, 1, 0, ""};
  return {name, 1 / kSecondsPerHour, 1, "h"};  // clerk time
}

/// Shares differ by percentage points.
std::string unit_of_difference(const Shown& as) { return as.unit == "percent" ? "points" : as.unit; }

/// Waits that differ by less than a minute do so by seconds.
std::string difference_text(const Texts& texts, const Estimate& difference, const Shown& as) {
  constexpr int kMostDecimals_s = 4;
  if (as.unit == "min" && std::abs(difference.mean) < kSecondsPerMinute)
    return with_interval(texts, difference, kMostDecimals_s, 1, "s");
  return with_interval(texts, difference, as.decimals, as.scale, unit_of_difference(as));
}

std::string value_text(const Texts& texts, double value, const Shown& as) {
  if (!std::isfinite(value)) return texts.at("terminal.no_number");
  const std::string number = grouped(texts, value * as.scale, as.decimals);
  return as.unit.empty() ? number : texts.fill("terminal.with_unit." + as.unit, {{"n", number}});
}

std::string finite(const Texts& texts, double value, int decimals = 0) {
  return std::isfinite(value) ? grouped(texts, value, decimals) : texts.at("terminal.no_number");
}

/// Past a million the number says no more.
std::string unpaired_text(const Texts& texts, double replications) {
  constexpr double kMost = 1e6;
  if (!(replications > kMost)) return finite(texts, replications);
  return texts.fill("terminal.targets.more_than", {{"n", grouped(texts, kMost)}});
}

std::string list_separator(const Texts& texts) { return texts.at("terminal.compare.separator"); }

/// What a planner asks first; the tables have the others.
constexpr std::string_view kShown[] = {"wait_joined_s", "service_level", "citizens_lost", "staffed_s"};

/// Those that differ in any replication.
std::string headlines_text(const Texts& texts, const ComparedRun& first, const ComparedRun& other) {
  TextTable table(texts, {"<quantity", ">first", ">this", ">difference", ">correlation", ">unpaired"});
  std::string same;
  for (const Headline& headline : headlines(first.scenario)) {
    if (std::find(std::begin(kShown), std::end(kShown), headline.quantity) == std::end(kShown)) continue;
    const Shown as = shown(texts, headline);
    const Series a = headline_series(first, headline), b = headline_series(other, headline);
    if (a == b) {
      same += (same.empty() ? "" : list_separator(texts)) + as.name;
      continue;
    }
    const PairedDifference paired = estimate_paired(a, b);
    table.add({as.name, value_text(texts, paired.a, as), value_text(texts, paired.b, as),
               difference_text(texts, paired.difference, as), finite(texts, paired.correlation, 3),
               unpaired_text(texts, paired.unpaired_replications)});
  }
  std::string text = table.text();
  if (!same.empty()) text += texts.fill("terminal.compare.same", {{"quantities", same}}) + '\n';
  return text;
}

std::string counts_text(const Texts& texts, const ChangedCounts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text += (text.empty() ? "" : list_separator(texts)) + grouped(texts, static_cast<double>(counts[i])) +
            ' ' + word(texts, to_string(static_cast<ChangeResult>(i)));
  }
  return text.empty() ? texts.at("terminal.compare.none") : text;
}

/// The stations whose wait becomes longer or shorter by most of those that are decided.
std::string most_changed_text(const Texts& texts, std::span<const Changed> all, const std::string& run,
                              ChangeResult result) {
  std::vector<Changed> changed(all.begin(), all.end());
  std::erase_if(changed, [&](const Changed& row) {
    return *row.run != run || row.result != result || row.key.level == "service" || row.key.level == "stream";
  });
  const std::size_t most = std::min<std::size_t>(3, changed.size());
  std::partial_sort(changed.begin(), changed.begin() + static_cast<std::ptrdiff_t>(most), changed.end(),
                    [](const Changed& a, const Changed& b) {
                      return std::abs(a.wait_joined_s.difference.mean) >
                             std::abs(b.wait_joined_s.difference.mean);
                    });
  std::string text;
  for (std::size_t i = 0; i < most; ++i) {
    text += (i == 0 ? "" : texts.at("list.semicolon")) + changed[i].key.id + ' ' +
            with_interval(texts, changed[i].wait_joined_s.difference, 2, 1 / kSecondsPerMinute, "min");
  }
  return text.empty() ? ""
                      : texts.fill("terminal.compare.most",
                                   {{"result", word(texts, to_string(result))}, {"stations", text}}) +
                            '\n';
}

/// The first headline, split over the changes.
std::string waterfall_text(const Texts& texts, const Waterfall& waterfall, const Scenario& scenario) {
  if (waterfall.changes.empty()) return texts.at("terminal.compare.no_change") + '\n';
  const std::vector<WaterfallStep> steps = split_difference(waterfall, scenario);
  const std::size_t changes = waterfall.changes.size();
  std::vector<double> parts;
  for (std::size_t i = 0; i < changes; ++i) parts.push_back(steps[i].part.mean);
  const double total = steps[changes].part.mean;
  if (!std::isfinite(total)) return "";
  Shown as = shown(texts, steps.front().headline);
  as.unit = unit_of_difference(as);
  const double unit = std::pow(0.1, as.decimals) / as.scale;
  const std::vector<double> rounded = rounded_parts(parts, total, unit);
  TextTable table(texts, {"<change", ">part", ">part_interval", ">shared", "<what"});
  const auto interval = [&](const Estimate& part) {
    return texts.fill("terminal.compare.interval",
                      {{"low", value_text(texts, part.low, as)}, {"high", value_text(texts, part.high, as)}});
  };
  for (std::size_t i = 0; i < changes; ++i) {
    const WaterfallStep& step = steps[i];
    table.add({change_name(waterfall.changes[i].name, texts), value_text(texts, rounded[i], as),
               interval(step.part), value_text(texts, step.in_reverse_order - step.in_written_order, as),
               waterfall.changes[i].text});
  }
  table.add({change_name("total", texts), value_text(texts, std::round(total / unit) * unit, as),
             interval(steps[changes].part), "", ""});
  return texts.fill("terminal.compare.by_change", {{"quantity", as.name}}) + '\n' + table.text();
}

std::string what_text(const Texts& texts, const Comparison& comparison) {
  const ComparedRun& first = comparison.runs.front();
  const Run& run = first.scenario.run;
  std::string time = texts.fill("terminal.with_unit.s", {{"n", grouped(texts, run.length_s)}});
  if (run.length_s <= 0) {
    time =
        texts.fill("terminal.compare.days", {{"days", grouped(texts, run.days)},
                                             {"start", date_text(texts, run.start)},
                                             {"gregorian", format_date(run.start, CalendarKind::gregorian)},
                                             {"warm_up", grouped(texts, run.warm_up_days)}});
  }
  return texts.fill("terminal.compare.what",
                    {{"time", time},
                     {"replications", grouped(texts, static_cast<double>(first.trials.size()))},
                     {"seed", std::to_string(run.seed)},
                     {"simulated", grouped(texts, static_cast<double>(comparison.simulated))},
                     {"runs", grouped(texts, static_cast<double>(comparison.runs.size()))}}) +
         '\n';
}

std::string reused_text(const Texts& texts, const ReusedWork& reused) {
  if (reused.scenarios == 0 || reused.station_days >= reused.all_station_days) return {};
  const auto number = [&](std::size_t count) { return grouped(texts, static_cast<double>(count)); };
  return texts.fill("terminal.compare.reused", {{"scenarios", number(reused.scenarios)},
                                                {"stations", number(reused.stations)},
                                                {"all_stations", number(reused.all_stations)},
                                                {"days", number(reused.station_days)},
                                                {"all_days", number(reused.all_station_days)}}) +
         '\n';
}

std::string ranking_text(const Texts& texts, std::span<const ComparedRun> runs) {
  TextTable table(texts, {"<quantity", "<best_first"});
  std::string quantity, line;
  const auto flush = [&] {
    if (!line.empty()) table.add({quantity, line});
    line.clear();
  };
  for (const Ranked& one : rank_runs(runs)) {
    const Shown as = shown(texts, one.headline);
    if (one.rank == 1) flush();
    quantity = as.name;
    const bool tied = one.rank > 1 && !(one.p_adjusted <= 0.05);
    line += (line.empty() ? "" : list_separator(texts)) + std::string(tied ? "~" : "") + *one.run + ' ' +
            value_text(texts, one.value, as);
  }
  flush();
  return '\n' + texts.at("terminal.compare.ranking") + '\n' + table.text();
}

std::string stations_text(const Texts& texts, const Comparison& comparison, const std::string& run) {
  const auto counts = [&](bool services) {
    return counts_text(texts, count_changed(comparison.changed, run, services));
  };
  return texts.fill("terminal.compare.stations", {{"counts", counts(false)}}) + '\n' +
         texts.fill("terminal.compare.services", {{"counts", counts(true)}}) + '\n' +
         most_changed_text(texts, comparison.changed, run, ChangeResult::worse) +
         most_changed_text(texts, comparison.changed, run, ChangeResult::better);
}

}  // namespace

std::string comparison_summary(const Texts& texts, const Comparison& comparison) {
  const ComparedRun& first = comparison.runs.front();
  const auto named = [&](const char* key, const ComparedRun& run) {
    return texts.fill(key, {{"title", printable(run.scenario.title)}, {"name", printable(run.name)}}) + '\n';
  };
  std::string text = named("terminal.compare.first", first) + what_text(texts, comparison) +
                     reused_text(texts, comparison.reused);
  for (const ComparedRun& other : comparison.runs.subspan(1)) {
    text += '\n' + named("terminal.compare.this", other) + headlines_text(texts, first, other) +
            stations_text(texts, comparison, other.name);
    for (const Waterfall& waterfall : comparison.waterfalls)
      if (waterfall.run == other.name) text += waterfall_text(texts, waterfall, first.scenario);
  }
  if (comparison.runs.size() > 2) text += ranking_text(texts, comparison.runs);
  return text + '\n' +
         texts.fill("terminal.compare.tables", {{"folder", printable(comparison.out.string())}}) + '\n';
}

std::string comparison_json(const Comparison& comparison) {
  nlohmann::ordered_json json = json_of_command("compare");
  json["out"] = comparison.out.string();
  json["replications"] = comparison.runs.front().trials.size();
  json["simulated"] = comparison.simulated;
  const ReusedWork& reused = comparison.reused;
  json["reused"] = {{"scenarios", reused.scenarios},
                    {"stations_simulated", reused.stations},
                    {"stations", reused.all_stations},
                    {"station_days_simulated", reused.station_days},
                    {"station_days", reused.all_station_days}};
  json["runs"] = nlohmann::ordered_json::array();
  for (const ComparedRun& run : comparison.runs) {
    nlohmann::ordered_json entry{{"name", run.name}, {"title", run.scenario.title}};
    if (&run != comparison.runs.data()) {
      for (const bool services : {false, true}) {
        const ChangedCounts counts = count_changed(comparison.changed, run.name, services);
        for (std::size_t i = 0; i < counts.size(); ++i)
          entry[services ? "services" : "stations"][to_string(static_cast<ChangeResult>(i))] = counts[i];
      }
    }
    json["runs"].push_back(std::move(entry));
  }
  json["tables"] = nlohmann::ordered_json::object();
  for (const Table& table : comparison.tables) json["tables"][table.header.name] = table.rows.size();
  json["differences"] = nlohmann::ordered_json::array();
  for (const Table& table : comparison.tables) {
    if (table.header.name == "waterfall" || table.header.name == "ranking")
      json[table.header.name] = rows_json(table);
    if (table.header.name != "differences") continue;
    const Cell all_cells = std::string("all"), whole = std::string("whole");
    Table all{table.header, {}};
    for (const Row& row : table.rows)
      if (row[1] == all_cells && row[4] == whole) all.rows.push_back(row);
    json["differences"] = rows_json(all);
  }
  return json_line(json);
}

}  // namespace pishkhan
