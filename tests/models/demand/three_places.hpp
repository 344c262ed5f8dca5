#pragma once
#include <memory>
#include <string>
#include <vector>

#include "models/demand/office_choice.hpp"

namespace pishkhan::tests {

/// Three places with offices at one point; one service, which all may give.
struct ThreePlaces {
  Scenario scenario;

  explicit ThreePlaces(const std::vector<double>& sizes) {
    Province& province = scenario.province.emplace();
    province.places.resize(3);
    for (std::size_t p = 0; p < 3; ++p) {
      province.places[p].id = "place-" + std::to_string(p);
      province.places[p].latitude = 36.5 + 0.05 * static_cast<double>(p);
      province.places[p].longitude = 52.5;
    }
    province.services.resize(1);
    for (std::size_t j = 0; j < sizes.size(); ++j) add("office-" + std::to_string(j), sizes[j], false);
  }

  void add(const std::string& id, double size, bool opened, Kind kind = Kind::urban) {
    Office office;
    office.id = id;
    office.latitude = 36.52;
    office.longitude = 52.5;
    office.size = size;
    office.kind = kind;
    office.opened = opened;
    office.rules.groups.emplace_back();
    scenario.province->offices.push_back(office);
  }

  [[nodiscard]] OfficeChooser chooser() const {
    return {scenario, std::make_shared<const std::vector<Reach>>(find_reach(scenario)), 0};
  }
};

}  // namespace pishkhan::tests
