#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "models/province/province.hpp"
#include "tools/page/map_data.hpp"

namespace pishkhan::page {

/// What a manifest keeps of a province, so that a page can be made of it later: names, and where things are.
struct NamesAndPlaces {
  /// Persian and English names by id.
  using Names = std::map<std::string, std::pair<std::string, std::string>>;
  Names counties, agencies;
  /// For the map; of bare stations there is none.
  std::vector<MapPlace> places;
  struct OfficePosition {
    std::string place;  ///< its id
    double latitude = 0, longitude = 0;
  };
  std::map<std::string, OfficePosition> offices;  ///< by id

  /// Adds what is not there yet; names of all provinces before the positions of any.
  void add_names(const Province& province);
  /// Places are those of the first province that is added; offices may be opened in another.
  void add_positions(const Province& province);
  void write(nlohmann::ordered_json& manifest) const;
  /// Throws nlohmann::json::exception.
  void read(const nlohmann::ordered_json& manifest);
  /// The counties' names for the page's script.
  [[nodiscard]] nlohmann::ordered_json names_json() const;
  /// The map without dots; null where there are fewer than two places.
  [[nodiscard]] nlohmann::ordered_json map_json(const std::vector<std::string>& ids) const;

 private:
  [[nodiscard]] std::size_t number_of_county(const std::string& id) const;
};

/// Names of what else a manifest keeps, as `[name_fa, name_en]` by id, under a key.
void write_names(const char* key, const NamesAndPlaces::Names& all, nlohmann::ordered_json& json);
/// Takes the object that write_names wrote. Throws nlohmann::json::exception.
void read_names(const nlohmann::ordered_json& json, NamesAndPlaces::Names& into);

}  // namespace pishkhan::page
