#include "tools/page/plan_data.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tools/page/data_columns.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

/// The names of what a row is about, as `name_fa` and `name_en`; its id as `id`.
void add_names(const NamesAndPlaces::Names& names, const std::string& id, Json& text) {
  const auto found = names.find(id);
  text["id"].push_back(id);
  text["name_fa"].push_back(found == names.end() ? "" : found->second.first);
  text["name_en"].push_back(found == names.end() ? "" : found->second.second);
}

void add_number(const TableView& table, std::size_t row, const char* column, int decimals, Json& text) {
  const auto number = table.number(row, column);
  text[column].push_back(number ? rounded(*number, decimals) : "");
}

Json services_json(const TableView& table, const PlanRecord& record) {
  Json json{{"rows", table.rows()}, {"text", Json::object()}};
  Json& text = json["text"];
  for (std::size_t row = 0; row < table.rows(); ++row) {
    add_names(record.services, table.text(row, "service"), text);
    const auto agency = record.agencies.find(table.text(row, "agency"));
    text["agency_fa"].push_back(agency == record.agencies.end() ? "" : agency->second.first);
    text["agency_en"].push_back(agency == record.agencies.end() ? "" : agency->second.second);
    for (const char* column : {"wave", "starts"}) text[column].push_back(table.text(row, column));
    for (const char* column : {"citizens", "citizens_at_once", "gain", "cost_clerk_h"})
      add_number(table, row, column, 0, text);
  }
  return json;
}

/// As in `plan_offices`; of those kept, `clerks` where the waves add some.
std::string state_of(const TableView& table, std::size_t row) {
  const std::string state = table.text(row, "state");
  return state == "kept" && table.number(row, "clerks_added").value_or(0) > 0 ? "clerks" : state;
}

Json offices_json(const TableView& table, const PlanRecord& record) {
  Json json{{"rows", table.rows()}, {"text", Json::object()}, {"estimate", Json::object()}};
  Json& text = json["text"];
  for (std::size_t row = 0; row < table.rows(); ++row) {
    add_names(record.stations, table.text(row, "station"), text);
    text["state"].push_back(state_of(table, row));
    for (const char* column : {"target", "month", "clerks_by_wave"})
      text[column].push_back(table.text(row, column));
    for (const char* column : {"months_missed_before", "clerks_added", "work_h", "most_work_h"})
      add_number(table, row, column, 0, text);
    const auto goal = table.number(row, "goal");
    text["goal"].push_back(goal ? rounded(100 * *goal) : "");
    const auto let_off = table.number(row, "let_off_in_time");
    text["let_off_in_time"].push_back(let_off ? rounded(100 * *let_off, 1) : "");
  }
  json["estimate"]["in_time"] =
      estimate_json(table.rows(), [&](std::size_t row) { return table.estimate(row, "in_time"); });
  return json;
}

/// Before rounding, so that it is the sum that others print.
double sum_of_wave(const PlanSource& source, const std::string& wave, const char* column) {
  const auto table = find_table(source, "plan");
  double sum = 0;
  for (std::size_t row = 0; table && row < table->rows(); ++row)
    if (table->text(row, "wave") == wave) sum += table->number(row, column).value_or(0);
  return sum;
}

Json plan_frontier_json(const TableView& table) {
  Json json{{"rows", table.rows()}, {"text", Json::object()}};
  Json& text = json["text"];
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (const char* column : {"clerks", "services", "gain"}) add_number(table, row, column, 0, text);
    const auto share = table.number(row, "moved_share");
    text["moved_share"].push_back(share ? rounded(100 * *share, 2) : "");
    text["known_by"].push_back(table.text(row, "known_by"));
  }
  return json;
}

}  // namespace

std::string plan_data(const PlanSource& source) {
  const PlanRecord& record = source.record;
  Json waves = Json::array();
  for (const PlanRecord::Wave& wave : record.waves) {
    Json& json = waves.emplace_back(Json{{"id", wave.id}, {"starts", wave.starts}});
    for (const char* column : {"citizens", "cost_clerk_h"})
      json[column] = rounded(sum_of_wave(source, wave.id, column), 0);
  }
  Json data = record.page_json(PageOf::plan, "plan", {{"waves", waves}, {"gains_time", record.gains_time}});
  if (const auto table = find_table(source, "plan")) data["tables"]["plan"] = services_json(*table, record);
  if (const auto table = find_table(source, "plan_offices"); table && table->rows() > 0) {
    data["tables"]["plan_offices"] = offices_json(*table, record);
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < table->rows(); ++row) ids.push_back(table->text(row, "station"));
    data["map"] = record.map_json(ids);
  }
  if (const auto table = find_table(source, "plan_frontier"); table && table->rows() > 0)
    data["tables"]["plan_frontier"] = plan_frontier_json(*table);
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pishkhan::page
