#include "models/province/province_columns.hpp"

#include <array>

namespace pishkhan {
namespace {

constexpr int kMostClerks = 1000;
constexpr int kMostRoom = 1'000'000;
constexpr int kMostCores = 1'000'000;
constexpr int kMostBytes = 1'000'000'000;
constexpr int kMostResidents = 1'000'000'000;
constexpr double kMostRadius_km = 100;
constexpr double kLongestHandling_s = kSecondsPerDay;
constexpr double kMostVisitsPer1000 = 1e6;
constexpr double kMostRial = 1e12;
/// Of the ranges of assumed numbers.
constexpr double kLeastFactor = 0.01, kMostFactor = 100;

template <class Row>
void add_names(InputTable<Row>& table, const std::string& thing) {
  table.required("name_en", &Row::name_en, cell::text(), "Name of the " + thing + " in English.");
  table.required("name_fa", &Row::name_fa, cell::text(), "Name of the " + thing + " in Persian.");
}

template <class Row>
void add_position(InputTable<Row>& table, const std::string& of_what) {
  table.required("latitude", &Row::latitude, cell::number(-90, 90, "degrees"),
                 "Latitude" + of_what + ", north.");
  table.required("longitude", &Row::longitude, cell::number(-180, 180, "degrees"),
                 "Longitude" + of_what + ", east.");
}

/// A kind of link of the scenario. An unknown one is reported once: a table that fits another scenario names
/// it in every row.
CellFormat<std::uint32_t> link_kind(ProvinceIds& ids) {
  return {"kind of link", "",
          [&ids](TableReader& row, std::string_view column) -> std::uint32_t {
            const std::string& kind = row.raw(column);
            const bool known = ids.link_kinds.find(kind).has_value();
            if (ids.any_link || (!known && !ids.unknown_links.insert(kind).second)) return 0;
            return static_cast<std::uint32_t>(row.reference(column, ids.link_kinds));
          },
          [&ids](const std::uint32_t& index) { return ids.link_kinds.name(index); }};
}

/// The station's group `clerks`, the only one that tables know.
template <class Station>
int& clerks_of(Station& station) {
  std::vector<ClerkGroup>& groups = station.rules.groups;
  if (groups.empty()) groups.emplace_back().id = "clerks";
  return groups.front().clerks;
}

template <class Station>
void add_station(InputTable<Station>& table, ProvinceIds& ids) {
  table.required("clerks", &clerks_of<Station>, cell::whole(1, kMostClerks),
                 "Clerks, until the scenario's `staffing` says otherwise.");
  table.required(
      "room", [](Station& station) -> int& { return station.rules.room; }, cell::whole(0, kMostRoom),
      "Most citizens waiting inside; who finds it full goes away.");
  table.required("link", &Station::link_kind, link_kind(ids),
                 "Kind of link to the agencies' systems, of the scenario's `backbone.access`.");
}

Lognormal& handling_of(Service& service, std::size_t channel) {
  Distribution& handling = service.handling[channel];
  if (!std::holds_alternative<Lognormal>(handling)) handling = Lognormal();
  return std::get<Lognormal>(handling);
}

constexpr std::array kBothKinds = {Kind::urban, Kind::rural};
constexpr std::array kAllChannels = {Channel::traditional, Channel::office, Channel::online};

template <class Enum>
std::string in_words(Enum value) {
  return std::string(to_string(value));
}

void add_handling(InputTable<Service>& table) {
  for (const std::size_t channel : {0, 1}) {
    const std::string name = "handling_" + in_words(kAllChannels[channel]);
    const std::string where = channel == 0 ? " at the agency's own counter" : " at an office";
    table.required(
        name + "_mean_s", [channel](Service& s) -> double& { return handling_of(s, channel).mean; },
        cell::number(1, kLongestHandling_s, "s"), "Mean of a clerk's time for a visit" + where + '.');
    table.required(
        name + "_cv", [channel](Service& s) -> double& { return handling_of(s, channel).cv; },
        cell::number(0, 10), "Its coefficient of variation; the time is lognormal.");
  }
}

void add_demand(InputTable<Service>& table) {
  for (const Kind kind : kBothKinds) {
    table.required(
        "visits_per_1000_" + in_words(kind),
        [kind](Service& s) -> double& { return s.visits_per_1000_a_year[static_cast<std::size_t>(kind)]; },
        cell::number(0, kMostVisitsPer1000, "visits/1000/year"),
        "Visits a year for each 1000 " + in_words(kind) + " residents, over all channels.");
  }
  for (const Kind kind : kBothKinds) {
    for (const Channel channel : kAllChannels) {
      table.required(
          "share_" + in_words(kind) + '_' + in_words(channel),
          [kind, channel](Service& s) -> double& {
            return s.shares[static_cast<std::size_t>(kind)][static_cast<std::size_t>(channel)];
          },
          cell::share(),
          "Share of the visits of " + in_words(kind) + " residents by the channel " + in_words(channel) +
              "; the three add to 1.");
    }
  }
}

void add_call(InputTable<Service>& table) {
  table.required("calls_system", &Service::calls_system, cell::yes_or_no(),
                 "Whether a visit calls the agency's system.");
  table.required("work_s", &Service::work_s, cell::number(0, kLongestHandling_s, "core-s"),
                 "Work of a call for one core of the system; 0 without a call.");
  table.required("request_bytes", &Service::request_bytes, cell::whole<std::uint64_t>(0, kMostBytes, "B"),
                 "Sent to the system by a call; 0 without one.");
  table.required("response_bytes", &Service::response_bytes, cell::whole<std::uint64_t>(0, kMostBytes, "B"),
                 "Received from it; 0 without a call.");
}

}  // namespace

InputTable<County> counties_table(ProvinceIds& ids) {
  InputTable<County> table("counties", "The counties of the province.");
  table.required("id", &County::id, cell::new_id(ids.counties), "Id of the county.");
  add_names(table, "county");
  add_position(table, " of its capital");
  for (const Kind kind : kBothKinds) {
    table.required(
        "digital_access_" + in_words(kind),
        [kind](County& c) -> double& { return c.digital_access[static_cast<std::size_t>(kind)]; },
        cell::share(), "Share of the " + in_words(kind) + " residents who can use the web.");
  }
  return table;
}

InputTable<Place> places_table(ProvinceIds& ids) {
  InputTable<Place> table("places", "Cities and rural districts: where people live and offices stand.");
  table.required("id", &Place::id, cell::new_id(ids.places), "Id of the place.");
  add_names(table, "place");
  table.required("county", &Place::county, cell::reference<CountyTag>(ids.counties), "Its county.");
  table.required("kind", &Place::kind, cell::word<Kind>(kKinds), "A city is urban, a rural district rural.");
  table.required("population", &Place::population, cell::count(0, kMostResidents, "residents"), "Residents.");
  table.optional("population_evidence", &Place::population_evidence, cell::word<Evidence>(kGrades),
                 Evidence::assumed, "Grade of the population.");
  add_position(table, " of the place");
  table.optional("radius_km", &Place::radius_km, cell::number(0, kMostRadius_km, "km"), 0.0,
                 "Radius of the disc over which its residents live, evenly.");
  table.optional("position_evidence", &Place::position_evidence, cell::word<Evidence>(kGrades),
                 Evidence::assumed, "Grade of latitude and longitude.");
  return table;
}

InputTable<Agency> agencies_table(ProvinceIds& ids) {
  InputTable<Agency> table("agencies", "The agencies whose services are given.");
  table.required("id", &Agency::id, cell::new_id(ids.agencies), "Id of the agency.");
  add_names(table, "agency");
  table.required("cores", &Agency::cores, cell::whole<std::uint32_t>(1, kMostCores),
                 "Cores of the agency's system: calls at work at once.");
  return table;
}

InputTable<Service> services_table(ProvinceIds& ids) {
  InputTable<Service> table("services",
                            "The services: how many ask for them, where, and how long they take.");
  table.required("id", &Service::id, cell::new_id(ids.services), "Id of the service.");
  add_names(table, "service");
  table.required("agency", &Service::agency, cell::reference<AgencyTag>(ids.agencies),
                 "Whose service it is.");
  add_handling(table);
  add_demand(table);
  add_call(table);
  table.required("lowest_rank", &Service::lowest_rank, cell::whole(1, 3),
                 "Offices of rank 1 to this one may give it.");
  table.required("at_rural_offices", &Service::at_rural_offices, cell::yes_or_no(),
                 "Whether rural offices may give it.");
  table.optional(
      "possible_online", &Service::possible_online, cell::yes_or_no(), true,
      "Whether it can be done on the web: not where a clerk takes a fingerprint or a parcel, or pays "
      "out cash.");
  table.required("online_failure", &Service::online_failure, cell::share(),
                 "Probability that an online attempt turns into a visit.");
  table.required("rework", &Service::rework, cell::share(), "Probability that papers are missing.");
  table.optional("tariff_rial", &Service::tariff_rial, cell::number(0, kMostRial, "rial"), 0,
                 "Fee; 0: none is known.");
  table.optional("listing_evidence", &Service::listing_evidence, cell::word<Evidence>(kGrades),
                 Evidence::assumed, "Grade of the service being given at all.");
  return table;
}

InputTable<Office> offices_table(ProvinceIds& ids) {
  InputTable<Office> table("offices", "The offices, each with its first staff.");
  table.required("id", &Office::id, cell::new_id(ids.offices), "Id of the office.");
  add_names(table, "office");
  table.required("kind", &Office::kind, cell::word<Kind>(kKinds), "Kind of the office.");
  table.required("place", &Office::place, cell::reference<PlaceTag>(ids.places), "Where it stands.");
  add_position(table, " of the office");
  table.required("rank", &Office::rank, cell::whole(1, 3), "Limits the services the office may give.");
  add_station(table, ids);
  return table;
}

InputTable<Counter> counters_table(ProvinceIds& ids) {
  InputTable<Counter> table("counters",
                            "The agencies' own counters: of an agency in a county one, or several by place.");
  table.required("agency", &Counter::agency, cell::reference<AgencyTag>(ids.agencies),
                 "Whose counter it is.");
  table.required("county", &Counter::county, cell::reference<CountyTag>(ids.counties), "Where it stands.");
  table.optional(
      "place", &Counter::place, cell::or_empty(cell::reference<PlaceTag>(ids.places)), std::nullopt,
      "The place of the county where it stands, for its residents and those to whom it is the nearest "
      "of the county's; empty: in the capital, for all of the county.");
  add_station(table, ids);
  return table;
}

InputTable<HolidayRow> holidays_table() {
  InputTable<HolidayRow> table("holidays", "Days on which every station is closed.");
  table.required("date", &HolidayRow::date, cell::date(false), "The day, in either calendar.");
  table.required("gregorian", &HolidayRow::gregorian, cell::date(true), "The same day, as a check.");
  table.required("name_fa", &HolidayRow::name_fa, cell::text(), "Name of the holiday in Persian.");
  return table;
}

InputTable<ProfileRow> profiles_table() {
  InputTable<ProfileRow> table("profiles",
                               "When citizens come within a day. Hours not listed have no weight.");
  table.required("channel", &ProfileRow::channel, cell::word<Channel>(kChannels), "Channel.");
  table.required("kind", &ProfileRow::kind, cell::or_empty(cell::word<Kind>(kKinds)),
                 "Kind of the offices; counters follow urban; empty online.");
  table.required("hour", &ProfileRow::hour, cell::whole(0, kHoursPerDay - 1, "h"),
                 "Hour of the day it begins at.");
  table.required("weight", &ProfileRow::weight, cell::number(0, 1e9), "Weight of the hour, on any scale.");
  return table;
}

InputTable<EvidenceEntry> evidence_table() {
  InputTable<EvidenceEntry> table("evidence", "How well the numbers are known, and where they come from.");
  table.required("file", &EvidenceEntry::file, cell::text(), "Table or scenario file, e.g. `services.csv`.");
  table.required("column", &EvidenceEntry::column, cell::text(),
                 "Column of the table, or dotted key of the scenario.");
  table.required("evidence", &EvidenceEntry::evidence, cell::word<Evidence>(kGrades),
                 "Grade of the weakest of its numbers.");
  table.optional("low", &EvidenceEntry::low, cell::or_empty(cell::number(kLeastFactor, 1)), std::nullopt,
                 "Factor: how far the numbers may be too high, all together; see below.");
  table.optional("high", &EvidenceEntry::high, cell::or_empty(cell::number(1, kMostFactor)), std::nullopt,
                 "Factor: how far they may be too low; with `low`, or not at all.");
  table.required("source", &EvidenceEntry::source, cell::text(), "Where they come from.");
  table.optional("note", &EvidenceEntry::note, cell::text_or_empty(), "", "Anything else.");
  return table;
}

std::vector<InputTableDescription> province_table_descriptions() {
  ProvinceIds ids;
  return {
      counties_table(ids).description(), places_table(ids).description(),  agencies_table(ids).description(),
      services_table(ids).description(), offices_table(ids).description(), counters_table(ids).description(),
      holidays_table().description(),    profiles_table().description(),   evidence_table().description()};
}

std::string province_columns_markdown() {
  return "# The tables of a province\n"
         "\n"
         "Written by `mazandaran` from the columns that the reader knows; a test compares. Do not edit.\n"
         "\n"
         "CSV (RFC 4180) in UTF-8 with a header line; columns in any order. Ids are lower-case letters, "
         "digits and\n"
         "hyphens. A column that is not required may be left out, and its cells may be empty.\n"
         "\n"
         "As spreadsheets write it: commas, semicolons or tabs between values, as the header has them; a "
         "byte-order mark;\n"
         "line ends of any system; white space around values, blank rows and empty columns at the end, which "
         "say nothing.\n"
         "Titles above the heading, totals and remarks are told, and must be left out. Digits may be Persian "
         "or\n"
         "Arabic. Decimals have a point; between semicolons, between tabs and in quotes also a comma. "
         "Nothing separates\n"
         "thousands: `13.482` and `13,482` are refused where they could be read in two ways. UTF-16 "
         "(\"Unicode text\") is\n"
         "refused. Ids and words compare with Arabic yeh and kaf as the Persian ones, and with a half-space "
         "as a space.\n" +
         markdown(province_table_descriptions());
}

}  // namespace pishkhan
