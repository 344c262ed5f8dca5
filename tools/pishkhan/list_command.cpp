#include "tools/pishkhan/commands.hpp"
#include "tools/pishkhan/load.hpp"
#include "tools/pishkhan/office_details.hpp"
#include "tools/pishkhan/province_lists.hpp"
#include "tools/report/sums.hpp"

namespace pishkhan {

ExitCode list_services(const ListOptions& options, std::ostream& out) {
  const Texts& texts = terminal_texts(options.language);
  const Scenario scenario = load(options.scenario);
  const Province& province = province_of(scenario);
  const std::string wanted_agency = known_id("--agency", options.agency, province.agencies);
  TextTable table(texts, {"<service", "<name", "<agency", ">traditional_min", ">office_min", ">urban_rate",
                          ">rural_rate"});
  auto json = nlohmann::ordered_json::array();
  for (const Service& service : province.services) {
    const std::string& agency = province.agencies[service.agency.index()].id;
    if (!wanted_agency.empty() && agency != wanted_agency) continue;
    if (!matches(options.search, service.id, service.name_en, service.name_fa)) continue;
    const double traditional_s = mean(service.handling[0]), office_s = mean(service.handling[1]);
    table.add({service.id, name_of(texts, service), agency,
               grouped(texts, traditional_s / kSecondsPerMinute, 1),
               grouped(texts, office_s / kSecondsPerMinute, 1),
               grouped(texts, service.visits_per_1000_a_year[0], 1),
               grouped(texts, service.visits_per_1000_a_year[1], 1)});
    json.push_back({{"service", service.id},
                    {"name_en", service.name_en},
                    {"name_fa", service.name_fa},
                    {"agency", agency},
                    {"handling_traditional_s", traditional_s},
                    {"handling_office_s", office_s},
                    {"visits_per_1000_urban", service.visits_per_1000_a_year[0]},
                    {"visits_per_1000_rural", service.visits_per_1000_a_year[1]},
                    {"calls_system", service.calls_system},
                    {"lowest_rank", service.lowest_rank},
                    {"at_rural_offices", service.at_rural_offices},
                    {"possible_online", service.possible_online}});
  }
  print_list("services", std::move(json), table, options.json, out);
  return kDone;
}

ExitCode list_offices(const ListOptions& options, std::ostream& out) {
  const Texts& texts = terminal_texts(options.language);
  const Scenario scenario = load(options.scenario);
  const Province& province = province_of(scenario);
  if (!options.office.empty()) return show_office(scenario, options, out);
  const std::string wanted_county = known_id("--county", options.county, province.counties);
  const std::string wanted_place = known_id("--place", options.place, province.places);
  TextTable table(texts, {"<office", "<name", "<kind", "<county", "<place", ">rank", ">clerks"});
  auto json = nlohmann::ordered_json::array();
  for (const Office& office : province.offices) {
    const std::string kind(to_string(office.kind));
    const std::string& county = province.counties[office.county.index()].id;
    const std::string& place = province.places[office.place.index()].id;
    if (!options.kind.empty() && kind != options.kind) continue;
    if (!wanted_county.empty() && county != wanted_county) continue;
    if (!wanted_place.empty() && place != wanted_place) continue;
    if (!matches(options.search, office.id, office.name_en, office.name_fa)) continue;
    const int clerks = clerks_of(office, scenario.run);
    table.add({office.id, name_of(texts, office), word(texts, kind), county, place,
               grouped(texts, office.rank), grouped(texts, clerks)});
    json.push_back({{"office", office.id},
                    {"name_en", office.name_en},
                    {"name_fa", office.name_fa},
                    {"kind", kind},
                    {"county", county},
                    {"place", place},
                    {"latitude", office.latitude},
                    {"longitude", office.longitude},
                    {"rank", office.rank},
                    {"clerks", clerks}});
  }
  print_list("offices", std::move(json), table, options.json, out);
  return kDone;
}

ExitCode list_agencies(const ListOptions& options, std::ostream& out) {
  const Texts& texts = terminal_texts(options.language);
  const Scenario scenario = load(options.scenario);
  const Province& province = province_of(scenario);
  TextTable table(texts, {"<agency", "<name", ">services", ">counters", ">clerks", ">cores"});
  auto json = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < province.agencies.size(); ++i) {
    const Agency& agency = province.agencies[i];
    if (!matches(options.search, agency.id, agency.name_en, agency.name_fa)) continue;
    const auto of_agency = [i](const auto& thing) { return thing.agency == AgencyId(i); };
    const auto services = std::count_if(province.services.begin(), province.services.end(), of_agency);
    const auto counters = std::count_if(province.counters.begin(), province.counters.end(), of_agency);
    int clerks = 0;
    for (const Counter& counter : province.counters)
      if (of_agency(counter)) clerks += clerks_of(counter.rules, scenario.run);
    table.add({agency.id, name_of(texts, agency), grouped(texts, static_cast<double>(services)),
               grouped(texts, static_cast<double>(counters)), grouped(texts, clerks),
               grouped(texts, agency.cores)});
    json.push_back({{"agency", agency.id},
                    {"name_en", agency.name_en},
                    {"name_fa", agency.name_fa},
                    {"services", services},
                    {"counters", counters},
                    {"clerks", clerks},
                    {"cores", agency.cores}});
  }
  print_list("agencies", std::move(json), table, options.json, out);
  return kDone;
}

ExitCode list_counties(const ListOptions& options, std::ostream& out) {
  const Texts& texts = terminal_texts(options.language);
  const Scenario scenario = load(options.scenario);
  const Province& province = province_of(scenario);
  TextTable table(texts, {"<county", "<name", ">population", ">urban_offices", ">rural_offices", ">clerks"});
  auto json = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < province.counties.size(); ++i) {
    const County& county = province.counties[i];
    if (!matches(options.search, county.id, county.name_en, county.name_fa)) continue;
    double population = 0;
    for (const Zone& zone : province.zones)
      if (zone.county == CountyId(i)) population += zone.population;
    std::array<int, kKinds> offices{};
    int clerks = 0;
    for (const Office& office : province.offices) {
      if (office.county != CountyId(i)) continue;
      ++offices[static_cast<std::size_t>(office.kind)];
      clerks += clerks_of(office, scenario.run);
    }
    table.add({county.id, name_of(texts, county), grouped(texts, population), grouped(texts, offices[0]),
               grouped(texts, offices[1]), grouped(texts, clerks)});
    json.push_back({{"county", county.id},
                    {"name_en", county.name_en},
                    {"name_fa", county.name_fa},
                    {"population", population},
                    {"urban_offices", offices[0]},
                    {"rural_offices", offices[1]},
                    {"office_clerks", clerks},
                    {"digital_access_urban", county.digital_access[0]},
                    {"digital_access_rural", county.digital_access[1]}});
  }
  print_list("counties", std::move(json), table, options.json, out);
  return kDone;
}

ExitCode list_places(const ListOptions& options, std::ostream& out) {
  const Texts& texts = terminal_texts(options.language);
  const Scenario scenario = load(options.scenario);
  const Province& province = province_of(scenario);
  const std::string wanted_county = known_id("--county", options.county, province.counties);
  TextTable table(texts, {"<place", "<name", "<kind", "<county", ">population", ">offices"});
  auto json = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < province.places.size(); ++i) {
    const Place& place = province.places[i];
    const std::string kind(to_string(place.kind));
    const std::string& county = province.counties[place.county.index()].id;
    if (!options.kind.empty() && kind != options.kind) continue;
    if (!wanted_county.empty() && county != wanted_county) continue;
    if (!matches(options.search, place.id, place.name_en, place.name_fa)) continue;
    const auto offices = std::count_if(province.offices.begin(), province.offices.end(),
                                       [i](const Office& office) { return office.place == PlaceId(i); });
    table.add({place.id, name_of(texts, place), word(texts, kind), county, grouped(texts, place.population),
               grouped(texts, static_cast<double>(offices))});
    json.push_back({{"place", place.id},
                    {"name_en", place.name_en},
                    {"name_fa", place.name_fa},
                    {"kind", kind},
                    {"county", county},
                    {"population", place.population},
                    {"latitude", place.latitude},
                    {"longitude", place.longitude},
                    {"offices", offices}});
  }
  print_list("places", std::move(json), table, options.json, out);
  return kDone;
}

}  // namespace pishkhan
