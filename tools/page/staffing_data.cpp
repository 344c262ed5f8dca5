#include "tools/page/staffing_data.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/time.hpp"
#include "tools/page/data_columns.hpp"
#include "tools/page/table_view.hpp"
#include "tools/report/printed.hpp"
#include "tools/texts/numbers.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;

/// An estimate of a row in the row's unit; empty digits where there is none.
PrintedEstimate printed_in_unit(const TableView& table, std::size_t row, const std::string& quantity,
                                const Shown& shown) {
  const auto mean = table.number(row, quantity + "_mean"), low = table.number(row, quantity + "_low"),
             high = table.number(row, quantity + "_high");
  if (!mean || !low || !high) return {};
  return print_estimate(*mean, *low, *high, false, shown);
}

/// What becomes of a station's clerks: `more`, `fewer` or `same`; `open` and `cannot` where that is not
/// proven or not possible; `none` where there is nothing to choose.
std::string change_of(const std::string& proof, double now, double needed) {
  if (proof == "unattainable") return "cannot";
  if (proof == "undecided") return "open";
  if (proof == "nobody_comes" || proof == "not_varied") return "none";
  return needed > now ? "more" : needed < now ? "fewer" : "same";
}

int whole(const TableView& table, std::size_t row, const char* column) {
  return static_cast<int>(table.number(row, column).value_or(0));
}

Json stations_json(const TableView& table) {
  Json json{{"rows", table.rows()}, {"text", Json::object()}};
  Json& text = json["text"];
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (const char* column : {"name_fa", "name_en", "county", "proof", "target", "period", "groups"})
      text[column].push_back(table.text(row, column));
    const int now = whole(table, row, "clerks_now"), needed = whole(table, row, "clerks_needed");
    text["id"].push_back(table.text(row, "station"));
    for (const char* column : {"assumptions_met", "assumptions"}) {
      const auto points = table.number(row, column);
      text[column].push_back(points ? rounded(*points) : "");
    }
    // Numbers by hour, shift or pattern do not add up to clerks, so their paid hours are compared.
    const bool by_slots = !table.text(row, "slots").empty();
    const double hours_now = table.number(row, "paid_hours_now").value_or(0),
                 hours_needed = table.number(row, "paid_hours_needed").value_or(0);
    text["change"].push_back(by_slots ? change_of(table.text(row, "proof"), hours_now, hours_needed)
                                      : change_of(table.text(row, "proof"), now, needed));
    text["slots"].push_back(table.text(row, "slots"));
    text["hours_now"].push_back(rounded(hours_now, 1));
    text["hours_needed"].push_back(rounded(hours_needed, 1));
    text["now"].push_back(std::to_string(now));
    text["needed"].push_back(std::to_string(needed));
    const Shown shown = shown_as("", table.text(row, "unit"));
    const auto goal = table.number(row, "goal");
    text["unit"].push_back(goal ? shown.unit : "");
    text["goal"].push_back(goal ? rounded(*goal * shown.factor) : "");
    for (const char* quantity : {"value", "fewer"}) {
      const PrintedEstimate printed = printed_in_unit(table, row, quantity, shown);
      text[std::string(quantity) + "_m"].push_back(printed.mean);
      text[std::string(quantity) + "_l"].push_back(printed.low);
      text[std::string(quantity) + "_u"].push_back(printed.high);
    }
  }
  return json;
}

Json curves_json(const TableView& table) {
  Json json{{"rows", table.rows()}, {"text", Json::object()}, {"estimate", Json::object()}};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    json["text"]["station"].push_back(table.text(row, "station"));
    json["text"]["groups"].push_back(table.text(row, "groups"));
    json["text"]["meets"].push_back(table.text(row, "meets"));
    json["text"]["clerks"].push_back(std::to_string(whole(table, row, "clerks")));
  }
  for (const char* quantity : {"service_level", "wait_joined_s"}) {
    json["estimate"][quantity] =
        estimate_json(table.rows(), [&](std::size_t row) { return table.estimate(row, quantity); });
  }
  return json;
}

/// Whether a station has a number of clerks for each hour, shift or pattern.
bool has_slots(const StaffingSource& source) {
  const auto table = find_table(source, "staffing");
  for (std::size_t row = 0; table && row < table->rows(); ++row)
    if (!table->text(row, "slots").empty()) return true;
  return false;
}

/// As tokens: `clerks`, `share` (per cent), `wait` (minutes), `station` (id) and its number of clerks.
Json frontier_json(const TableView& table) {
  Tokens clerks, share, wait, station, station_clerks;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    clerks.add(std::to_string(whole(table, row, "clerks")));
    share.add(rounded(100 * table.number(row, "service_level").value_or(0)));
    wait.add(rounded(table.number(row, "wait_joined_s").value_or(0) / kSecondsPerMinute));
    station.add(table.text(row, "station"));
    station_clerks.add(std::to_string(whole(table, row, "station_clerks")));
  }
  return {{"clerks", clerks.text},
          {"share", share.text},
          {"wait", wait.text},
          {"station", station.text},
          {"station_clerks", station_clerks.text}};
}

}  // namespace

std::string staffing_data(const StaffingSource& source) {
  const StaffingRecord& record = source.record;
  Json data = record.page_json(PageOf::staffing, "staffing", {{"frontier", nullptr}},
                               {{"within_min", rounded(record.service_level_s / kSecondsPerMinute)}});
  if (const auto table = find_table(source, "staffing")) {
    data["tables"]["staffing"] = stations_json(*table);
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < table->rows(); ++row) ids.push_back(table->text(row, "station"));
    data["map"] = record.map_json(ids);
  }
  // By hour, shift or roster what the search tried are no numbers of clerks that one curve could be over.
  if (const auto table = find_table(source, "staffing_curve");
      table && table->rows() > 0 && !has_slots(source))
    data["tables"]["staffing_curve"] = curves_json(*table);
  if (const auto table = find_table(source, "staffing_frontier"); table && table->rows() > 1)
    data["staffing"]["frontier"] = frontier_json(*table);
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pishkhan::page
