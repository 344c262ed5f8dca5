#include "tools/report/travel_tables.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tools/report/cell_names.hpp"
#include "tools/report/shared_columns.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {
namespace {

/// The detour and the speeds of the ways are nobody's measurement.
constexpr Evidence kTravelEvidence = Evidence::assumed;

/// The ways from places to the stations of each channel: [row_of(place) * kStationChannels + channel].
template <class RowOf>
Sums<TravelTally> travel_by_residence(const Results& results, std::size_t rows, RowOf row_of) {
  const Province& province = *results.scenario.province;
  return collect<TravelTally>(results, rows * kStationChannels, [&](const auto& trial, auto at) {
    std::vector<WaitHistogram> km(rows * kStationChannels);
    for (const TripCount& trips : trial.trips) {
      const Place& place = province.places[trips.place];
      const auto channel = static_cast<std::size_t>(channel_of(province, trips.station));
      const std::size_t row = row_of(trips.place) * kStationChannels + channel;
      const double metres = count(trips.visits) * trips.metres, way_km = trips.metres / 1000.0;
      TravelTally& tally = at(row);
      tally.visits += trips.visits;
      if (way_km >= kFarWay_km) tally.far += trips.visits;
      if (county_of(province, trips.station) != place.county) tally.out_of_county += trips.visits;
      tally.metres += metres;
      tally.travel_s += results.scenario.travel.seconds(metres, place.kind);
      km[row].add(way_km, trips.visits);
    }
    for (std::size_t row = 0; row < km.size(); ++row) at(row).km = CompactHistogram(km[row]);
  });
}

struct TravelRow {
  std::size_t of;  ///< what the row is about: its number
  Channel channel;
  const std::vector<TravelTally>& tallies;
};

/// Ends the list of columns, and adds the rows in which somebody travels.
Table finish_table(const Results& results, const char* name, const char* description,
                   ColumnList<TravelRow> list, const Sums<TravelTally>& sums) {
  list.add_identity("channel", "Of the stations: office or traditional.",
                    [](const TravelRow& row) { return to_string(row.channel); });
  list.add_measures(
      travel_measures(), [](const TravelRow& row) { return &row.tallies; }, results.design_effects);
  TableOf<TravelRow> table(
      name, std::string(description) + " over the counted days. Channels to which nobody goes are left out.",
      std::move(list), results, std::max(kTravelEvidence, results.scenario.evidence));
  for (std::size_t row = 0; row < sums.size(); ++row) {
    const bool travels = std::any_of(sums[row].begin(), sums[row].end(),
                                     [](const TravelTally& tally) { return tally.visits > 0; });
    if (travels) table.add({row / kStationChannels, static_cast<Channel>(row % kStationChannels), sums[row]});
  }
  return table.take();
}

/// In the place of a station: all together.
constexpr std::uint32_t kAllStations = kNoStation.value - 1;

struct DiversionRow {
  std::uint32_t office, station;
  std::vector<Diversion> tallies;  ///< by replication
};

/// Of all replications together.
std::uint64_t diverted_to(const std::vector<Diversion>& tallies) {
  std::uint64_t citizens = 0;
  for (const Diversion& diversion : tallies) citizens += diversion.citizens;
  return citizens;
}

/// By office; of each all its citizens first, then the stations to which most went.
std::vector<DiversionRow> diversions_of(const Results& results) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Diversion>> rows;
  for (std::size_t i = 0; i < results.trials.size(); ++i) {
    for (const Diversion& diversion : results.trials[i].diversions) {
      const Diversion nobody{diversion.office, diversion.station};
      const auto key = std::pair(diversion.office, diversion.station);
      rows.try_emplace(key, results.trials.size(), nobody).first->second[i] = diversion;
      if (diversion.station == kNoStation.value) continue;
      const Diversion none{diversion.office, kAllStations};
      Diversion& sum =
          rows.try_emplace({diversion.office, kAllStations}, results.trials.size(), none).first->second[i];
      sum.citizens += diversion.citizens;
      sum.office_metres += diversion.office_metres;
      sum.station_metres += diversion.station_metres;
    }
  }
  std::vector<DiversionRow> sorted;
  for (const auto& [key, tallies] : rows) sorted.push_back({key.first, key.second, tallies});
  std::ranges::stable_sort(sorted, [](const DiversionRow& one, const DiversionRow& other) {
    if (one.office != other.office) return one.office < other.office;
    if ((one.station == kAllStations) != (other.station == kAllStations)) return one.station == kAllStations;
    return diverted_to(one.tallies) > diverted_to(other.tallies);
  });
  return sorted;
}

/// Where the ways of a row are all alike, as from one place, those of the others say how they may differ.
DesignEffects effects_of(const std::vector<DiversionRow>& rows, const DesignEffects& usual) {
  DesignEffects effects = usual;
  const auto tallies_of = [&rows](std::size_t row) { return std::span<const Diversion>(rows[row].tallies); };
  for (const auto& [name, effect] : usual_design_effects(diversion_measures(), rows.size(), tallies_of))
    effects[name] = effect;
  return effects;
}

}  // namespace

Table make_county_travel_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto sums = travel_by_residence(results, province.counties.size() * kKinds, [&](std::size_t place) {
    const Place& at = province.places[place];
    return at.county.index() * kKinds + static_cast<std::size_t>(at.kind);
  });
  const auto county_of_row = [&](const TravelRow& row) -> const County& {
    return province.counties[row.of / kKinds];
  };
  ColumnList<TravelRow> list;
  list.add_identity("county", "Id of the county where the citizens live.",
                    [=](const TravelRow& row) { return county_of_row(row).id; });
  add_names(list, "county", county_of_row);
  list.add_identity("kind", "Of the citizens' places of residence: urban or rural.",
                    [](const TravelRow& row) { return to_string(static_cast<Kind>(row.of % kKinds)); });
  return finish_table(results, "county_travel",
                      "The ways of the residents of each zone, which is the urban or the rural part of a "
                      "county,",
                      std::move(list), sums);
}

Table make_place_travel_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto sums =
      travel_by_residence(results, province.places.size(), [](std::size_t place) { return place; });
  const auto place_of_row = [&](const TravelRow& row) -> const Place& { return province.places[row.of]; };
  ColumnList<TravelRow> list;
  list.add_identity("place", "Id of the city or rural district where the citizens live.",
                    [=](const TravelRow& row) { return place_of_row(row).id; });
  add_names(list, "place", place_of_row);
  list.add_attribute("kind", "urban or rural.",
                     [=](const TravelRow& row) { return to_string(place_of_row(row).kind); });
  list.add_attribute("county", "Id of the county.", [=, &province](const TravelRow& row) {
    return province.counties[place_of_row(row).county.index()].id;
  });
  return finish_table(results, "place_travel", "The ways of the residents of each place", std::move(list),
                      sums);
}

Table make_service_travel_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const auto service_of = [&](const TravelRow& row) -> const Service& { return province.services[row.of]; };
  ColumnList<TravelRow> list;
  list.add_identity("service", "Id of the service.",
                    [=](const TravelRow& row) { return service_of(row).id; });
  add_names(list, "service", service_of);
  list.add_attribute("agency", "Id of the agency.", [=, &province](const TravelRow& row) {
    return province.agencies[service_of(row).agency.index()].id;
  });
  return finish_table(results, "service_travel", "The ways to each service", std::move(list),
                      travel_by_service(results));
}

Table make_closed_offices_table(const Results& results) {
  const Province& province = *results.scenario.province;
  const std::vector<DiversionRow> rows = diversions_of(results);
  const DesignEffects effects = effects_of(rows, results.design_effects);
  const std::vector<std::string_view> ids = station_ids(results.scenario);
  const auto office_of = [&](const DiversionRow& row) -> const Office& {
    return province.offices[row.office];
  };
  const auto has_station = [](const DiversionRow& row) { return row.station != kNoStation.value; };
  ColumnList<DiversionRow> list;
  list.add_identity("office", "Id of the closed office.",
                    [=](const DiversionRow& row) { return office_of(row).id; });
  add_names(list, "office", office_of);
  list.add_identity("station",
                    "Id of the office or counter to which the citizens went; `all`: these together; empty: "
                    "none gives the service, and they are lost.",
                    [=](const DiversionRow& row) {
                      if (row.station == kAllStations) return std::optional<std::string_view>("all");
                      return has_station(row) ? std::optional(ids[row.station]) : std::nullopt;
                    });
  const Texts english(Language::english), persian(Language::persian);
  const auto add_name = [&](const char* column, const char* description, const Texts& texts) {
    list.add_attribute(column, description, [=, &province, &texts](const DiversionRow& row) {
      return has_station(row) && row.station != kAllStations ? station_name(province, row.station, texts)
                                                             : std::string();
    });
  };
  add_name("station_name_en", "Name of the office, or of the counter's agency and county, in English.",
           english);
  add_name("station_name_fa", "The same in Persian.", persian);
  list.add_attribute("channel", "Of the station: office or traditional; of all together empty.",
                     [=, &province](const DiversionRow& row) {
                       return has_station(row) && row.station != kAllStations
                                  ? std::optional(to_string(channel_of(province, row.station)))
                                  : std::nullopt;
                     });
  list.add_measures(
      diversion_measures(), [](const DiversionRow& row) { return &row.tallies; }, effects);
  TableOf<DiversionRow> table(
      "closed_offices",
      "Where the citizens of each office that the scenario closes went: those who "
      "would have chosen the office "
      "if none were closed, and those who were to come again to it when it closed; "
      "of both only those who first "
      "came on a counted day. Each is counted once for each office that is closed to "
      "them, when the choice is made: also who comes only after the run, as after "
      "an online attempt that failed on its last day; offices that do not "
      "give a service, or are shut for a day, close to nobody. Of each office first all, then the "
      "stations to which most went.",
      std::move(list), results);
  for (const DiversionRow& row : rows) table.add(row);
  return table.take();
}

}  // namespace pishkhan
