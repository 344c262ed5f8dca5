#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/id.hpp"
#include "sim/base/time.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

using CountyId = Id<struct CountyTag>;
using PlaceId = Id<struct PlaceTag>;
using ZoneId = Id<struct ZoneTag>;
using AgencyId = Id<struct AgencyTag>;
using ServiceId = Id<struct ServiceTag>;
using OfficeId = Id<struct OfficeTag>;
using CounterId = Id<struct CounterTag>;

enum class Channel : std::uint8_t { traditional, office, online };
inline constexpr std::size_t kChannels = 3;
enum class Kind : std::uint8_t { urban, rural };
inline constexpr std::size_t kKinds = 2;
/// From strongest to weakest.
enum class Evidence : std::uint8_t { measured, stated, assumed };
inline constexpr std::size_t kGrades = 3;

std::string_view to_string(Channel);
std::string_view to_string(Kind);
std::string_view to_string(Evidence);

struct County {
  std::string id, name_en, name_fa;
  double latitude = 0, longitude = 0;               ///< of its capital, degrees
  std::array<double, kKinds> digital_access{1, 1};  ///< share of residents who can use the web
};

/// A city or a rural district: where people live and offices stand.
struct Place {
  std::string id, name_en, name_fa;
  CountyId county;
  Kind kind = Kind::urban;
  double population = 0;
  Evidence population_evidence = Evidence::assumed;
  double latitude = 0, longitude = 0;
  double radius_km = 0;  ///< residents are spread evenly over a disc
  Evidence position_evidence = Evidence::assumed;
};

/// A county's urban or rural part; id is `<county>-<kind>`. Demand is per zone.
struct Zone {
  std::string id;
  CountyId county;
  Kind kind = Kind::urban;
  double population = 0;
  double digital_access = 1;
  std::vector<PlaceId> places;
};

struct Agency {
  std::string id, name_en, name_fa;
  std::uint32_t cores = 1;  ///< of the agency's system, >= 1
};

/// The offices that may give a service, beside those that are named (Office::also_gives).
struct Authorisation {
  int lowest_rank = 3;           ///< offices of rank 1..lowest_rank may give it
  bool at_rural_offices = true;  ///< rural offices may give it
};

/// What changes of it on days from_day <= day < until_day.
struct DatedAuthorisation {
  std::optional<int> lowest_rank;
  std::optional<bool> at_rural_offices;
  DayNumber from_day = INT32_MIN, until_day = INT32_MAX;
};

struct Service : Authorisation {
  std::string id, name_en, name_fa;
  AgencyId agency;
  /// Human handling time, seconds, at a counter and at an office (index: Channel; online unused).
  std::array<Distribution, 2> handling;
  std::array<double, kKinds> visits_per_1000_a_year{};         ///< demand over all channels, by zone kind
  std::array<std::array<double, kChannels>, kKinds> shares{};  ///< each row adds to 1
  bool calls_system = false;
  // The call to the agency's system, where calls_system.
  double work_s = 0;                 ///< core-seconds, > 0
  std::uint64_t request_bytes = 0;   ///< > 0
  std::uint64_t response_bytes = 0;  ///< > 0
  bool possible_online = true;       ///< whether it can be done on the web at all
  double online_failure = 0;         ///< probability that an online attempt turns into a visit
  double rework = 0;                 ///< probability that papers are missing
  double tariff_rial = 0;
  Evidence listing_evidence = Evidence::assumed;         ///< of the service being given at all
  Authorisation in_table;                                ///< before any verb
  std::vector<DatedAuthorisation> dated_authorisations;  ///< later ones change what earlier ones made
};

/// Doors or shifts by weekday, index 0 = Saturday ... 6 = Friday. Empty: closed.
using WeekHours = std::array<Intervals, 7>;
/// Whether they are all of every day.
bool is_round_the_clock(const WeekHours& week);
/// Whether they have some time of a weekday in common.
bool meet_in_week(const WeekHours& some, const WeekHours& others);

struct ClerkGroup {
  std::string id;
  int clerks = 1;
  double speed = 1;                ///< human handling time is divided by it
  double absence = 0;              ///< probability that a clerk is absent for a day
  std::vector<ServiceId> skills;   ///< sorted; empty: every service the station gives
  WeekHours shifts;                ///< breaks are gaps between intervals
  DayNumber from_day = INT32_MIN;  ///< the group works on days from_day <= day < until_day
  DayNumber until_day = INT32_MAX;

  friend bool operator==(const ClerkGroup&, const ClerkGroup&) = default;
};

/// Probability of balking, piecewise linear in the number waiting, constant beyond the ends.
struct Balking {
  bool per_clerk =
      false;  ///< the number waiting is divided by the clerks on duty, or whom the next shift brings
  std::vector<std::pair<double, double>> points;  ///< (waiting, probability), ascending; empty: never

  friend bool operator==(const Balking&, const Balking&) = default;
};

enum class Closing : std::uint8_t { serve_out, send_away };

/// What becomes of those waiting at closing.
struct ClosingRule {
  Closing at = Closing::serve_out;
  /// Who still waits then is sent away so long after closing; with serve_out.
  double at_most_s = std::numeric_limits<double>::infinity();

  ClosingRule(Closing at_closing = Closing::serve_out) : at(at_closing) {}
  [[nodiscard]] bool sends_away() const {
    return at == Closing::send_away || at_most_s < std::numeric_limits<double>::infinity();
  }
  friend bool operator==(const ClosingRule&, const ClosingRule&) = default;
  friend bool operator==(const ClosingRule& rule, Closing at) { return rule == ClosingRule(at); }
};

/// Demand that doors bring, by weekday: what the station has besides on a day, as a share of what it has on
/// an ordinary weekday (the mean of Saturday to Wednesday, with the factors of the day's month and special
/// days).
using BroughtDemand = std::array<double, kDaysPerWeek>;

/// Doors on days from_day <= day < until_day.
struct DatedDoors {
  WeekHours doors;
  BroughtDemand brings{};
  DayNumber from_day = INT32_MIN, until_day = INT32_MAX;

  friend bool operator==(const DatedDoors&, const DatedDoors&) = default;
};

/// How any station works, whether office, counter or a station written bare.
struct StationRules {
  // On the days of none of dated_doors:
  WeekHours doors;
  BroughtDemand brings{};
  std::vector<DatedDoors> dated_doors;  ///< sorted; no two have a day in common
  int room = INT32_MAX;                 ///< most citizens who may wait inside, beside those at the desks
  bool room_for_all = false;            ///< those at the desks take up room too
  Balking balking;
  ClosingRule closing;
  bool finishing_counts = false;  ///< who finishes after the shift is one of those on duty
  std::vector<ClerkGroup> groups;
  bool breaks = false;            ///< some of the groups are turns of a break
  bool unlimited_clerks = false;  ///< a clerk for everybody: nobody waits, and there are no groups

  [[nodiscard]] const WeekHours& doors_on(DayNumber day) const;
  [[nodiscard]] const BroughtDemand& brings_on(DayNumber day) const;
  /// The days within (after_day, before_day) from which on, or until which, the station has other doors;
  /// sorted.
  [[nodiscard]] std::vector<DayNumber> door_changes(DayNumber after_day, DayNumber before_day) const;

  friend bool operator==(const StationRules&, const StationRules&) = default;
};

/// A service that an office may give on days from_day <= day < until_day.
struct GivenService {
  ServiceId service;
  DayNumber from_day = INT32_MIN, until_day = INT32_MAX;
};

struct Office {
  std::string id, name_en, name_fa;
  Kind kind = Kind::urban;
  PlaceId place;
  CountyId county;
  double latitude = 0, longitude = 0;
  int rank = 1;
  /// Huff's size: the clerks of its table row or of its opening. Staffing does not change it, so that more
  /// clerks shorten queues without moving anybody's citizens.
  double size = 1;
  std::uint32_t link_kind = 0;         ///< index in BackboneRules::link_kinds
  std::vector<ServiceId> also_gives;   ///< sorted; services it may give whatever its rank and kind
  std::vector<GivenService> gives_on;  ///< the same, on some days
  StationRules rules;
  bool opened = false;             ///< by `open_offices` or `more_offices`: not one of the province's own
  bool in_tables = true;           ///< not by `open_offices`
  DayNumber from_day = INT32_MIN;  ///< open on days from_day <= day < until_day
  DayNumber until_day = INT32_MAX;
};

/// An agency's own service point in a county.
struct Counter {
  std::string id;  ///< `<agency>@<county>`, or `<agency>@<place>`
  AgencyId agency;
  CountyId county;
  std::optional<PlaceId> place;  ///< where it stands; none: in the county's capital, for all of the county
  std::uint32_t link_kind = 0;   ///< index in BackboneRules::link_kinds
  StationRules rules;
};

/// Whether offices of the kind and rank may give the service. Their clerks' skills are another matter.
bool may_give(Kind kind, int rank, const Authorisation& service);
/// Which offices may give the service on a day, beside those that are named.
Authorisation authorisation_on(const Service& service, DayNumber day);
/// On the day. `id`: of the service.
bool may_give(const Office& office, const Service& service, ServiceId id, DayNumber day);
/// On some day.
bool may_give(const Office& office, const Service& service, ServiceId id);

struct Province {
  std::vector<County> counties;
  std::vector<Place> places;
  std::vector<Zone> zones;
  std::vector<Agency> agencies;
  std::vector<Service> services;
  std::vector<Office> offices;
  std::vector<Counter> counters;
};

/// Whether the doors of some station bring demand.
bool brings_demand(const Province& province);
/// The days from which on, or until which, some office may give other services; sorted, without repetition.
std::vector<DayNumber> authorisation_changes(const Province& province);

}  // namespace pishkhan
