#include "models/province/province_csv.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "models/province/folding.hpp"
#include "models/province/position.hpp"
#include "models/province/province_columns.hpp"

namespace pishkhan {
namespace {

/// Shares are written as decimals; their sum is off by rounding only.
constexpr double kShareTolerance = 1e-9;

/// A county's urban or rural part for each kind of place it has.
std::vector<Zone> derive_zones(const Province& province) {
  std::vector<Zone> zones;
  for (std::size_t c = 0; c < province.counties.size(); ++c) {
    for (const Kind kind : {Kind::urban, Kind::rural}) {
      const County& county = province.counties[c];
      Zone zone;
      zone.id = county.id + "-" + std::string(to_string(kind));
      zone.county = CountyId(c);
      zone.kind = kind;
      zone.digital_access = county.digital_access[static_cast<std::size_t>(kind)];
      for (std::size_t p = 0; p < province.places.size(); ++p) {
        const Place& place = province.places[p];
        if (place.county != zone.county || place.kind != kind) continue;
        zone.population += place.population;
        zone.places.push_back(PlaceId(p));
      }
      if (zone.population > 0) zones.push_back(std::move(zone));
    }
  }
  return zones;
}

void check_shares(TableReader& row, const Service& service) {
  for (const Kind kind : {Kind::urban, Kind::rural}) {
    double sum = 0;
    for (const double share : service.shares[static_cast<std::size_t>(kind)]) sum += share;
    const std::string word(to_string(kind));
    bool is_good = true;
    for (const Channel channel : {Channel::traditional, Channel::office, Channel::online})
      is_good = is_good && row.is_good("share_" + word + "_" + std::string(to_string(channel)));
    if (!is_good || std::abs(sum - 1) <= kShareTolerance) continue;
    row.report("share_" + word + "_traditional", "the " + word + " shares do not add to 1",
               "they add to " + std::to_string(sum));
  }
}

void check_online(TableReader& row, const Service& service) {
  if (!row.is_good("possible_online") || service.possible_online) return;
  for (const Kind kind : {Kind::urban, Kind::rural}) {
    const std::string column = "share_" + std::string(to_string(kind)) + "_online";
    const double share =
        service.shares[static_cast<std::size_t>(kind)][static_cast<std::size_t>(Channel::online)];
    if (row.is_good(column) && share > 0)
      row.report(column, "visits online of what cannot be done online", "0, or yes in possible_online");
  }
}

void check_call(TableReader& row, const Service& service) {
  const std::pair<std::string_view, double> parts[] = {
      {"work_s", service.work_s},
      {"request_bytes", static_cast<double>(service.request_bytes)},
      {"response_bytes", static_cast<double>(service.response_bytes)}};
  if (!row.is_good("calls_system")) return;
  for (const auto& [column, value] : parts) {
    if (!row.is_good(column)) continue;
    if (service.calls_system && value <= 0)
      row.report(column, "a call without it", "above 0, or no in calls_system");
    if (!service.calls_system && value > 0)
      row.report(column, "part of a call, and no call", "write 0, or yes in calls_system");
  }
}

/// The tables being read and the ids found in them so far.
class ProvinceReader {
 public:
  ProvinceReader(const ProvinceFiles& files, std::vector<Diagnostic>& diagnostics,
                 const std::vector<std::string>& link_kinds, const SourceFiles& sources)
      : files_(files), diagnostics_(diagnostics), sources_(sources) {
    ids_.any_link = link_kinds.empty();
    for (const std::string& kind : link_kinds) ids_.link_kinds.add(kind);
  }

  [[nodiscard]] bool complete() const { return complete_; }

  Province read() {
    province_.counties =
        read_rows({files_.counties}, counties_table(ids_), ids_.counties,
                  [this](TableReader& row, County&) { county_is_known_.push_back(knows_position(row)); });
    read_places();
    province_.zones = derive_zones(province_);
    province_.agencies = read_rows({files_.agencies, files_.more_agencies}, agencies_table(ids_),
                                   ids_.agencies, [](TableReader&, Agency&) {});
    province_.services = read_rows({files_.services, files_.more_services}, services_table(ids_),
                                   ids_.services, [this](TableReader& row, Service& service) {
                                     check_shares(row, service);
                                     check_call(row, service);
                                     check_online(row, service);
                                     knows_agencies_ = knows_agencies_ && row.is_good("agency");
                                   });
    read_offices();
    read_counters();
    return std::move(province_);
  }

 private:
  /// Of files that follow each other, some of which may be empty. `complete` checks a row that was read and
  /// derives what is not in the table; `ids` are those of its rows.
  template <class Row, class Complete>
  std::vector<Row> read_rows(const std::vector<std::filesystem::path>& files, const InputTable<Row>& table,
                             IdTable& ids, Complete complete) {
    std::vector<Row> rows;
    for (const std::filesystem::path& file : files) {
      if (file.empty()) continue;
      ids.begin_file();
      TableReader reader = table.open(file, diagnostics_, sources_);
      while (reader.next()) {
        rows.push_back(table.read(reader));
        complete(reader, rows.back());
      }
      complete_ = complete_ && reader.complete();
      if (!reader.knows_names()) ids.set_incomplete();
    }
    return rows;
  }

  static bool knows_position(const TableReader& row) {
    return row.is_good("latitude") && row.is_good("longitude");
  }

  void read_places() {
    province_.places = read_rows(
        {files_.places, files_.more_places}, places_table(ids_), ids_.places,
        [this](TableReader& row, Place& place) {
          const std::size_t county = place.county.index();
          const bool known = knows_position(row) && row.is_good("county") && county_is_known_[county];
          place_is_near_.push_back(known &&
                                   is_near(row, place, province_.counties[county], "its county's capital"));
        });
  }

  void read_offices() {
    province_.offices = read_rows({files_.offices, files_.more_offices}, offices_table(ids_), ids_.offices,
                                  [this](TableReader& row, Office& office) {
                                    office.size = office.rules.groups.front().clerks;
                                    office.opened = ids_.offices.follows_a_file();
                                    if (!row.is_good("place")) return;
                                    const Place& place = province_.places[office.place.index()];
                                    office.county = place.county;
                                    if (knows_position(row) && place_is_near_[office.place.index()])
                                      is_near(row, office, place, "its place");
                                  });
  }

  /// False, and reported, when the thing is not where the other is.
  template <class Thing, class Other>
  static bool is_near(TableReader& row, const Thing& thing, const Other& other, const std::string& name) {
    const auto mistake =
        find_position_mistake({thing.latitude, thing.longitude}, {other.latitude, other.longitude}, name);
    if (mistake) row.report("latitude", mistake->problem, mistake->hint);
    return !mistake;
  }

  void read_counters() {
    IdTable counters("counter");
    std::vector<bool> agency_has_one(province_.agencies.size(), false);
    province_.counters =
        read_rows({files_.counters, files_.more_counters}, counters_table(ids_), counters,
                  [&](TableReader& row, Counter& counter) {
                    const bool known = row.is_good("agency") && row.is_good("county") && row.is_good("place");
                    counter.id = folded(row.raw("agency")) + "@" +
                                 (known && counter.place ? province_.places[counter.place->index()].id
                                                         : folded(row.raw("county")));
                    knows_agencies_ = knows_agencies_ && known;
                    if (!known) return;
                    agency_has_one[counter.agency.index()] = true;
                    check_place(row, counter);
                    if (counters.add(counter.id, row.line())) return;
                    row.report("county", "the counter '" + counter.id + "' stands here twice",
                               counters.place_of(counter.id));
                  });
    if (knows_agencies_ && complete_) report_agencies_without_counter(agency_has_one);
  }

  void check_place(TableReader& row, const Counter& counter) {
    if (counter.place && province_.places[counter.place->index()].county != counter.county)
      row.report("place", "a place of another county", "name one of the county, or leave it empty");
    const auto [first, is_new] =
        by_place_.try_emplace({counter.agency, counter.county}, counter.place.has_value());
    if (first->second != counter.place.has_value()) {
      row.report("place", "a counter by place beside one for all of the county",
                 "give all of an agency's counters in a county a place, or have one without");
    }
  }

  void report_agencies_without_counter(const std::vector<bool>& agency_has_one) {
    if (province_.counters.empty()) return;
    for (std::size_t a = 0; a < agency_has_one.size(); ++a) {
      const auto needs_one = [&](const Service& service) {
        return service.agency == AgencyId(a) && (service.shares[0][0] > 0 || service.shares[1][0] > 0);
      };
      if (agency_has_one[a] || std::none_of(province_.services.begin(), province_.services.end(), needs_one))
        continue;
      diagnostics_.push_back({files_.counters.string(), 1, 1, province_.agencies[a].id,
                              "the agency has services with a traditional share and no counter",
                              "add a row for it"});
    }
  }

  const ProvinceFiles& files_;
  std::vector<Diagnostic>& diagnostics_;
  const SourceFiles& sources_;
  Province province_;
  ProvinceIds ids_;
  /// Whether the agency's counters in the county have places.
  std::map<std::pair<AgencyId, CountyId>, bool> by_place_;
  bool complete_ = true;               ///< all rows of all tables were read
  bool knows_agencies_ = true;         ///< of every service and counter
  std::vector<bool> county_is_known_;  ///< where its capital is
  std::vector<bool> place_is_near_;    ///< to its county's capital
};

template <class Things>
void add_ids(const Things& things, IdTable& ids) {
  for (const auto& thing : things) ids.add(thing.id);
}

}  // namespace

ProvinceFiles ProvinceFiles::in(const std::filesystem::path& folder) {
  return {folder / "counties.csv", folder / "places.csv",  folder / "agencies.csv",
          folder / "services.csv", folder / "offices.csv", folder / "counters.csv"};
}

Province load_province(const ProvinceFiles& files, std::vector<Diagnostic>& diagnostics,
                       const std::vector<std::string>& link_kinds, bool* complete,
                       const SourceFiles& sources) {
  ProvinceReader reader(files, diagnostics, link_kinds, sources);
  Province province = reader.read();
  if (complete != nullptr) *complete = reader.complete();
  return province;
}

std::map<std::string, std::string> province_csv(const Province& province,
                                                const std::vector<std::string>& link_kinds) {
  ProvinceIds ids;
  for (const std::string& kind : link_kinds) ids.link_kinds.add(kind);
  add_ids(province.counties, ids.counties);
  add_ids(province.places, ids.places);
  add_ids(province.agencies, ids.agencies);
  return {{"counties.csv", counties_table(ids).write(province.counties)},
          {"places.csv", places_table(ids).write(province.places)},
          {"agencies.csv", agencies_table(ids).write(province.agencies)},
          {"services.csv", services_table(ids).write(province.services)},
          {"offices.csv", offices_table(ids).write(province.offices)},
          {"counters.csv", counters_table(ids).write(province.counters)}};
}

}  // namespace pishkhan
