#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tools/page/comparison_parts.hpp"
#include "tools/page/data_columns.hpp"
#include "tools/report/waterfall_table.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

void add_interval(const PrintedEstimate& printed, Json& entry) {
  if (printed.mean.empty()) return;
  entry["m"] = printed.mean;
  entry["l"] = printed.low;
  entry["u"] = printed.high;
}

Json or_none(const std::string& digits) { return digits.empty() ? Json() : Json(digits); }

Json headlines_json(const ComparisonSource& source, const std::string& run) {
  Json rows = Json::array();
  for (const HeadlineDifference& one : headline_differences(source, run)) {
    const PrintedPair& pair = one.printed;
    Json entry{{"quantity", one.quantity}, {"channel", one.channel}, {"unit", pair.unit},
               {"a", or_none(pair.a)},     {"b", or_none(pair.b)},   {"of_difference", pair.difference.unit}};
    add_interval(pair.difference, entry);
    if (one.unpaired_replications) entry["unpaired"] = rounded(*one.unpaired_replications, 0);
    rows.push_back(std::move(entry));
  }
  return rows;
}

/// The rows of one run and quantity: the changes, and last the total.
using Steps = std::vector<std::size_t>;

/// Rounded alike, and so that the parts sum to the total.
Json steps_json(const TableView& table, const Steps& steps, const Shown& shown) {
  const std::size_t total = steps.back();
  const double low = table.number(total, "part_low").value_or(kNan),
               high = table.number(total, "part_high").value_or(kNan);
  const int decimals = decimals_of((high - low) / 2 * shown.factor);
  const double unit = std::pow(10.0, -decimals);
  std::vector<double> parts;
  for (const std::size_t row : steps)
    if (row != total) parts.push_back(table.number(row, "part_mean").value_or(0) * shown.factor);
  const double whole = table.number(total, "part_mean").value_or(0) * shown.factor;
  std::vector<double> means = rounded_parts(parts, whole, unit);
  means.push_back(std::round(whole / unit) * unit);
  Json rows = Json::array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto digits = [&](const char* column) {
      const auto value = table.number(steps[i], column);
      return value ? Json(rounded(*value * shown.factor, decimals)) : Json();
    };
    rows.push_back({{"change", table.text(steps[i], "change")},
                    {"text", table.text(steps[i], "text")},
                    {"m", rounded(means[i], decimals)},
                    {"l", digits("part_low")},
                    {"u", digits("part_high")},
                    {"written", digits("in_written_order")},
                    {"reverse", digits("in_reverse_order")},
                    {"shared", digits("shared")}});
  }
  return rows;
}

Json waterfall_json(const ComparisonSource& source, const std::string& run) {
  const auto table = find_table(source, "waterfall");
  Json all = Json::array();
  Steps steps;
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    if (table->text(row, "run") != run) continue;
    steps.push_back(row);
    if (table->text(row, "change") != "total") continue;
    const std::string quantity = table->text(row, "quantity");
    const Shown shown = shown_as(quantity, table->text(row, "unit"));
    if (table->number(row, "part_mean")) {
      all.push_back({{"quantity", quantity},
                     {"channel", table->text(row, "channel")},
                     {"unit", shown.unit},
                     {"of_difference", shown.unit == "percent" ? "points" : shown.unit},
                     {"steps", steps_json(*table, steps, shown)}});
    }
    steps.clear();
  }
  return all;
}

Json ranking_json(const ComparisonSource& source) {
  const auto table = find_table(source, "ranking");
  Json rows = Json::array();
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    const std::string quantity = table->text(row, "quantity");
    const PrintedPair pair =
        print_pair(*table, row, quantity, table->text(row, "unit"), "value", "value", "to_best");
    Json entry{{"quantity", quantity},
               {"channel", table->text(row, "channel")},
               {"rank", table->number(row, "rank").value_or(0)},
               {"run", table->text(row, "run")},
               {"value", or_none(pair.a)},
               {"unit", pair.unit},
               {"of_difference", pair.difference.unit}};
    add_interval(pair.difference, entry);
    const auto p = table->number(row, "p_adjusted");
    entry["tied"] = entry["rank"] != 1 && !(p && *p <= 0.05);
    rows.push_back(std::move(entry));
  }
  return rows;
}

std::string verdict_key(std::string verdict) {
  std::replace(verdict.begin(), verdict.end(), ' ', '_');
  return verdict == "at_the_target" ? "at_target" : verdict;
}

Json pairs_json(const TableView& table, const Steps& rows, Json& text, const std::string& quantity,
                const std::string& unit, const std::string& name) {
  std::vector<PrintedPair> pairs;
  pairs.reserve(rows.size());
  for (const std::size_t row : rows) {
    pairs.push_back(print_pair(table, row, quantity, unit, name + "_a" + (unit == "s" ? "_s" : ""),
                               name + "_b" + (unit == "s" ? "_s" : ""),
                               name + "_difference" + (unit == "s" ? "_s" : "")));
    text[name + "_a"].push_back(pairs.back().a);
    text[name + "_b"].push_back(pairs.back().b);
  }
  return estimate_json(rows.size(), [&](std::size_t row) { return pairs[row].difference; });
}

/// The stations, or the services, of all runs.
Json changed_json(const TableView& table, bool services) {
  Steps rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string level = table.text(row, "level");
    if ((level == "service" || level == "stream") == services) rows.push_back(row);
  }
  if (rows.empty()) return nullptr;
  Json json{{"rows", rows.size()}, {"text", Json::object()}};
  for (const char* column : {"run", "level", "id", "channel", "name_fa", "name_en", "county", "result"})
    for (const std::size_t row : rows) json["text"][column].push_back(table.text(row, column));
  for (const char* column : {"verdict_a", "verdict_b"})
    for (const std::size_t row : rows) json["text"][column].push_back(verdict_key(table.text(row, column)));
  json["estimate"]["wait_joined_difference_s"] =
      pairs_json(table, rows, json["text"], "wait_joined_s", "s", "wait_joined");
  json["estimate"]["service_level_difference"] =
      pairs_json(table, rows, json["text"], "service_level", "share", "service_level");
  return json;
}

Json names_json(const ComparisonRecord& record) {
  Json counties = Json::object();
  for (const auto& [id, names] : record.counties) counties[id] = {names.first, names.second};
  return {{"counties", std::move(counties)}, {"agencies", Json::object()}};
}

}  // namespace

std::string comparison_data(const ComparisonSource& source) {
  const ComparisonRecord& record = source.record;
  Json comparison{{"runs", Json::array()},
                  {"quantities", headline_quantities()},
                  {"headlines", Json::object()},
                  {"waterfall", Json::object()},
                  {"ranking", ranking_json(source)}};
  for (const auto& [name, title] : record.runs) {
    comparison["runs"].push_back({{"name", name}, {"title", title}});
    if (name == record.runs.front().first) continue;
    comparison["headlines"][name] = headlines_json(source, name);
    comparison["waterfall"][name] = waterfall_json(source, name);
  }
  Json data{{"run",
             {{"title", title_of(record)},
              {"version", record.version},
              {"replications", record.replications},
              {"judged", Json::object()},
              {"notices", {{"fa", Json::array()}, {"en", Json::array()}}},
              {"migrations", Json::array()}}},
            {"names", names_json(record)},
            {"tables", Json::object()},
            {"comparison", std::move(comparison)},
            {"map", nullptr},
            {"office_week", nullptr},
            {"county_week", nullptr},
            {"texts", texts_json(true)}};
  if (const auto changed = find_table(source, "changed")) {
    for (const bool services : {false, true}) {
      Json table = changed_json(*changed, services);
      if (!table.is_null()) data["tables"][services ? "changed_services" : "changed"] = std::move(table);
    }
  }
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pishkhan::page
