#include "tools/page/decision_data.hpp"

#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <vector>

#include "tools/page/data_columns.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::initializer_list<const char*>;

/// What of a table the page shows.
struct Columns {
  const char* id;   ///< column of the station that a row is about
  Names texts;      ///< as they stand there
  Names numbers;    ///< as short_number
  Names estimates;  ///< with their intervals
};

/// Whole, or of what the search expected as many digits as say something.
std::string short_number(double value) {
  constexpr double kMany = 100;
  if (value == std::round(value)) return rounded(value, 0);
  return rounded(value, std::abs(value) >= kMany ? 0 : 1);
}

void add_names(const NamesAndPlaces::Names& names, const std::string& id, const std::string& as, Json& text) {
  const auto found = names.find(id);
  text[as + "_fa"].push_back(found == names.end() ? "" : found->second.first);
  text[as + "_en"].push_back(found == names.end() ? "" : found->second.second);
}

Json table_json(const DecisionRecord& record, const TableView& table, const Columns& columns) {
  Json json{{"rows", table.rows()}, {"text", Json::object()}, {"estimate", Json::object()}};
  Json& text = json["text"];
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (columns.id != nullptr) {
      const std::string id = table.text(row, columns.id);
      text["id"].push_back(id);
      add_names(record.stations, id, "name", text);
    }
    if (table.find("service")) add_names(record.services, table.text(row, "service"), "service", text);
    if (table.find("agency")) add_names(record.agencies, table.text(row, "agency"), "agency", text);
    for (const char* column : columns.texts) text[column].push_back(table.text(row, column));
    for (const char* column : columns.numbers) {
      const auto number = table.number(row, column);
      text[column].push_back(number ? short_number(*number) : "");
    }
  }
  for (const char* quantity : columns.estimates) {
    json["estimate"][quantity] =
        estimate_json(table.rows(), [&](std::size_t row) { return table.estimate(row, quantity); });
  }
  return json;
}

/// `more`, `fewer` or `same`, by the clerks that a station gets.
void add_changes_of_clerks(const TableView& table, Json& json) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double now = table.number(row, "clerks_now").value_or(0),
                 placed = table.number(row, "clerks_placed").value_or(0);
    json["text"]["change"].push_back(placed > now ? "more" : placed < now ? "fewer" : "same");
  }
}

/// `more` for the offices that open or get services, else `same`.
void add_changes(const TableView& table, bool (*gets)(const TableView&, std::size_t), Json& json) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    json["text"]["change"].push_back(gets(table, row) ? "more" : "same");
}

/// Tables by the names that the script knows them by.
Json tables_json(const DecisionSource& source) {
  const DecisionRecord& record = source.record;
  Json tables = Json::object();
  const auto add = [&](const char* name, const Columns& columns) {
    if (const auto table = find_table(source, name); table && table->rows() > 0)
      tables[name] = table_json(record, *table, columns);
  };
  add("placement", {"station",
                    {"pool"},
                    {"clerks_now", "clerks_placed"},
                    {"saved_h", "wait_now_h", "wait_placed_h", "unserved_now", "unserved_placed"}});
  if (tables.contains("placement"))
    add_changes_of_clerks(*find_table(source, "placement"), tables["placement"]);
  add("placement_curve", {"station", {"placed"}, {"clerks", "wait_h", "unserved"}, {}});
  add("placement_budget", {nullptr, {}, {"clerks", "saved_in_search_h"}, {}});
  add("siting",
      {"office", {"place", "county", "kind", "opens"}, {"clerks", "rank", "alone_travel_h"}, {"visits"}});
  if (tables.contains("siting")) {
    add_changes(
        *find_table(source, "siting"),
        [](const TableView& table, std::size_t row) { return table.text(row, "opens") == "yes"; },
        tables["siting"]);
  }
  add("siting_sets",
      {nullptr, {"offices", "chosen"}, {"set", "expected_travel_h"}, {"travel_h", "wait_h", "saved_h"}});
  add("authorisations", {"office",
                         {"service", "agency", "county", "kind"},
                         {"expected_travel_h", "expected_travel_km"},
                         {"citizens", "clerk_h"}});
  add("authorised_offices", {"office",
                             {"county", "kind"},
                             {"authorisations", "targets", "missed_before", "missed_after"},
                             {"utilization_before", "utilization_after", "service_level_before",
                              "service_level_after", "service_level_more"}});
  if (tables.contains("authorised_offices")) {
    add_changes(
        *find_table(source, "authorised_offices"),
        [](const TableView& table, std::size_t row) {
          return table.number(row, "authorisations").value_or(0) > 0;
        },
        tables["authorised_offices"]);
  }
  return tables;
}

/// The dots of the table that the map is of, one a row.
Json map_of(const DecisionRecord& record, const Json& tables) {
  for (const char* name : {"placement", "siting", "authorised_offices"}) {
    if (tables.contains(name))
      return record.map_json(tables[name]["text"]["id"].get<std::vector<std::string>>());
  }
  return nullptr;
}

}  // namespace

std::string decision_data(const DecisionSource& source) {
  const DecisionRecord& record = source.record;
  Json tables = tables_json(source);
  Json data = record.page_json(PageOf::decision, "decision", {{"form", to_string(record.form)}});
  data["map"] = map_of(record, tables);
  data["tables"] = std::move(tables);
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pishkhan::page
