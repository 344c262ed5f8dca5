#include "tools/page/comparison.hpp"

#include <iterator>
#include <utility>

#include "sim/base/diagnostic.hpp"
#include "tools/page/assets.hpp"
#include "tools/page/comparison_parts.hpp"
#include "tools/page/page.hpp"

namespace pishkhan::page {
using Json = nlohmann::ordered_json;

std::string title_of(const ComparisonRecord& record) {
  std::string title;
  for (const auto& [name, of_run] : record.runs) title += (title.empty() ? "" : " / ") + of_run;
  return title;
}

namespace {

std::size_t number_of_county(const ComparisonRecord& record, const std::string& id) {
  return static_cast<std::size_t>(std::distance(record.counties.begin(), record.counties.find(id)));
}

/// Places are those of the first run; offices may be opened by another.
void add_positions(const Province& province, ComparisonRecord& record) {
  const bool is_first = record.places.empty();
  for (const Place& place : province.places) {
    if (!is_first) break;
    record.places.push_back({place.id, place.name_fa, place.name_en,
                             number_of_county(record, province.counties[place.county.index()].id),
                             std::string(to_string(place.kind)), place.latitude, place.longitude});
  }
  for (const Office& office : province.offices) {
    record.offices.try_emplace(
        office.id, ComparisonRecord::OfficePosition{province.places[office.place.index()].id, office.latitude,
                                                    office.longitude});
  }
}

void add_positions_to(const ComparisonRecord& record, Json& manifest) {
  manifest["places"] = Json::object();
  for (const MapPlace& place : record.places) {
    manifest["places"][place.id] = {
        {"name_fa", place.name_fa},
        {"name_en", place.name_en},
        {"county", std::next(record.counties.begin(), static_cast<std::ptrdiff_t>(place.county))->first},
        {"kind", place.kind},
        {"latitude", place.latitude},
        {"longitude", place.longitude}};
  }
  manifest["offices"] = Json::object();
  for (const auto& [id, office] : record.offices) {
    manifest["offices"][id] = {
        {"place", office.place}, {"latitude", office.latitude}, {"longitude", office.longitude}};
  }
}

void read_positions(const Json& manifest, ComparisonRecord& record) {
  for (const auto& [id, place] : manifest.at("places").items()) {
    record.places.push_back({id, place.at("name_fa"), place.at("name_en"),
                             number_of_county(record, place.at("county")), place.at("kind"),
                             place.at("latitude"), place.at("longitude")});
  }
  for (const auto& [id, office] : manifest.at("offices").items()) {
    record.offices.try_emplace(id, ComparisonRecord::OfficePosition{office.at("place"), office.at("latitude"),
                                                                    office.at("longitude")});
  }
}

}  // namespace

ComparisonRecord make_record(std::string version, std::span<const ComparedRun> runs) {
  ComparisonRecord record;
  record.version = std::move(version);
  record.seed = runs.front().scenario.run.seed;
  record.replications = runs.front().trials.size();
  for (const ComparedRun& run : runs) {
    record.runs.emplace_back(run.name, run.scenario.title);
    if (!run.scenario.province) continue;
    for (const County& county : run.scenario.province->counties)
      record.counties.try_emplace(county.id, county.name_fa, county.name_en);
    for (const Agency& agency : run.scenario.province->agencies)
      record.agencies.try_emplace(agency.id, agency.name_fa, agency.name_en);
  }
  for (const ComparedRun& run : runs)
    if (run.scenario.province) add_positions(*run.scenario.province, record);
  return record;
}

void add_record(const ComparisonRecord& record, Json& manifest) {
  manifest["seed"] = record.seed;
  manifest["replications"] = record.replications;
  if (record.asked) manifest["replications_asked"] = asked_json(*record.asked);
  const auto add_names = [&](const char* key, const ComparisonRecord::Names& all) {
    manifest[key] = Json::object();
    for (const auto& [id, names] : all)
      manifest[key][id] = {{"name_fa", names.first}, {"name_en", names.second}};
  };
  add_names("counties", record.counties);
  add_names("agencies", record.agencies);
  add_positions_to(record, manifest);
}

bool is_comparison(std::string_view manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  return json.is_object() && json.contains("compared");
}

ComparisonRecord read_comparison(std::string_view manifest, const std::filesystem::path& file) {
  const auto json = Json::parse(manifest, nullptr, false);
  const auto read_names = [&](const char* key, ComparisonRecord::Names& into) {
    for (const auto& [id, names] : json.at(key).items())
      into.try_emplace(id, names.at("name_fa").get<std::string>(), names.at("name_en").get<std::string>());
  };
  try {
    ComparisonRecord record;
    record.version = json.at("version");
    record.seed = json.at("seed");
    record.replications = json.at("replications");
    if (const auto asked = json.find("replications_asked"); asked != json.end())
      record.asked = read_asked(*asked);
    for (const auto& run : json.at("compared"))
      record.runs.emplace_back(run.at("name").get<std::string>(), run.at("title").get<std::string>());
    read_names("counties", record.counties);
    read_names("agencies", record.agencies);
    read_positions(json, record);
    if (record.runs.size() > 1) return record;
  } catch (const nlohmann::json::exception&) {  // as where there is one run only
  }
  throw EnvironmentError(file.string() +
                         " is not the manifest of a comparison that this version has written");
}

std::optional<TableView> find_table(const ComparisonSource& source, std::string_view name) {
  for (const Table* table : source.tables)
    if (table->header.name == name) return TableView(*table);
  return std::nullopt;
}

std::string comparison_html(const ComparisonSource& source) {
  return page_file({title_of(source.record), source.record.version,
                    comparison_verdict(source, Texts(Language::persian)),
                    comparison_verdict(source, Texts(Language::english)), comparison_data(source),
                    assets::kComparisonScript});
}

}  // namespace pishkhan::page
