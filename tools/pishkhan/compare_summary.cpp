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

namespace pishkhan {
namespace {

/// How a quantity is shown.
struct Shown {
  std::string name;
  double scale;
  int decimals;
  std::string suffix;
};

Shown shown(const Headline& headline) {
  const std::string where = headline.channel == "all" ? "" : ", " + std::string(headline.channel);
  if (headline.quantity == "wait_joined_s") return {"wait of all who joined" + where, 1, 1, " s"};
  if (headline.quantity == "service_level") return {"service level", 100, 2, "%"};
  if (headline.quantity == "utilization") return {"utilization", 100, 2, "%"};
  if (headline.quantity == "citizens_lost") return {"citizens lost for good", 1, 1, ""};
  if (headline.quantity == "trips") return {"trips of a citizen", 1, 4, ""};
  if (headline.quantity == "arrived") return {"visits to stations", 1, 0, ""};
  if (headline.quantity == "staffed_s") return {"clerk hours on shift", 1 / kSecondsPerHour, 1, " h"};
  return {"overtime", 1 / kSecondsPerHour, 1, " h"};
}

std::string value_text(double value, const Shown& as) {
  return std::isfinite(value) ? grouped(value * as.scale, as.decimals) + as.suffix : "-";
}

/// What a planner asks first; the tables have the others.
constexpr std::string_view kShown[] = {"wait_joined_s", "service_level", "citizens_lost", "staffed_s"};

/// Those that differ in any replication.
std::string headlines_text(const ComparedRun& first, const ComparedRun& other) {
  TextTable table({"<quantity", ">first", ">this", ">difference", ">correlation", ">unpaired replications"});
  std::string same;
  for (const Headline& headline : headlines(first.scenario)) {
    if (std::find(std::begin(kShown), std::end(kShown), headline.quantity) == std::end(kShown)) continue;
    const Shown as = shown(headline);
    const Series a = headline_series(first, headline), b = headline_series(other, headline);
    if (a == b) {
      same += (same.empty() ? "" : ", ") + as.name;
      continue;
    }
    const PairedDifference paired = estimate_paired(a.sums(), b.sums());
    table.add({as.name, value_text(paired.a, as), value_text(paired.b, as),
               with_interval(paired.difference, as.decimals, as.scale, as.suffix),
               std::isfinite(paired.correlation) ? grouped(paired.correlation, 3) : "-",
               std::isfinite(paired.unpaired_replications) ? grouped(paired.unpaired_replications) : "-"});
  }
  std::string text = table.text();
  if (!same.empty()) text += "  the same in every replication: " + same + '\n';
  return text;
}

std::string counts_text(const ChangedCounts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text += (text.empty() ? "" : ", ") + grouped(static_cast<double>(counts[i])) + ' ' +
            std::string(to_string(static_cast<ChangeResult>(i)));
  }
  return text.empty() ? "none has visits" : text;
}

/// The stations whose wait becomes longer or shorter by most of those that are decided.
std::string most_changed_text(std::span<const Changed> all, const std::string& run, ChangeResult result) {
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
    text += (i == 0 ? "" : "; ") + changed[i].key.id + ' ' +
            with_interval(changed[i].wait_joined_s.difference, 1, 1, " s");
  }
  return text.empty() ? "" : "  most " + std::string(to_string(result)) + ": " + text + '\n';
}

/// Rounded so that they sum to the rounded total: the largest remainders are rounded up.
std::vector<double> rounded_parts(const std::vector<double>& parts, double total, double unit) {
  std::vector<double> rounded;
  std::vector<std::size_t> order;
  double left = std::round(total / unit);
  for (const double part : parts) {
    rounded.push_back(std::floor(part / unit));
    left -= rounded.back();
    order.push_back(order.size());
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return parts[a] / unit - rounded[a] > parts[b] / unit - rounded[b];
  });
  for (std::size_t i = 0; i < order.size() && static_cast<double>(i) < left; ++i) ++rounded[order[i]];
  for (double& part : rounded) part *= unit;
  return rounded;
}

/// The first headline, split over the changes.
std::string waterfall_text(const Waterfall& waterfall, const Scenario& scenario) {
  if (waterfall.changes.empty()) return "  the scenarios differ in nothing that changes what happens\n";
  const std::vector<WaterfallStep> steps = split_difference(waterfall, scenario);
  const std::size_t changes = waterfall.changes.size();
  std::vector<double> parts;
  for (std::size_t i = 0; i < changes; ++i) parts.push_back(steps[i].part.mean);
  const double total = steps[changes].part.mean;
  if (!std::isfinite(total)) return "";
  const Shown as = shown(steps.front().headline);
  const double unit = std::pow(0.1, as.decimals);
  const std::vector<double> rounded = rounded_parts(parts, total, unit);
  TextTable table({"<" + as.name + " by change", ">part", ">95% interval", ">shared", "<what"});
  for (std::size_t i = 0; i < changes; ++i) {
    const WaterfallStep& step = steps[i];
    table.add({waterfall.changes[i].name, value_text(rounded[i], as),
               value_text(step.part.low, as) + " to " + value_text(step.part.high, as),
               value_text(step.in_reverse_order - step.in_written_order, as), waterfall.changes[i].text});
  }
  table.add({"total", value_text(std::round(total / unit) * unit, as),
             value_text(steps[changes].part.low, as) + " to " + value_text(steps[changes].part.high, as), "",
             ""});
  return table.text();
}

std::string what_text(const Comparison& comparison) {
  const ComparedRun& first = comparison.runs.front();
  const Run& run = first.scenario.run;
  std::string time = grouped(run.length_s) + " s";
  if (run.length_s <= 0) {
    time = grouped(run.days) + " days from " + format_date(run.start, CalendarKind::solar_hijri) + " (" +
           format_date(run.start, CalendarKind::gregorian) + "), warm-up " + grouped(run.warm_up_days);
  }
  return time + "; " + grouped(static_cast<double>(first.trials.size())) + " replications, paired; seed " +
         std::to_string(run.seed) + "; " + grouped(static_cast<double>(comparison.simulated)) + " of " +
         grouped(static_cast<double>(comparison.runs.size())) + " runs simulated\n";
}

std::string ranking_text(std::span<const ComparedRun> runs) {
  TextTable table({"<quantity", "<best first; ~ cannot be told from the best"});
  std::string quantity, line;
  const auto flush = [&] {
    if (!line.empty()) table.add({quantity, line});
    line.clear();
  };
  for (const Ranked& one : rank_runs(runs)) {
    const Shown as = shown(one.headline);
    if (one.rank == 1) flush();
    quantity = as.name;
    const bool tied = one.rank > 1 && !(one.p_adjusted <= 0.05);
    line += (line.empty() ? "" : ", ") + std::string(tied ? "~" : "") + *one.run + ' ' +
            value_text(one.value, as);
  }
  flush();
  return "\nRanking:\n" + table.text();
}

}  // namespace

std::string comparison_summary(const Comparison& comparison) {
  const ComparedRun& first = comparison.runs.front();
  std::string text = "First: " + printable(first.scenario.title) + " (" + printable(first.name) + ")\n  " +
                     what_text(comparison);
  for (const ComparedRun& other : comparison.runs.subspan(1)) {
    text += "\nThis: " + printable(other.scenario.title) + " (" + printable(other.name) +
            "), less the first, with 95% intervals\n" + headlines_text(first, other);
    text += "  stations: " + counts_text(count_changed(comparison.changed, other.name, false)) +
            " (of those called better or worse at most 5% are not)\n";
    text +=
        "  services by channel: " + counts_text(count_changed(comparison.changed, other.name, true)) + '\n';
    text += most_changed_text(comparison.changed, other.name, ChangeResult::worse) +
            most_changed_text(comparison.changed, other.name, ChangeResult::better);
    for (const Waterfall& waterfall : comparison.waterfalls)
      if (waterfall.run == other.name) text += waterfall_text(waterfall, first.scenario);
  }
  if (comparison.runs.size() > 2) text += ranking_text(comparison.runs);
  return text + "\nTables: " + printable(comparison.out.string()) + '\n';
}

std::string comparison_json(const Comparison& comparison) {
  nlohmann::ordered_json json;
  json["out"] = comparison.out.string();
  json["replications"] = comparison.runs.front().trials.size();
  json["simulated"] = comparison.simulated;
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
