#include "tools/mazandaran/tables.hpp"

#include <charconv>

namespace pishkhan::mazandaran {
namespace {

/// A table being written, cell by cell.
class Table {
 public:
  explicit Table(const std::string& header) : text_(header + "\n") {}

  Table& operator<<(std::string_view text) {
    if (!at_line_start_) text_ += ',';
    at_line_start_ = false;
    const bool bare = text.find_first_of(",\"\r\n") == text.npos;
    if (bare) {
      text_ += text;
      return *this;
    }
    text_ += '"';
    for (const char c : text) text_ += c == '"' ? std::string("\"\"") : std::string(1, c);
    text_ += '"';
    return *this;
  }
  /// At most five decimals, none that says nothing.
  Table& operator<<(double value) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 5).ptr;
    std::string_view text(digits, static_cast<std::size_t>(end - digits));
    while (text.back() == '0') text.remove_suffix(1);
    if (text.back() == '.') text.remove_suffix(1);
    return *this << text;
  }
  Table& operator<<(int value) { return *this << std::string_view(std::to_string(value)); }
  Table& operator<<(bool) = delete;
  void end_row() {
    text_ += '\n';
    at_line_start_ = true;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool at_line_start_ = true;
};

std::string_view yes_or_no(bool value) { return value ? "yes" : "no"; }

std::string counties_table(const Facts& facts) {
  Table table("id,name_en,name_fa,latitude,longitude,digital_access_urban,digital_access_rural");
  for (const CountyFact& county : facts.counties) {
    table << county.id << county.name_en << county.name_fa << county.latitude << county.longitude
          << facts.number("digital_access_urban") << facts.number("digital_access_rural");
    table.end_row();
  }
  return table.text();
}

std::string places_table(const Facts& facts) {
  Table table(
      "id,name_en,name_fa,county,kind,population,population_evidence,latitude,longitude,position_evidence");
  for (const PlaceFact& place : facts.places) {
    table << place.id << place.name_en << place.name_fa << facts.counties[place.county].id
          << to_string(place.kind) << static_cast<double>(place.population)
          << to_string(place.population_evidence) << place.latitude << place.longitude
          << to_string(place.position_evidence);
    table.end_row();
  }
  return table.text();
}

std::string offices_table(const Made& made) {
  Table table("id,name_en,name_fa,kind,place,latitude,longitude,rank,clerks,room,link");
  const int room = static_cast<int>(made.facts.number("office_room_per_clerk"));
  for (const OfficeMade& office : made.offices) {
    table << office.id << office.name_en << office.name_fa << to_string(office.kind)
          << made.facts.places[office.place].id << office.position.latitude << office.position.longitude
          << office.rank << office.clerks << room * office.clerks
          << made.facts.link_kinds[office.link_kind].id;
    table.end_row();
  }
  return table.text();
}

std::string agencies_table(const Made& made) {
  Table table("id,name_en,name_fa,cores");
  for (std::size_t a = 0; a < made.facts.agencies.size(); ++a) {
    const AgencyFact& agency = made.facts.agencies[a];
    table << agency.id << agency.name_en << agency.name_fa << made.systems[a].cores;
    table.end_row();
  }
  return table.text();
}

std::string counters_table(const Made& made) {
  Table table("agency,county,clerks,room,link");
  const int room = static_cast<int>(made.facts.number("counter_room_per_clerk"));
  for (const CounterMade& counter : made.counters) {
    table << made.facts.agencies[counter.agency].id << made.facts.counties[counter.county].id
          << counter.clerks << room * counter.clerks << made.facts.link_kinds[counter.link_kind].id;
    table.end_row();
  }
  return table.text();
}

std::string services_table(const Facts& facts) {
  Table table(
      "id,name_en,name_fa,agency,handling_traditional_mean_s,handling_traditional_cv,handling_office_mean_s,"
      "handling_office_cv,visits_per_1000_urban,visits_per_1000_rural,share_urban_traditional,share_urban_"
      "office,"
      "share_urban_online,share_rural_traditional,share_rural_office,share_rural_online,calls_system,work_s,"
      "request_bytes,response_bytes,lowest_rank,at_rural_offices,online_failure,rework,tariff_rial,listing_"
      "evidence");
  const double factor = facts.number("office_handling_factor");
  for (const ServiceFact& service : facts.services) {
    const HandlingClass& handling = service.handling;
    table << service.id << service.name_en << service.name_fa << facts.agencies[service.agency].id
          << handling.mean_s << handling.cv << handling.mean_s * factor << handling.cv
          << service.visits_per_1000[0] << service.visits_per_1000[1];
    for (const auto& row : service.shares) {
      for (const double share : row) table << share;
    }
    table << yes_or_no(service.calls_system) << handling.work_s << handling.request_bytes
          << handling.response_bytes << service.lowest_rank << yes_or_no(service.at_rural_offices)
          << handling.online_failure << handling.rework << service.tariff_rial
          << to_string(service.listing_evidence);
    table.end_row();
  }
  return table.text();
}

std::string holidays_table(const Facts& facts) {
  Table table("date,gregorian,name_fa");
  for (const HolidayFact& holiday : facts.holidays) {
    table << holiday.date << holiday.gregorian << holiday.name_fa;
    table.end_row();
  }
  return table.text();
}

std::string rows_table(const std::string& header, const std::vector<std::vector<std::string>>& rows) {
  Table table(header);
  for (const auto& row : rows) {
    for (const std::string& cell : row) table << cell;
    table.end_row();
  }
  return table.text();
}

}  // namespace

Made make_province(const std::filesystem::path& folder) {
  Made made;
  made.facts = read_facts(folder);
  place_rural_districts(made.facts);
  made.offices = make_offices(made.facts);
  link_offices(made.facts, made.offices);
  staff_offices(made.facts, made.offices);
  made.counters = staff_counters(made.facts);
  made.systems = size_systems(made.facts);
  return made;
}

std::map<std::string, std::string> write_tables(const Made& made) {
  return {{"counties.csv", counties_table(made.facts)},
          {"places.csv", places_table(made.facts)},
          {"offices.csv", offices_table(made)},
          {"agencies.csv", agencies_table(made)},
          {"counters.csv", counters_table(made)},
          {"services.csv", services_table(made.facts)},
          {"holidays.csv", holidays_table(made.facts)},
          {"profiles.csv", rows_table("channel,kind,hour,weight", made.facts.profiles)},
          {"evidence.csv", rows_table("file,column,evidence,source,note", made.facts.evidence)}};
}

}  // namespace pishkhan::mazandaran
