#include "tools/page/page_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "models/province/calendar.hpp"
#include "tools/page/data_columns.hpp"
#include "tools/page/input_data.hpp"
#include "tools/page/map_data.hpp"
#include "tools/page/observed_data.hpp"
#include "tools/page/table_view.hpp"
#include "tools/page/target_words.hpp"
#include "tools/page/week_hours.hpp"
#include "tools/texts/notices.hpp"
#include "tools/texts/numbers.hpp"
#include "tools/texts/texts.hpp"

namespace pishkhan::page {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::vector<std::string>;

const Names kOfStations = {"arrived",     "in_time",      "service_level", "wait_s",     "abandoned_share",
                           "utilization", "queue_length", "queue_p95",     "wait_p90_s", "missed_days_share"};
const Names kOfGroups = {"arrived", "service_level", "wait_s", "abandoned_share", "utilization"};

std::vector<ShownTable> make_shown_tables() {
  return {
      {"offices", {"office", "name_fa", "name_en", "kind", "place", "county", "rank", "clerks"}, kOfStations},
      {"counters", {"counter", "agency", "county", "clerks"}, kOfStations},
      {"stations", {"station", "name_fa", "name_en", "clerks"}, kOfStations},
      {"streams",
       {"station", "stream", "name_fa", "name_en"},
       {"arrived", "service_level", "wait_s", "abandoned_share"}},
      {"counties", {"county", "name_fa", "name_en", "channel", "stations"}, kOfGroups},
      {"channels",
       {"channel"},
       {"citizens_created", "citizens_completed", "citizens_lost", "lost_share", "trips", "completion_d",
        "arrived", "served", "abandoned", "balked", "sent_away", "failed", "service_level", "wait_s",
        "utilization", "staffed_s"}},
      {"classes",
       {"class", "channel", "priority"},
       {"arrived", "service_level", "wait_s", "abandoned_share"}},
      {"agencies",
       {"agency", "name_fa", "name_en", "channel"},
       {"arrived", "service_level", "wait_s", "abandoned_share", "handling_s", "utilization"}},
      {"services",
       {"service", "name_fa", "name_en", "agency", "channel"},
       {"citizens_created", "arrived", "service_level", "wait_s", "trips", "lost_share"}},
      {"hours", {"channel", "kind", "hour"}, {"arrived", "service_level", "wait_s", "utilization"}},
      {"days",
       {"day", "date_solar_hijri", "date_gregorian", "weekday", "warm_up", "channel"},
       {"arrived", "service_level", "wait_s"}},
      {"channel_periods",
       {"channel", "period", "date_solar_hijri", "date_gregorian", "days"},
       {"arrived", "service_level", "wait_s", "utilization"}},
      {"county_travel",
       {"county", "name_fa", "name_en", "kind", "channel"},
       {"arrived", "distance_km", "travel_min", "beyond_20_km_share", "out_of_county_share", "travel_h"}},
      {"office_money",
       {"office", "name_fa", "name_en", "kind", "county", "covers_expenses"},
       {"income_rial", "expenses_rial", "balance_rial"}},
      {"channel_money",
       {"channel"},
       {"given", "tariff_rial", "unknown_tariff_share", "expenses_rial", "travel_rial", "time_rial",
        "total_rial", "total_rial_per_given"}},
      {"county_money",
       {"county", "name_fa", "name_en"},
       {"arrived", "travel_h", "wait_h", "handling_h", "travel_rial", "time_rial", "tariff_rial",
        "citizens_rial", "citizens_rial_per_visit"}},
      {"closed_offices",
       {"office", "name_fa", "name_en", "station", "channel"},
       {"citizens", "distance_before_km", "distance_km", "extra_km"}},
      {"appointments",
       {"item", "station", "channel"},
       {"wanted", "booked", "without_slot", "days_to_slot", "offered", "used", "no_shows", "unfilled",
        "booked_wait_s", "walk_in_wait_s"}},
      {"changes", {"verb", "item", "quantity", "unit", "asked", "reached", "counted_days", "why"}, {}},
      {"agency_systems",
       {"agency", "name_fa", "name_en", "cores"},
       {"transactions", "load_open", "response_s", "transaction_s", "transaction_p99_s", "down_h"}},
      {"links", {"link", "links"}, {"transfers", "transfer_s", "busy_share", "down_share"}},
      {"lost_clerk_hours", {"agency", "cause"}, {"lost_clerk_h", "in_vain_h"}},
  };
}

/// Tenths at most, and none of large numbers.
std::string rounded_amount(double value) {
  constexpr double kLarge = 1000;
  const double tenths = std::nearbyint(value * 10) / 10;
  return rounded(tenths, std::abs(tenths) >= kLarge || tenths == std::nearbyint(tenths) ? 0 : 1);
}

Json attribute_json(const TableView& table, const std::string& column) {
  Json values = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (const auto number = table.number(row, column))
      values.push_back(rounded_amount(*number));
    else
      values.push_back(table.text(row, column));
  }
  return values;
}

Json table_json(const TableView& table, const ShownTable& shown) {
  Json json{{"rows", table.rows()}};
  for (const std::string& column : shown.attributes)
    if (table.find(column)) json["text"][column] = attribute_json(table, column);
  for (const std::string& quantity : shown.quantities) {
    if (!table.has_estimate(quantity)) continue;
    json["estimate"][quantity] =
        estimate_json(table.rows(), [&](std::size_t row) { return table.estimate(row, quantity); });
  }
  return json;
}

/// Each row of the summary has a unit of its own.
Json summary_json(const TableView& table) {
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto mean = table.number(row, "mean"), low = table.number(row, "low"),
               high = table.number(row, "high");
    const std::string quantity = table.text(row, "quantity");
    const Shown shown = shown_as(quantity, table.text(row, "unit"));
    Json entry{{"group", table.text(row, "group")}, {"quantity", quantity}, {"unit", shown.unit}};
    if (mean && low && high) {
      const PrintedEstimate printed = print_estimate(*mean, *low, *high, false, shown);
      entry["m"] = printed.mean;
      entry["l"] = printed.low;
      entry["u"] = printed.high;
    }
    rows.push_back(std::move(entry));
  }
  return rows;
}

/// What outages and the backbone cost: each row has a unit of its own.
Json costs_json(const TableView& table) {
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string measure = table.text(row, "measure");
    const Shown shown = shown_as(measure, table.text(row, "unit"));
    Json entry{{"of", table.text(row, "cost_of")},
               {"stations", table.text(row, "kind_of_stations")},
               {"quantity", measure},
               {"unit", shown.unit}};
    for (const std::string part : {"with", "without", "difference"}) {
      const auto mean = table.number(row, part + "_mean"), low = table.number(row, part + "_low"),
                 high = table.number(row, part + "_high");
      if (!mean || !low || !high) continue;
      const PrintedEstimate printed = print_estimate(*mean, *low, *high, false, shown);
      entry[part] = {{"m", printed.mean}, {"l", printed.low}, {"u", printed.high}};
    }
    rows.push_back(std::move(entry));
  }
  return rows;
}

/// The target by which stations of each kind are judged.
Json judged_json(const Scenario& scenario, const StationVerdicts& verdicts) {
  Json judged = Json::object();
  for (const char* stations : {"offices", "counters", "stations"}) {
    const TargetCount* target = verdicts.main_target(stations);
    if (!target) continue;
    const bool is_time = target->kind == TargetKind::wait || target->kind == TargetKind::overtime;
    judged[stations] = {
        {"target", target->target},
        {"goal", rounded(100 * target->goal)},
        {"within_min", rounded((is_time ? target->goal : target->within_s) / kSecondsPerMinute)},
        {"key", key_of_target(target->kind, visits_asked(*target))},
        {"in", target->period},
        {"is_service_level", asks_for_service_level(*target, scenario)}};
  }
  return judged;
}

Json standings_json(const TableView& table, const std::string& id, const StationVerdicts& verdicts) {
  Json values = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto found = verdicts.of_station.find(table.text(row, id));
    values.push_back(to_string(found == verdicts.of_station.end() ? Standing::none : found->second));
  }
  return values;
}

/// Of which counties, unless of all, and of which kind of zone, unless of both.
void add_residents(const Province& province, const std::vector<ZoneId>& zones, Json& entry) {
  std::set<CountyId> counties;
  std::set<Kind> kinds;
  for (const ZoneId zone : zones) {
    counties.insert(province.zones[zone.index()].county);
    kinds.insert(province.zones[zone.index()].kind);
  }
  if (counties.size() < province.counties.size())
    for (const CountyId county : counties) entry["counties"].push_back(province.counties[county.index()].id);
  if (kinds.size() == 1) entry["kind"] = to_string(*kinds.begin());
}

Json migrations_json(const Scenario& scenario) {
  Json migrations = Json::array();
  if (!scenario.province) return migrations;
  for (const Migration& migration : scenario.migrations) {
    std::map<std::string, int> services_of;  // by agency
    for (const ServiceId id : migration.services)
      ++services_of[scenario.province->agencies[scenario.province->services[id.index()].agency.index()].id];
    Json entry{{"id", migration.id},
               {"services", migration.services.size()},
               {"agencies", Json::array()},
               {"from", to_string(migration.from)},
               {"to", to_string(migration.to)},
               {"share", rounded(100 * migration.share)},
               {"ramp_days", migration.ramp_days}};
    for (const auto& [agency, services] : services_of) entry["agencies"].push_back(agency);
    if (migration.starts > first_day()) entry["starts"] = format_date(migration.starts);
    if (migration.until_day < INT32_MAX) entry["ends"] = format_date(migration.until_day - 1);
    if (!migration.zones.empty()) add_residents(*scenario.province, migration.zones, entry);
    migrations.push_back(std::move(entry));
  }
  return migrations;
}

Json notices_json(const std::vector<Notice>& notices, Language language) {
  const Texts texts(language);
  Json sentences = Json::array();
  for (const Notice& notice : notices) sentences.push_back(notice_text(texts, notice));
  return sentences;
}

Json run_json(const PageSource& source, const StationVerdicts& verdicts) {
  const Scenario& scenario = source.scenario;
  return {{"title", scenario.title},
          {"name", scenario.name},
          {"version", source.record.version},
          {"replications", scenario.run.replications},
          {"within_min", rounded(scenario.service_level_s / kSecondsPerMinute)},
          {"goal", rounded(100 * kServiceLevelGoal)},
          {"judged", judged_json(scenario, verdicts)},
          {"has_dates", has_dates(scenario)},
          {"notices",
           {{"fa", notices_json(source.record.notices, Language::persian)},
            {"en", notices_json(source.record.notices, Language::english)}}},
          {"migrations", migrations_json(scenario)}};
}

/// Names by id, of what tables name by their ids alone.
Json names_json(const Scenario& scenario) {
  Json names{{"counties", Json::object()}, {"agencies", Json::object()}, {"places", Json::object()}};
  if (!scenario.province) return names;
  const auto add = [](Json& to, const auto& things) {
    for (const auto& thing : things) to[thing.id] = {thing.name_fa, thing.name_en};
  };
  add(names["counties"], scenario.province->counties);
  add(names["agencies"], scenario.province->agencies);
  return names;
}

/// Which offices may give which service.
Json authorised_json(const Scenario& scenario) {
  Json services = Json::array();
  if (!scenario.province) return services;
  for (std::size_t s = 0; s < scenario.province->services.size(); ++s) {
    const Service& service = scenario.province->services[s];
    services.push_back({{"id", service.id},
                        {"fa", service.name_fa},
                        {"en", service.name_en},
                        {"agency", scenario.province->agencies[service.agency.index()].id},
                        {"rank", service.lowest_rank},
                        {"rural", service.at_rural_offices}});
    for (const Office& office : scenario.province->offices) {
      if (std::binary_search(office.also_gives.begin(), office.also_gives.end(), ServiceId(s)))
        services.back()["offices"].push_back(office.id);
    }
  }
  return services;
}

}  // namespace

std::span<const ShownTable> shown_tables() {
  static const std::vector<ShownTable> tables = make_shown_tables();
  return tables;
}

std::string make_page_data(const PageSource& written, const StationVerdicts& verdicts) {
  const JudgedSource judged(written, verdicts);
  const PageSource& source = judged.get();
  Json data{{"run", run_json(source, verdicts)},
            {"names", names_json(source.scenario)},
            {"tables", Json::object()}};
  for (const ShownTable& shown : shown_tables()) {
    const auto table = find_table(source, shown.table);
    if (table && table->rows() > 0) data["tables"][shown.table] = table_json(*table, shown);
  }
  const std::pair<const char*, const char*> stations[] = {
      {"offices", "office"}, {"counters", "counter"}, {"stations", "station"}};
  for (const auto& [name, id] : stations) {
    const auto table = find_table(source, name);
    if (!table || table->rows() == 0) continue;
    data["tables"][name]["text"]["standing"] = standings_json(*table, id, verdicts);
  }
  if (const auto summary = find_table(source, "summary")) data["summary"] = summary_json(*summary);
  if (const auto costs = find_table(source, "costs")) data["costs"] = costs_json(*costs);
  if (Json observed = observed_json(source); !observed.is_null()) data["observed"] = std::move(observed);
  if (Json inputs = inputs_json(source); !inputs.is_null()) data["inputs"] = std::move(inputs);
  data["map"] = make_map(source, verdicts);
  data["authorised"] = authorised_json(source.scenario);
  data["office_week"] = office_week_json(source);
  data["county_week"] = county_week_json(source);
  data["texts"] = texts_json(PageOf::run);
  // Ids and names are UTF-8, but for what a stranger's table may hold.
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pishkhan::page
