#include "tools/mazandaran/tables.hpp"

#include "models/province/province_csv.hpp"
#include "models/scenario/assumed_numbers.hpp"

namespace pishkhan::mazandaran {
namespace {

std::vector<County> counties(const Facts& facts) {
  std::vector<County> counties;
  for (const CountyFact& fact : facts.counties) {
    counties.push_back({fact.id,
                        fact.name_en,
                        fact.name_fa,
                        fact.latitude,
                        fact.longitude,
                        {facts.number("digital_access_urban"), facts.number("digital_access_rural")}});
  }
  return counties;
}

std::vector<Place> places(const Facts& facts) {
  std::vector<Place> places;
  for (const PlaceFact& fact : facts.places) {
    places.push_back({fact.id, fact.name_en, fact.name_fa, CountyId(fact.county), fact.kind,
                      static_cast<double>(fact.population), fact.population_evidence, fact.latitude,
                      fact.longitude, radius_km(facts, fact), fact.position_evidence});
  }
  return places;
}

std::vector<Agency> agencies(const Made& made) {
  std::vector<Agency> agencies;
  for (std::size_t a = 0; a < made.facts.agencies.size(); ++a) {
    const AgencyFact& fact = made.facts.agencies[a];
    agencies.push_back(
        {fact.id, fact.name_en, fact.name_fa, static_cast<std::uint32_t>(made.systems[a].cores)});
  }
  return agencies;
}

Service service(const ServiceFact& fact, double office_factor) {
  const HandlingClass& handling = fact.handling;
  Service service;
  service.id = fact.id;
  service.name_en = fact.name_en;
  service.name_fa = fact.name_fa;
  service.agency = AgencyId(fact.agency);
  service.handling = {Lognormal{handling.mean_s, handling.cv},
                      Lognormal{handling.mean_s * office_factor, handling.cv}};
  service.visits_per_1000_a_year = fact.visits_per_1000;
  service.shares = fact.shares;
  service.calls_system = fact.calls_system;
  service.work_s = handling.work_s;
  service.request_bytes = static_cast<std::uint64_t>(handling.request_bytes);
  service.response_bytes = static_cast<std::uint64_t>(handling.response_bytes);
  static_cast<Authorisation&>(service) = fact;
  service.possible_online = fact.possible_online;
  service.online_failure = handling.online_failure;
  service.rework = handling.rework;
  service.tariff_rial = fact.tariff_rial;
  service.listing_evidence = fact.listing_evidence;
  return service;
}

StationRules station(int clerks, int room_per_clerk) {
  StationRules rules;
  rules.room = room_per_clerk * clerks;
  rules.groups.emplace_back().clerks = clerks;
  return rules;
}

std::vector<Office> offices(const Made& made) {
  std::vector<Office> offices;
  const int room = static_cast<int>(made.facts.number("office_room_per_clerk"));
  for (const OfficeMade& from : made.offices) {
    Office office;
    office.id = from.id;
    office.name_en = from.name_en;
    office.name_fa = from.name_fa;
    office.kind = from.kind;
    office.place = PlaceId(from.place);
    office.latitude = from.position.latitude;
    office.longitude = from.position.longitude;
    office.rank = from.rank;
    office.link_kind = static_cast<std::uint32_t>(from.link_kind);
    office.rules = station(from.clerks, room);
    offices.push_back(std::move(office));
  }
  return offices;
}

std::vector<Counter> counters(const Made& made) {
  std::vector<Counter> counters;
  const int room = static_cast<int>(made.facts.number("counter_room_per_clerk"));
  for (const CounterMade& from : made.counters) {
    Counter counter;
    counter.agency = AgencyId(from.agency);
    counter.county = CountyId(from.county);
    if (from.place) counter.place = PlaceId(*from.place);
    counter.link_kind = static_cast<std::uint32_t>(from.link_kind);
    counter.rules = station(from.clerks, room);
    counters.push_back(std::move(counter));
  }
  return counters;
}

}  // namespace

Made make_province(const std::filesystem::path& folder) {
  Made made;
  made.facts = read_facts(folder);
  made.offices = make_offices(made.facts);
  link_offices(made.facts, made.offices);
  staff_offices(made.facts, made.offices);
  made.counters = staff_counters(made.facts);
  made.systems = size_systems(made.facts);
  return made;
}

std::map<std::string, std::string> make_files(const Made& made) {
  const Facts& facts = made.facts;
  Province province;
  province.counties = counties(facts);
  province.places = places(facts);
  province.agencies = agencies(made);
  for (const ServiceFact& fact : facts.services)
    province.services.push_back(service(fact, facts.office_handling_factor));
  province.offices = offices(made);
  province.counters = counters(made);
  std::vector<std::string> link_kinds;
  for (const LinkFact& kind : facts.link_kinds) link_kinds.push_back(kind.id);

  std::map<std::string, std::string> files = province_csv(province, link_kinds);
  files["holidays.csv"] = holidays_table().write(facts.holidays);
  files["profiles.csv"] = profiles_table().write(facts.profiles);
  files["evidence.csv"] = evidence_table().write(facts.evidence);
  files["README.md"] = province_columns_markdown() + assumed_numbers_markdown();
  return files;
}

}  // namespace pishkhan::mazandaran
