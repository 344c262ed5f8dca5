#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/schema/section.hpp"

namespace pishkhan {

// What a scenario says about which services, stations and so on are meant. It is read before the tables are
// known; Selector finds what it names.

/// One value or a list of them.
template <class M>
Value<std::vector<M>> one_or_many(const Value<M>& item, std::string label, std::string list_label = {}) {
  const auto alone = value::made_from<std::vector<M>, M>(
      item, [](M&& one, const Location&, Diagnostics&) { return std::vector<M>{std::move(one)}; });
  return value::either<std::vector<M>>("", std::move(label),
                                       {alone, value::list<M>(item, 1, std::move(list_label))});
}

/// One id or a list of ids.
Value<std::vector<Name>> names_value();

/// `urban` or `rural`; `traditional`, `office` or `online`.
Value<Kind> kind_value();
Value<Channel> channel_value();

/// `all`, one id or a list of ids.
struct NameChoice {
  bool all = false;
  std::vector<Name> names;
};
Value<NameChoice> names_or_all_value();

/// `all`, a list of services, or `{agency, service, possible_online}`.
struct ServiceFilter {
  std::vector<Name> agency, service;
  std::optional<bool> possible_online;
};
struct ServiceChoice {
  bool all = false;
  std::vector<Name> listed;
  Written<ServiceFilter> filter;
};
Value<ServiceChoice> services_value();

/// Refuses what moves services online that cannot be done there. `location`: of the choice of the services.
void expect_possible_online(const Province& province, const std::vector<ServiceId>& services,
                            const Location& location, Diagnostics& mistakes);

/// `all`, `offices`, `counters`, or a filter. Keys left out are empty and do not restrict.
struct StationFilter {
  std::vector<Kind> kind;
  std::vector<Name> county, place, office, agency;
  std::vector<int> rank;
};
struct StationChoice {
  bool offices = false, counters = false;  ///< every one
  Written<StationFilter> filter;
};
Value<StationChoice> stations_value();

/// Offices and counters that were selected.
struct Selection {
  std::vector<OfficeId> offices;
  std::vector<CounterId> counters;
};

/// Finds what a scenario names in a province. Names that are not found, and choices that select nothing, are
/// added to the mistakes. Refers to the province.
class Selector {
 public:
  /// `tables_are_good`: else a selection may be empty because a value of the tables is unknown.
  Selector(const Province& province, Diagnostics& mistakes, bool tables_are_good = true);

  /// Sorted.
  std::vector<ServiceId> services(const ServiceChoice& choice, const Location& location);
  Selection stations(const StationChoice& choice, const Location& location);
  /// Sorted indices.
  std::vector<std::uint32_t> agencies(const NameChoice& choice) { return indices(agencies_, choice); }
  std::vector<std::uint32_t> counties(const NameChoice& choice) { return indices(counties_, choice); }
  /// Zones of a kind (both, if none is given) and of counties (all, if none is given), sorted.
  std::vector<ZoneId> zones(const std::optional<Kind>& kind, const std::vector<Name>& counties,
                            const Location& location);
  /// Places of a kind, of counties and among those named (all, where none is given), sorted.
  std::vector<PlaceId> places(const std::optional<Kind>& kind, const std::vector<Name>& counties,
                              const std::vector<Name>& places, const Location& location);
  std::optional<PlaceId> place(const Name& name);
  [[nodiscard]] bool has_office(const std::string& id) const { return offices_.index.contains(id); }
  [[nodiscard]] bool has_service(const std::string& id) const { return services_.index.contains(id); }
  [[nodiscard]] bool has_agency(const std::string& id) const { return agencies_.index.contains(id); }
  std::optional<ServiceId> service(const Name& name);
  std::optional<AgencyId> agency(const Name& name);
  std::optional<CountyId> county(const Name& name);
  // To be called when something is added to the province.
  void add_office(const std::string& id) { offices_.add(id); }
  void add_service(const std::string& id) { services_.add(id); }
  void add_agency(const std::string& id) { agencies_.add(id); }

 private:
  /// Looked up and never walked, so that the order of hashes reaches nothing.
  struct Names {
    std::string what;
    std::unordered_map<std::string, std::size_t> index;
    std::vector<std::string> known;

    void add(const std::string& id);
  };
  template <class Items>
  static Names names_of(std::string what, const Items& items);
  std::optional<std::size_t> find(const Names& names, const Name& name);
  /// By item, whether it is chosen; all are when no name is given.
  std::vector<bool> chosen(const Names& names, const std::vector<Name>& given);
  std::vector<std::uint32_t> indices(const Names& names, const NameChoice& choice);
  Selection offices_where(const Written<StationFilter>& filter);
  Selection counters_where(const Written<StationFilter>& filter);

  const Province& province_;
  bool tables_are_good_;
  Diagnostics& mistakes_;
  Names counties_, places_, agencies_, services_, offices_;
};

}  // namespace pishkhan
