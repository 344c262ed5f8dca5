#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "models/demand/arrival_curve.hpp"
#include "models/demand/channel_map.hpp"
#include "models/demand/office_choice.hpp"
#include "models/plan/plan.hpp"
#include "sim/backbone/platform.hpp"
#include "sim/random/sampler.hpp"
#include "sim/random/tick_table.hpp"
#include "sim/statistics/station_observer.hpp"

namespace pishkhan {

/// What stations do on one weekday while their doors do not change, or over an unbroken run (in which shifts
/// go on after its end).
struct StationHours {
  Intervals doors;
  std::vector<Intervals> shifts;  ///< by group
  DayFrame frame;
  std::size_t curve = SIZE_MAX;  ///< of the province's arrivals, in Plan::Data::curves
  [[nodiscard]] bool open() const { return !doors.empty(); }
};

/// The hours of a station from a day on, by weekday. Stations of equal hours share them.
struct PlannedWeek {
  DayNumber from_day = INT32_MIN;
  std::array<std::shared_ptr<const StationHours>, kDaysPerWeek> days;
};

/// The handling times of a station's services from a day on.
struct PlannedHandling {
  DayNumber from_day = INT32_MIN;
  const Sampler* sampler = nullptr;  ///< by service
};

/// Appointments that a station has.
struct StationAppointments {
  std::uint32_t item = 0;  ///< index in Scenario::appointments
  std::uint32_t row = 0;   ///< index in Plan::Data::appointments
};

/// Which clerks may give which services on days on which some are kept for those who booked: these have skill
/// sets of their own, a copy of each of the station's.
struct KeptClerks {
  std::uint8_t first_set = 0;         ///< skill set s of a kept clerk becomes first_set + s
  std::vector<SkillMask> able;        ///< by service
  std::vector<std::uint8_t> breadth;  ///< by skill set
  SkillMask mask = 0;                 ///< the skill sets of kept clerks
};

/// A station ready for simulation. Stations are offices, then counters; or the bare stations.
struct StationPlan {
  const StationRules* rules = nullptr;
  IdKey key;  ///< of the draws that belong to the station
  Channel channel = Channel::office;
  Kind kind = Kind::urban;
  CountyId county;
  DayNumber from_day = INT32_MIN, until_day = INT32_MAX;
  AtClosing at_closing = AtClosing::serve_out;
  /// Ascending from_day: another begins where the doors change during the run. An unbroken run has one, whose
  /// days are all the same.
  std::vector<PlannedWeek> weeks;
  std::vector<std::uint8_t> skill_set;  ///< by group; empty: every clerk serves everything
  std::vector<SkillMask> able;          ///< by service: the skill sets that may serve it; empty: all
  std::vector<std::uint8_t> breadth;    ///< by skill set: its rank by number of skills, 0 the fewest
  bool priorities = false;
  std::vector<StationAppointments> appointments;
  std::optional<KeptClerks> kept;         ///< where appointments keep clerks
  std::vector<PlannedHandling> handling;  ///< ascending from_day; the first is of all days before, too
  const Sampler* patience = nullptr;      ///< by service for bare stations, one for the channel otherwise
  /// The same, of a bare station of one stream that has so many visits that the tables are worth making.
  const TickTable *handling_table = nullptr, *patience_table = nullptr;
  int cores = 0;           ///< > 0: processor sharing
  bool unlimited = false;  ///< there is a clerk for everybody
  /// Of a bare station: its streams, numbered over all stations.
  std::uint32_t first_stream = 0, streams = 0;
  double busyness_cv = 0;           ///< of a bare station: of the day's factor on all its arrivals
  bool plain_arrivals = true;       ///< of a bare station: ArrivalStream::is_plain() of all its streams
  bool own_service_levels = false;  ///< of a bare station: a stream has one

  [[nodiscard]] const StationHours& hours(DayNumber date, std::size_t weekday) const {
    std::size_t at = weeks.size() - 1;
    while (at > 0 && weeks[at].from_day > date) --at;
    return *weeks[at].days[weekday];
  }
  [[nodiscard]] const Sampler& handling_on(DayNumber date) const {
    std::size_t at = handling.size() - 1;
    while (at > 0 && handling[at].from_day > date) --at;
    return *handling[at].sampler;
  }
  /// Whether the station exists on a date: it has opened, and has not closed for good.
  [[nodiscard]] bool is_active(DayNumber date) const { return from_day <= date && date < until_day; }
  /// Whether its doors open on a date that is no holiday.
  [[nodiscard]] bool is_open(DayNumber date, std::size_t weekday) const {
    return is_active(date) && hours(date, weekday).open();
  }
};

/// The residents of one place who want one service.
struct DemandCell {
  PlaceId place;
  ServiceId service;
};

/// Demand from a day on. Another epoch begins where growth does, or ends, or the ways change on which it
/// hangs.
struct DemandEpoch {
  DayNumber from_day;
  std::vector<double> visits_a_year;  ///< by cell
};

/// The way from a place to a station, as the crow flies.
struct Way {
  std::uint32_t metres = 0;
  std::uint16_t bin = 0;    ///< index in Plan::Data::way_bins
  Kind kind = Kind::urban;  ///< of the place
};

/// What ways have in common that are counted together.
struct WayBin {
  std::uint32_t km = 0;        ///< bin of a WaitHistogram of km
  bool leaves_county = false;  ///< the station is in another county than the place
};

/// How citizens choose offices from a day on. When offices open or close, the next epoch begins.
struct ChoiceEpoch {
  DayNumber from_day;
  OfficeChooser chooser;
};

struct Plan::Data {
  bool bare = false;      ///< bare stations, without a province
  bool unbroken = false;  ///< bare stations over one stretch of time without days
  std::vector<StationPlan> stations;
  std::size_t offices = 0;   ///< stations before the first counter
  std::size_t services = 0;  ///< or streams, over all bare stations
  std::vector<ArrivalCurve> curves;
  std::vector<std::unique_ptr<Sampler>> samplers;
  std::vector<std::unique_ptr<TickTable>> tick_tables;

  // Province.
  std::vector<DemandCell> cells;      ///< [place * services + service]
  std::vector<DemandEpoch> demand;    ///< ascending from_day
  std::vector<ZoneId> zone_of_place;  ///< where somebody lives
  std::vector<CountyId> county_of_place;
  std::vector<ChoiceEpoch> epochs;                 ///< ascending from_day
  std::vector<std::vector<StationIndex>> counter;  ///< [agency][place], or kNoStation
  std::vector<Way>
      ways;  ///< [station * places + place]; a counter without a place stands at its county's capital
  std::vector<WayBin> way_bins;  ///< those that a way is in
  /// Access links are numbered like stations, and the last is that of online citizens; county links like
  /// counties, with one more at the end for online citizens; systems like agencies. Where the scenario
  /// describes no links, a link takes no time.
  Platform platform;
  std::vector<Transaction> transactions;  ///< by service; work_s 0: no call
  std::vector<double> call_s;             ///< unloaded, [kind of access link * services + service]
  /// Share of a year's visits that falls on a day: by special-day group, from first_day. The shares of the
  /// days that are not web_only add to 1 over a year, but for special days that add demand. On a web_only day
  /// nobody comes but online.
  std::vector<std::vector<double>> day_share;
  /// Of the citizens of a day who go online, the share that does so on this day; the others do so on one of
  /// the year's web_only days, whose day_share they are. 1 on web_only days. As day_share; empty where no day
  /// is web_only.
  std::vector<std::vector<double>> same_day_online;
  std::vector<std::uint8_t> web_only_days;  ///< marks, from first_day
  /// The same if the day were an ordinary weekday: of the mean factor of Saturday to Wednesday. Empty where
  /// no doors bring demand.
  std::vector<std::vector<double>> ordinary_share;
  std::vector<std::uint32_t> group_of_service;
  DayNumber first_day = 0;

  /// A list of appointments at one of its stations each.
  struct AppointmentRow {
    std::uint32_t item, station;
  };
  std::vector<AppointmentRow> appointments;  ///< by item, then station

  // Bare stations: [stream].
  std::vector<std::array<ArrivalCurve, 7>> stream_curves;
  std::vector<std::int16_t> stream_priority;
  std::vector<const ArrivalStream*> streams;

  // Keys of the draws that belong to citizens: by cell, or by stream.
  std::vector<IdKey> citizen_keys;
  std::vector<std::uint32_t> first_citizen_key;  ///< by place, or by bare station

  [[nodiscard]] const OfficeChooser& chooser(DayNumber day) const;
  /// Of a day, by cell.
  [[nodiscard]] const std::vector<double>& visits_a_year(DayNumber day) const;
  /// Whether doors bring demand on some day.
  [[nodiscard]] bool has_brought() const { return !ordinary_share.empty(); }
  /// What the doors of a station bring on a day, as a share of what an ordinary weekday has. 0 where it is
  /// closed. Who uses the web is not brought.
  [[nodiscard]] double brought(const StationPlan& station, DayNumber day, std::size_t weekday) const {
    if (!has_brought()) return 0;
    const double share = station.rules->brings_on(day)[weekday];
    return share > 0 && station.is_open(day, weekday) ? share : 0;
  }
  /// Unloaded time of a service's call from a station; stations.size() stands for online citizens. 0: no
  /// call.
  [[nodiscard]] double transaction_s(std::size_t station, std::size_t service) const {
    return transactions_s(station)[service];
  }
  /// The same by service.
  [[nodiscard]] const double* transactions_s(std::size_t station) const {
    return &call_s[platform.access_links[station].kind * services];
  }
  /// Of the citizens of Attempt::stream.
  [[nodiscard]] IdKey citizen_key(std::uint32_t stream) const {
    return citizen_keys[first_citizen_key[stream >> 16] + (stream & 0xffff)];
  }
  [[nodiscard]] std::size_t places() const { return county_of_place.size(); }
  /// From a place to each station: ways_to(station)[place].
  [[nodiscard]] const Way* ways_to(StationIndex station) const { return &ways[station.index() * places()]; }
  /// same_day_online of a special-day group and a day.
  [[nodiscard]] double online_same_day(std::size_t group, DayNumber day) const {
    return same_day_online.empty() ? 1 : same_day_online[group][static_cast<std::size_t>(day - first_day)];
  }
  /// Whether all is closed on the day, and citizens come online all the same.
  [[nodiscard]] bool web_only(DayNumber day) const {
    return !web_only_days.empty() && web_only_days[static_cast<std::size_t>(day - first_day)] != 0;
  }
  [[nodiscard]] double share_of_year(std::size_t service, DayNumber day) const {
    return day_share[group_of_service[service]][static_cast<std::size_t>(day - first_day)];
  }
};

/// Fills in the cells, the shares of days and the epochs of demand of a province.
void plan_demand(const Scenario& scenario, Plan::Data& data, StopCheck stop);
/// Makes the demand follow the ways of a province to its stations, where the scenario asks for it. Choosers
/// and ways must be there.
void plan_elasticity(const Scenario& scenario, Plan::Data& data, StopCheck stop);
/// Fills in the appointments of a province. Stations must be there.
void plan_appointments(const Scenario& scenario, Plan::Data& data);
/// Fills in the handling times of the stations of a province.
void plan_handling(const Scenario& scenario, Plan::Data& data);
// A plan is filled by one of these two.
void plan_province(const Scenario& scenario, Plan::Data& data, StopCheck stop);
void plan_bare_stations(const Scenario& scenario, Plan::Data& data, StopCheck stop);
/// After plan_bare_stations(): tables of the distributions that most visits draw from.
void plan_tick_tables(const Scenario& scenario, Plan::Data& data);
/// Fills in the links, the systems and the calls of a province.
void plan_backbone(const Scenario& scenario, Plan::Data& data);
/// Fills in the ways from the places of a province to its stations.
void plan_ways(const Scenario& scenario, Plan::Data& data, StopCheck stop);

/// Channels of every zone and service, migrations applied, from day to day: [zone * services + service].
class DayChannels {
 public:
  explicit DayChannels(const Scenario& scenario);

  /// Moves to a day. Returns the services whose channels or failures online changed, all of them on the first
  /// day.
  const std::vector<std::uint32_t>& move_to(DayNumber day);

  [[nodiscard]] const ChannelMap& map(std::size_t cell) const { return maps_[cell]; }
  /// Probability that an online attempt turns into a visit.
  [[nodiscard]] double online_failure(std::size_t cell) const { return failure_[cell]; }
  [[nodiscard]] const ChannelSegment* segments(std::size_t cell) const {
    return segments_.data() + first_[cell];
  }

 private:
  void rebuild(std::uint32_t service);

  const Scenario& scenario_;
  std::vector<double> shares_;                             ///< moved so far, by migration
  std::vector<std::vector<std::uint32_t>> migrations_of_;  ///< by service
  std::vector<ChannelMap> maps_;
  std::vector<double> failure_;  ///< by cell
  DayNumber day_ = 0;
  std::vector<bool> fails_;               ///< by item of Scenario::online_failures: it holds
  std::vector<ChannelSegment> segments_;  ///< of all cells, one cell after the other
  std::vector<std::uint32_t> first_;      ///< by cell
  std::vector<std::uint32_t> changed_;
};

}  // namespace pishkhan
