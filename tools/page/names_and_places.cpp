#include "tools/page/names_and_places.hpp"

#include <cstddef>
#include <iterator>

#include "tools/page/data_columns.hpp"

namespace pishkhan::page {
using Json = nlohmann::ordered_json;

std::size_t NamesAndPlaces::number_of_county(const std::string& id) const {
  return static_cast<std::size_t>(std::distance(counties.begin(), counties.find(id)));
}

void NamesAndPlaces::add_names(const Province& province) {
  for (const County& county : province.counties)
    counties.try_emplace(county.id, county.name_fa, county.name_en);
  for (const Agency& agency : province.agencies)
    agencies.try_emplace(agency.id, agency.name_fa, agency.name_en);
}

void NamesAndPlaces::add_positions(const Province& province) {
  const bool is_first = places.empty();
  for (const Place& place : province.places) {
    if (!is_first) break;
    places.push_back({place.id, place.name_fa, place.name_en,
                      number_of_county(province.counties[place.county.index()].id),
                      std::string(to_string(place.kind)), place.latitude, place.longitude});
  }
  for (const Office& office : province.offices) {
    offices.try_emplace(office.id, OfficePosition{province.places[office.place.index()].id, office.latitude,
                                                  office.longitude});
  }
}

void NamesAndPlaces::write(Json& manifest) const {
  const auto add_all = [&](const char* key, const Names& all) {
    manifest[key] = Json::object();
    for (const auto& [id, names] : all)
      manifest[key][id] = {{"name_fa", names.first}, {"name_en", names.second}};
  };
  add_all("counties", counties);
  add_all("agencies", agencies);
  manifest["places"] = Json::object();
  for (const MapPlace& place : places) {
    manifest["places"][place.id] = {
        {"name_fa", place.name_fa},
        {"name_en", place.name_en},
        {"county", std::next(counties.begin(), static_cast<std::ptrdiff_t>(place.county))->first},
        {"kind", place.kind},
        {"latitude", place.latitude},
        {"longitude", place.longitude}};
  }
  manifest["offices"] = Json::object();
  for (const auto& [id, office] : offices) {
    manifest["offices"][id] = {
        {"place", office.place}, {"latitude", office.latitude}, {"longitude", office.longitude}};
  }
}

void NamesAndPlaces::read(const Json& manifest) {
  const auto read_all = [&](const char* key, Names& into) {
    for (const auto& [id, names] : manifest.at(key).items())
      into.try_emplace(id, names.at("name_fa").get<std::string>(), names.at("name_en").get<std::string>());
  };
  read_all("counties", counties);
  read_all("agencies", agencies);
  for (const auto& [id, place] : manifest.at("places").items()) {
    places.push_back({id, place.at("name_fa"), place.at("name_en"), number_of_county(place.at("county")),
                      place.at("kind"), place.at("latitude"), place.at("longitude")});
  }
  for (const auto& [id, office] : manifest.at("offices").items()) {
    offices.try_emplace(id,
                        OfficePosition{office.at("place"), office.at("latitude"), office.at("longitude")});
  }
}

Json NamesAndPlaces::names_json() const {
  Json names = Json::object();
  for (const auto& [id, both] : counties) names[id] = {both.first, both.second};
  return {{"counties", std::move(names)}, {"agencies", Json::object()}};
}

Json NamesAndPlaces::map_json(const std::vector<std::string>& ids) const {
  if (places.size() < 2) return nullptr;
  const MapCells cells(places, counties.size());
  Json map{{"width", cells.width()}, {"height", cells.height()}, {"places", cells.places()}};
  cells.add_counties(map);
  Tokens dots;
  for (const std::string& id : ids) {
    const auto office = offices.find(id);
    dots.add(office == offices.end() ? "- -" : cells.at(office->second.latitude, office->second.longitude));
  }
  map["dots"] = std::move(dots.text);
  return map;
}

void write_names(const char* key, const NamesAndPlaces::Names& all, Json& json) {
  json[key] = Json::object();
  for (const auto& [id, names] : all) json[key][id] = {names.first, names.second};
}

void read_names(const Json& json, NamesAndPlaces::Names& into) {
  for (const auto& [id, names] : json.items())
    into.try_emplace(id, names.at(0).get<std::string>(), names.at(1).get<std::string>());
}

}  // namespace pishkhan::page
