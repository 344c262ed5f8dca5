#include "tools/mazandaran/facts.hpp"

#include "models/province/table_reader.hpp"

namespace pishkhan::mazandaran {
namespace {

using Words = std::vector<std::string_view>;

class FactReader {
 public:
  explicit FactReader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Facts read() {
    read_counties();
    read_places("cities.csv", Kind::urban);
    read_places("rural_districts.csv", Kind::rural);
    read_agencies();
    read_classes();
    read_mixes();
    read_numbers();
    read_services();
    read_use();
    read_holidays();
    read_link_kinds();
    facts_.profiles = read_rows("profiles.csv", profiles_table());
    facts_.evidence = read_rows("evidence.csv", evidence_table());
    if (!diagnostics_.empty()) throw UserError(std::move(diagnostics_));
    return std::move(facts_);
  }

 private:
  TableReader open(const std::string& name, Words columns) {
    return {read_csv(folder_ / name, diagnostics_), std::move(columns), diagnostics_};
  }

  template <class Fact>
  static Fact named(TableReader& row, IdTable& ids) {
    Fact fact;
    fact.id = row.new_id("id", ids);
    fact.name_en = row.text("name_en");
    fact.name_fa = row.text("name_fa");
    return fact;
  }

  static Evidence evidence(TableReader& row, std::string_view column) {
    return static_cast<Evidence>(row.word(column, {"measured", "stated", "assumed"}));
  }

  void read_counties() {
    TableReader row =
        open("counties.csv", {"id", "name_en", "name_fa", "capital_en", "capital_fa", "latitude", "longitude",
                              "population", "urban", "rural", "unsettled", "source"});
    while (row.next()) {
      auto county = named<CountyFact>(row, counties_);
      county.latitude = row.number("latitude", -90, 90);
      county.longitude = row.number("longitude", -180, 180);
      facts_.counties.push_back(std::move(county));
    }
  }

  PlaceFact place(TableReader& row, Kind kind) {
    auto fact = named<PlaceFact>(row, places_);
    fact.kind = kind;
    fact.county = row.reference("county", counties_);
    fact.population = row.whole("population", 0, 100'000'000);
    fact.population_evidence = evidence(row, "population_evidence");
    fact.latitude = row.number("latitude", -90, 90);
    fact.longitude = row.number("longitude", -180, 180);
    fact.position_evidence = evidence(row, "position_evidence");
    return fact;
  }

  void read_places(const std::string& name, Kind kind) {
    TableReader row =
        open(name, {"id", "name_en", "name_fa", "county", "population", "population_evidence", "latitude",
                    "longitude", "position_evidence", "population_source", "position_source"});
    while (row.next()) facts_.places.push_back(place(row, kind));
  }

  void read_agencies() {
    TableReader row = open("agencies.csv", {"id", "name_en", "name_fa", "counters"});
    while (row.next()) {
      auto agency = named<AgencyFact>(row, agencies_);
      agency.counters =
          static_cast<Counters>(row.word("counters", {"every-county", "every-city", "by-load"}));
      facts_.agencies.push_back(std::move(agency));
    }
  }

  void read_classes() {
    TableReader row = open("handling_classes.csv", {"class", "mean_s", "cv", "work_s", "request_bytes",
                                                    "response_bytes", "online_failure", "rework", "source"});
    while (row.next()) {
      HandlingClass handling;
      handling.mean_s = row.number("mean_s", 1, 86400);
      handling.cv = row.number("cv", 0, 10);
      handling.work_s = row.number("work_s", 0, 3600);
      handling.request_bytes = row.whole("request_bytes", 1, 1'000'000'000);
      handling.response_bytes = row.whole("response_bytes", 1, 1'000'000'000);
      handling.online_failure = row.share("online_failure");
      handling.rework = row.share("rework");
      classes_[row.text("class")] = handling;
    }
  }

  void read_mixes() {
    TableReader row =
        open("channel_mixes.csv", {"mix", "urban_traditional", "urban_office", "urban_online",
                                   "rural_traditional", "rural_office", "rural_online", "source"});
    while (row.next()) {
      Shares& shares = mixes_[row.text("mix")];
      shares[0] = {row.share("urban_traditional"), row.share("urban_office"), row.share("urban_online")};
      shares[1] = {row.share("rural_traditional"), row.share("rural_office"), row.share("rural_online")};
    }
  }

  template <class Value>
  static Value choose(TableReader& row, std::string_view column, const std::map<std::string, Value>& known) {
    const auto found = known.find(row.raw(column));
    if (found != known.end()) return found->second;
    row.report(column, "unknown word '" + row.raw(column) + "'", "");
    return {};
  }

  void read_services() {
    const Words listings = {"found-office", "found-agency", "found-demo", "plausible"};
    constexpr Evidence grades[] = {Evidence::stated, Evidence::stated, Evidence::assumed, Evidence::assumed};
    TableReader row = open("services.csv", {"id", "agency", "name_en", "name_fa", "listing", "handling_class",
                                            "offered_at", "possible_online", "source"});
    while (row.next()) {
      auto service = named<ServiceFact>(row, services_);
      service.agency = row.reference("agency", agencies_);
      service.listing_evidence = grades[row.word("listing", listings)];
      service.handling = choose(row, "handling_class", classes_);
      service.at_rural_offices = row.word("offered_at", {"urban", "rural", "urban+rural"}) != 0;
      service.possible_online = row.yes_or_no("possible_online");
      facts_.services.push_back(std::move(service));
    }
  }

  void read_use() {
    TableReader row = open("service_use.csv",
                           {"service", "visits_per_1000_urban", "visits_per_1000_rural", "channel_mix",
                            "payment_day", "calls_system", "lowest_rank", "tariff_rial", "tariff_source"});
    IdTable seen("service");
    while (row.next() && !facts_.services.empty()) {
      row.new_id("service", seen);
      ServiceFact& service = facts_.services[row.reference("service", services_)];
      service.visits_per_1000 = {row.number("visits_per_1000_urban", 0, 1e6),
                                 row.number("visits_per_1000_rural", 0, 1e6)};
      service.shares = choose(row, "channel_mix", mixes_);
      constexpr const char* factors[] = {nullptr, "subsidy_day_factor", "pension_day_factor"};
      const char* factor = factors[row.word("payment_day", {"none", "subsidy", "pension"})];
      if (factor != nullptr) service.payment_day_factor = facts_.number(factor);
      service.calls_system = row.yes_or_no("calls_system");
      HandlingClass& handling = service.handling;
      if (!service.calls_system) handling.work_s = handling.request_bytes = handling.response_bytes = 0;
      service.lowest_rank = row.whole("lowest_rank", 1, 3);
      service.tariff_rial = row.number("tariff_rial", 0, 1e12);
    }
    for (const ServiceFact& service : facts_.services) {
      if (seen.find(service.id)) continue;
      diagnostics_.push_back(
          {(folder_ / "service_use.csv").string(), 0, 0, service.id, "the service has no row", ""});
    }
  }

  void read_holidays() {
    const auto solar = cell::date(false), gregorian = cell::date(true);
    TableReader row = open("holidays.csv", {"date", "gregorian", "weekday", "name_fa"});
    while (row.next()) {
      facts_.holidays.push_back(
          {solar.read(row, "date"), gregorian.read(row, "gregorian"), row.text("name_fa")});
    }
  }

  void read_numbers() {
    TableReader row = open("numbers.csv", {"key", "value", "evidence", "source", "note"});
    while (row.next()) {
      evidence(row, "evidence");
      facts_.numbers[row.text("key")] = row.number("value", -1e9, 1e9);
    }
  }

  void read_link_kinds() {
    TableReader row = open("link_kinds.csv", {"id", "kbit_s", "latency_ms", "rural_share", "source"});
    IdTable ids("kind of link");
    while (row.next()) {
      LinkFact link;
      link.id = row.new_id("id", ids);
      link.bytes_s = row.number("kbit_s", 1, 1e9) * 125;
      link.latency_s = row.number("latency_ms", 0, 1e5) / 1000;
      link.rural_share = row.share("rural_share");
      facts_.link_kinds.push_back(std::move(link));
    }
  }

  /// A table that scenarios have with the same columns.
  template <class Row>
  std::vector<Row> read_rows(const std::string& name, const InputTable<Row>& table) {
    std::vector<Row> rows;
    TableReader reader = table.open(folder_ / name, diagnostics_);
    while (reader.next()) rows.push_back(table.read(reader));
    return rows;
  }

  std::filesystem::path folder_;
  std::vector<Diagnostic> diagnostics_;
  Facts facts_;
  std::map<std::string, HandlingClass> classes_;
  std::map<std::string, Shares> mixes_;
  IdTable counties_{"county"}, places_{"place"}, agencies_{"agency"}, services_{"service"};
};

}  // namespace

double Facts::number(const std::string& key) const {
  const auto found = numbers.find(key);
  if (found == numbers.end())
    throw UserError({{"numbers.csv", 0, 0, key, "the number is missing", "add a row for it"}});
  return found->second;
}

std::size_t Facts::link_kind(const std::string& id) const {
  for (std::size_t k = 0; k < link_kinds.size(); ++k)
    if (link_kinds[k].id == id) return k;
  throw UserError({{"link_kinds.csv", 0, 0, id, "the kind of link is missing", "add a row for it"}});
}

Facts read_facts(const std::filesystem::path& folder) { return FactReader(folder).read(); }

}  // namespace pishkhan::mazandaran
