#include "models/province/province_csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "models/province/table_reader.hpp"

namespace pishkhan {
namespace {

constexpr int kMostClerks = 1000;
constexpr int kMostRoom = 1'000'000;
constexpr int kMostCores = 1'000'000;
constexpr int kMostBytes = 1'000'000'000;
constexpr double kLongestHandling_s = kSecondsPerDay;
constexpr double kMostVisitsPer1000 = 1e6;
/// Shares are written as decimals; their sum is off by rounding only.
constexpr double kShareTolerance = 1e-9;

const std::vector<std::string_view> kKindWords = {"urban", "rural"};
const std::vector<std::string_view> kEvidenceWords = {"measured", "stated", "assumed"};

/// The tables being read and the ids found in them so far.
class ProvinceReader {
 public:
  ProvinceReader(const ProvinceFiles& files, std::vector<Diagnostic>& diagnostics,
                 const std::vector<std::string>& link_kinds)
      : files_(files), diagnostics_(diagnostics), any_link_(link_kinds.empty()) {
    for (const std::string& kind : link_kinds) links_.add(kind);
  }

  Province read() {
    read_counties();
    read_places();
    derive_zones();
    read_agencies();
    read_services();
    read_offices();
    read_counters();
    return std::move(province_);
  }

 private:
  TableReader open(const std::filesystem::path& file, std::vector<std::string_view> columns) {
    return {read_csv(file, diagnostics_), std::move(columns), diagnostics_};
  }

  template <class Thing>
  static void read_names(TableReader& row, Thing& thing) {
    thing.name_en = row.text("name_en");
    thing.name_fa = row.text("name_fa");
  }

  template <class Thing>
  static void read_position(TableReader& row, Thing& thing) {
    thing.latitude = row.number("latitude", -90, 90);
    thing.longitude = row.number("longitude", -180, 180);
  }

  static StationRules read_station(TableReader& row) {
    StationRules rules;
    ClerkGroup clerks;
    clerks.id = "clerks";
    clerks.clerks = row.whole("clerks", 1, kMostClerks);
    rules.groups.push_back(std::move(clerks));
    rules.room = row.whole("room", 0, kMostRoom);
    return rules;
  }

  void read_counties() {
    TableReader row = open(files_.counties, {"id", "name_en", "name_fa", "latitude", "longitude",
                                             "digital_access_urban", "digital_access_rural"});
    while (row.next()) {
      County county;
      county.id = row.new_id("id", counties_);
      read_names(row, county);
      read_position(row, county);
      county.digital_access = {row.share("digital_access_urban"), row.share("digital_access_rural")};
      province_.counties.push_back(std::move(county));
    }
  }

  void read_places() {
    TableReader row =
        open(files_.places, {"id", "name_en", "name_fa", "county", "kind", "population",
                             "population_evidence", "latitude", "longitude", "position_evidence"});
    while (row.next()) {
      Place place;
      place.id = row.new_id("id", places_);
      read_names(row, place);
      place.county = CountyId(row.reference("county", counties_));
      place.kind = static_cast<Kind>(row.word("kind", kKindWords));
      place.population = row.number("population", 0, 1e9);
      read_position(row, place);
      row.word("population_evidence", kEvidenceWords);
      row.word("position_evidence", kEvidenceWords);
      province_.places.push_back(std::move(place));
    }
  }

  void derive_zones() {
    for (std::size_t c = 0; c < province_.counties.size(); ++c) {
      for (const Kind kind : {Kind::urban, Kind::rural}) {
        const County& county = province_.counties[c];
        Zone zone;
        zone.id = county.id + "-" + std::string(to_string(kind));
        zone.county = CountyId(c);
        zone.kind = kind;
        zone.digital_access = county.digital_access[static_cast<std::size_t>(kind)];
        for (std::size_t p = 0; p < province_.places.size(); ++p) {
          const Place& place = province_.places[p];
          if (place.county != zone.county || place.kind != kind) continue;
          zone.population += place.population;
          zone.places.push_back(PlaceId(p));
        }
        if (zone.population > 0) province_.zones.push_back(std::move(zone));
      }
    }
  }

  void read_agencies() {
    TableReader row = open(files_.agencies, {"id", "name_en", "name_fa", "cores"});
    while (row.next()) {
      Agency agency;
      agency.id = row.new_id("id", agencies_);
      read_names(row, agency);
      agency.cores = static_cast<std::uint32_t>(row.whole("cores", 1, kMostCores));
      province_.agencies.push_back(std::move(agency));
    }
  }

  static Lognormal read_handling(TableReader& row, std::string_view mean, std::string_view cv) {
    return {row.number(mean, 1, kLongestHandling_s), row.number(cv, 0, 10)};
  }

  static void read_shares(TableReader& row, Service& service) {
    constexpr std::string_view columns[kKinds][kChannels] = {
        {"share_urban_traditional", "share_urban_office", "share_urban_online"},
        {"share_rural_traditional", "share_rural_office", "share_rural_online"}};
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      double sum = 0;
      for (std::size_t channel = 0; channel < kChannels; ++channel) {
        service.shares[kind][channel] = row.share(columns[kind][channel]);
        sum += service.shares[kind][channel];
      }
      if (std::abs(sum - 1) > kShareTolerance) {
        row.report(columns[kind][0], "the " + std::string(kKindWords[kind]) + " shares do not add to 1",
                   "they add to " + std::to_string(sum));
      }
    }
  }

  static void read_call(TableReader& row, Service& service) {
    service.calls_system = row.yes_or_no("calls_system");
    service.work_s = row.number("work_s", 0, kLongestHandling_s);
    const int request = row.whole("request_bytes", 0, kMostBytes);
    const int response = row.whole("response_bytes", 0, kMostBytes);
    service.request_bytes = static_cast<std::uint64_t>(request);
    service.response_bytes = static_cast<std::uint64_t>(response);
    const std::pair<std::string_view, double> parts[] = {
        {"work_s", service.work_s}, {"request_bytes", request}, {"response_bytes", response}};
    for (const auto& [column, value] : parts) {
      if (service.calls_system && value <= 0)
        row.report(column, "a call without it", "above 0, or no in calls_system");
      if (!service.calls_system && value > 0)
        row.report(column, "part of a call, and no call", "write 0, or yes in calls_system");
    }
  }

  /// An unknown kind is told once: a table that fits another scenario names it in every row.
  std::uint32_t read_link(TableReader& row) {
    const std::string& kind = row.raw("link");
    if (any_link_ || (!links_.find(kind) && !unknown_links_.insert(kind).second)) return 0;
    return static_cast<std::uint32_t>(row.reference("link", links_));
  }

  void read_services() {
    TableReader row = open(files_.services, {"id",
                                             "name_en",
                                             "name_fa",
                                             "agency",
                                             "handling_traditional_mean_s",
                                             "handling_traditional_cv",
                                             "handling_office_mean_s",
                                             "handling_office_cv",
                                             "visits_per_1000_urban",
                                             "visits_per_1000_rural",
                                             "share_urban_traditional",
                                             "share_urban_office",
                                             "share_urban_online",
                                             "share_rural_traditional",
                                             "share_rural_office",
                                             "share_rural_online",
                                             "calls_system",
                                             "work_s",
                                             "request_bytes",
                                             "response_bytes",
                                             "lowest_rank",
                                             "at_rural_offices",
                                             "online_failure",
                                             "rework",
                                             "tariff_rial",
                                             "listing_evidence"});
    while (row.next()) {
      Service service;
      service.id = row.new_id("id", services_);
      read_names(row, service);
      service.agency = AgencyId(row.reference("agency", agencies_));
      service.handling[0] = read_handling(row, "handling_traditional_mean_s", "handling_traditional_cv");
      service.handling[1] = read_handling(row, "handling_office_mean_s", "handling_office_cv");
      service.visits_per_1000_a_year = {row.number("visits_per_1000_urban", 0, kMostVisitsPer1000),
                                        row.number("visits_per_1000_rural", 0, kMostVisitsPer1000)};
      read_shares(row, service);
      read_call(row, service);
      service.lowest_rank = row.whole("lowest_rank", 1, 3);
      service.at_rural_offices = row.yes_or_no("at_rural_offices");
      service.online_failure = row.share("online_failure");
      service.rework = row.share("rework");
      service.tariff_rial = row.number("tariff_rial", 0, 1e12);
      row.word("listing_evidence", kEvidenceWords);
      province_.services.push_back(std::move(service));
    }
  }

  void read_offices() {
    IdTable offices("office");
    TableReader row = open(files_.offices, {"id", "name_en", "name_fa", "kind", "place", "latitude",
                                            "longitude", "rank", "clerks", "room", "link"});
    while (row.next()) {
      Office office;
      office.id = row.new_id("id", offices);
      read_names(row, office);
      office.kind = static_cast<Kind>(row.word("kind", kKindWords));
      office.place = PlaceId(row.reference("place", places_));
      if (!province_.places.empty()) office.county = province_.places[office.place.index()].county;
      read_position(row, office);
      office.rank = row.whole("rank", 1, 3);
      office.rules = read_station(row);
      office.size = office.rules.groups.front().clerks;
      office.link_kind = read_link(row);
      province_.offices.push_back(std::move(office));
    }
  }

  void read_counters() {
    IdTable counters("counter");
    std::vector<bool> agency_has_one(province_.agencies.size(), false);
    TableReader row = open(files_.counters, {"agency", "county", "clerks", "room", "link"});
    while (row.next()) {
      Counter counter;
      counter.id = row.raw("agency") + "@" + row.raw("county");
      counter.agency = AgencyId(row.reference("agency", agencies_));
      counter.county = CountyId(row.reference("county", counties_));
      if (!counters.add(counter.id))
        row.report("county", "the counter '" + counter.id + "' stands here twice", "");
      counter.rules = read_station(row);
      counter.link_kind = read_link(row);
      if (counter.agency.index() < agency_has_one.size()) agency_has_one[counter.agency.index()] = true;
      province_.counters.push_back(std::move(counter));
    }
    report_agencies_without_counter(agency_has_one);
  }

  void report_agencies_without_counter(const std::vector<bool>& agency_has_one) {
    if (province_.counters.empty()) return;
    for (std::size_t a = 0; a < agency_has_one.size(); ++a) {
      const auto needs_one = [&](const Service& service) {
        return service.agency == AgencyId(a) && (service.shares[0][0] > 0 || service.shares[1][0] > 0);
      };
      if (agency_has_one[a] || std::none_of(province_.services.begin(), province_.services.end(), needs_one))
        continue;
      diagnostics_.push_back({files_.counters.string(), 0, 0, province_.agencies[a].id,
                              "the agency has services with a traditional share and no counter",
                              "add a row for it"});
    }
  }

  const ProvinceFiles& files_;
  std::vector<Diagnostic>& diagnostics_;
  Province province_;
  IdTable counties_{"county"}, places_{"place"}, agencies_{"agency"}, services_{"service"};
  IdTable links_{"kind of link"};
  bool any_link_;  ///< no kinds are known
  std::set<std::string> unknown_links_;
};

}  // namespace

ProvinceFiles ProvinceFiles::in(const std::filesystem::path& folder) {
  return {folder / "counties.csv", folder / "places.csv",  folder / "agencies.csv",
          folder / "services.csv", folder / "offices.csv", folder / "counters.csv"};
}

Province load_province(const ProvinceFiles& files, std::vector<Diagnostic>& diagnostics,
                       const std::vector<std::string>& link_kinds) {
  return ProvinceReader(files, diagnostics, link_kinds).read();
}

}  // namespace pishkhan
