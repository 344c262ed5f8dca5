#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "models/demand/office_choice.hpp"
#include "models/plan/plan_data.hpp"
#include "models/province/position.hpp"

namespace pishkhan {
namespace {

/// The mean ways of the residents of places to their stations, as they were before any verb and as they are.
class MeanWays {
 public:
  MeanWays(const Scenario& scenario, const Plan::Data& data)
      : scenario_(scenario), province_(*scenario.province), data_(data), reach_(find_reach(scenario)) {
    for (const DemandCell& cell : data.cells) usual_km_.push_back(usual(cell));
  }

  /// What the demand of a cell is multiplied by: the way now over the usual way, to the power of minus the
  /// elasticity. Who uses the web counts as having the usual way.
  [[nodiscard]] double factor(std::size_t cell, const ChannelMap& map, const OfficeChooser& chooser) {
    const DemandCell& of = data_.cells[cell];
    const double usual_km = usual_km_[cell];
    const auto [km, at_stations] = to_stations(of, map, office_km(of, chooser));
    const double now_km = km + (1 - at_stations) * usual_km;
    return now_km == usual_km ? 1 : std::pow(now_km / usual_km, -scenario_.demand.distance_elasticity);
  }
  /// To be called when the offices have changed.
  void forget_offices() { office_km_.clear(); }

 private:
  [[nodiscard]] double km_to(StationIndex station, PlaceId place) const {
    return std::max(data_.ways_to(station)[place.index()].metres / kMetresPerKm, scenario_.choice.nearest_km);
  }

  /// The share of the citizens who go to stations, and their ways times that share.
  [[nodiscard]] std::pair<double, double> to_stations(const DemandCell& cell, const ChannelMap& map,
                                                      std::optional<double> office_km) const {
    const Service& service = province_.services[cell.service.index()];
    const StationIndex counter = data_.counter[service.agency.index()][cell.place.index()];
    std::optional<double> counter_km;
    if (counter != kNoStation) counter_km = km_to(counter, cell.place);
    if (!counter_km) counter_km = office_km;
    if (!office_km) office_km = counter_km;
    if (!office_km) return {0, 0};
    const double traditional = map.share_of(Channel::traditional), office = map.share_of(Channel::office);
    return {traditional * *counter_km + office * *office_km, traditional + office};
  }

  /// To the offices of the tables that may give the service by these.
  [[nodiscard]] std::optional<double> usual_office_km(const DemandCell& cell) {
    const Authorisation& may = province_.services[cell.service.index()].in_table;
    const auto key = std::tuple(cell.place, may.lowest_rank, may.at_rural_offices);
    const auto [entry, is_new] = usual_office_km_.try_emplace(key);
    if (!is_new) return entry->second;
    const auto gives = [&](const Office& office) {
      return office.in_tables && may_give(office.kind, office.rank, may);
    };
    double weight = 0, weighted_km = 0, nearest_km = std::numeric_limits<double>::infinity();
    for (const Attraction& one : reach_[cell.place.index()].offices) {
      if (!gives(province_.offices[one.office.index()])) continue;
      weight += one.weight;
      weighted_km += one.weight * km_to(one.office, cell.place);
    }
    for (std::size_t j = 0; weight <= 0 && j < province_.offices.size(); ++j)
      if (gives(province_.offices[j])) nearest_km = std::min(nearest_km, km_to(StationIndex(j), cell.place));
    if (weight > 0)
      entry->second = weighted_km / weight;
    else if (std::isfinite(nearest_km))
      entry->second = nearest_km;
    return entry->second;
  }

  [[nodiscard]] double usual(const DemandCell& cell) {
    const Zone& zone = province_.zones[data_.zone_of_place[cell.place.index()].index()];
    const ChannelMap map(province_.services[cell.service.index()].shares[static_cast<std::size_t>(zone.kind)],
                         zone.digital_access);
    const auto [km, at_stations] = to_stations(cell, map, usual_office_km(cell));
    return at_stations > 0 ? km / at_stations : scenario_.choice.nearest_km;
  }

  [[nodiscard]] std::optional<double> office_km(const DemandCell& cell, const OfficeChooser& chooser) {
    const auto key = std::pair(cell.place, chooser.class_of(cell.service.index()));
    const auto [entry, is_new] = office_km_.try_emplace(key);
    if (!is_new) return entry->second;
    const auto offices = probabilities(chooser.choices(cell.place.index(), cell.service.index()));
    if (offices.empty()) return std::nullopt;
    double km = 0;
    for (const auto& [office, share] : offices) km += share * km_to(office, cell.place);
    return entry->second = km;
  }

  const Scenario& scenario_;
  const Province& province_;
  const Plan::Data& data_;
  std::vector<Reach> reach_;
  std::vector<double> usual_km_;  ///< by cell
  std::map<std::tuple<PlaceId, int, bool>, std::optional<double>> usual_office_km_;
  std::map<std::pair<PlaceId, std::uint32_t>, std::optional<double>> office_km_;  ///< by class of services
};

}  // namespace

void plan_elasticity(const Scenario& scenario, Plan::Data& data, StopCheck stop) {
  if (scenario.demand.distance_elasticity == 0) return;
  MeanWays ways(scenario, data);
  DayChannels channels(scenario);
  const OfficeChooser* chooser = nullptr;
  const std::vector<double>* grown = nullptr;
  std::vector<double> factors(data.cells.size(), 1);
  std::vector<DemandEpoch> demand;
  for (DayNumber day = scenario.run.start; day < scenario.run.start + scenario.run.days; ++day) {
    stop.now();
    const std::vector<std::uint32_t>& changed = channels.move_to(day);
    const bool new_offices = std::exchange(chooser, &data.chooser(day)) != &data.chooser(day);
    const bool new_growth = std::exchange(grown, &data.visits_a_year(day)) != &data.visits_a_year(day);
    if (!new_offices && !new_growth && changed.empty()) continue;
    if (new_offices) ways.forget_offices();
    for (std::size_t k = 0; k < data.cells.size(); ++k) {
      const DemandCell& cell = data.cells[k];
      if (!new_offices && !std::binary_search(changed.begin(), changed.end(), cell.service.value)) continue;
      const std::size_t zone = data.zone_of_place[cell.place.index()].index();
      factors[k] = ways.factor(k, channels.map(zone * data.services + cell.service.index()), *chooser);
    }
    std::vector<double>& visits = demand.emplace_back(DemandEpoch{day, *grown}).visits_a_year;
    for (std::size_t k = 0; k < visits.size(); ++k) visits[k] *= factors[k];
  }
  data.demand = std::move(demand);
}

}  // namespace pishkhan
