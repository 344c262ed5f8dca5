#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tools/page/comparison_parts.hpp"
#include "tools/page/data_columns.hpp"
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

Json waterfall_json(const ComparisonSource& source, const std::string& run) {
  Json all = Json::array();
  for (const PrintedSplit& split : printed_splits(source, run)) {
    Json steps = Json::array();
    for (const PrintedStep& step : split.steps) {
      steps.push_back({{"change", step.change},
                       {"text", step.text},
                       {"m", step.mean},
                       {"l", or_none(step.low)},
                       {"u", or_none(step.high)},
                       {"written", or_none(step.written)},
                       {"reverse", or_none(step.reverse)},
                       {"shared", or_none(step.shared)}});
    }
    all.push_back({{"quantity", split.quantity},
                   {"channel", split.channel},
                   {"unit", split.unit},
                   {"of_difference", split.of_difference},
                   {"steps", std::move(steps)}});
  }
  return all;
}

Json ranking_json(const ComparisonSource& source) {
  Json rows = Json::array();
  for (const PrintedRank& one : printed_ranking(source)) {
    Json entry{{"quantity", one.quantity},
               {"channel", one.channel},
               {"rank", one.rank},
               {"run", one.run},
               {"value", or_none(one.printed.a)},
               {"unit", one.printed.unit},
               {"of_difference", one.printed.difference.unit}};
    add_interval(one.printed.difference, entry);
    entry["tied"] = one.is_tied;
    rows.push_back(std::move(entry));
  }
  return rows;
}

std::string verdict_key(std::string verdict) {
  std::replace(verdict.begin(), verdict.end(), ' ', '_');
  return verdict == "at_the_target" ? "at_target" : verdict;
}

Json pairs_json(const TableView& table, const std::vector<std::size_t>& rows, Json& text,
                const std::string& quantity, const std::string& unit, const std::string& name) {
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
  std::vector<std::size_t> rows;
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
            {"names", record.names_json()},
            {"tables", Json::object()},
            {"comparison", std::move(comparison)},
            {"map", nullptr},
            {"office_week", nullptr},
            {"county_week", nullptr},
            {"texts", texts_json(PageOf::comparison)}};
  if (const auto changed = find_table(source, "changed")) {
    for (const bool services : {false, true}) {
      Json table = changed_json(*changed, services);
      if (!services && !table.is_null())
        data["map"] = record.map_json(table["text"]["id"].get<std::vector<std::string>>());
      if (!table.is_null()) data["tables"][services ? "changed_services" : "changed"] = std::move(table);
    }
  }
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pishkhan::page
