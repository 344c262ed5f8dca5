#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/province/province.hpp"
#include "models/scenario/assumed_range.hpp"
#include "models/scenario/batch_size.hpp"
#include "models/scenario/economics.hpp"
#include "models/scenario/notice.hpp"
#include "models/scenario/observation.hpp"
#include "models/scenario/precision.hpp"
#include "models/scenario/stream_arrivals.hpp"
#include "models/scenario/unserved.hpp"
#include "sim/backbone/platform.hpp"
#include "sim/base/time.hpp"
#include "sim/coupling/call_policy.hpp"

namespace pishkhan {

/// Which numbers replications take for those that `evidence` gives ranges.
enum class RunInputs : std::uint8_t {
  fixed,    ///< the scenario's own
  sampled,  ///< each its own, drawn from the ranges
};

/// What, when and how often. A scenario of the province runs by days; one of bare stations runs by
/// days or, with length_s > 0, without a break from an empty start.
struct Run {
  DayNumber start = 0;  ///< first day; an unbroken run begins at its midnight
  int days = 1;
  int warm_up_days = 0;  ///< the first days, simulated and not counted
  double length_s = 0;   ///< > 0: one unbroken stretch instead of days
  double warm_up_s = 0;  ///< visits that arrive earlier are not counted (unbroken stretch only)
  int replications = 1;  ///< with a precision: at most
  std::optional<Precision> precision = {};  ///< decides how many
  std::uint64_t seed = 1;
  RunInputs inputs = RunInputs::fixed;
};
/// Whether two runs count the same time.
inline bool same_time(const Run& a, const Run& b) {
  return a.start == b.start && a.days == b.days && a.warm_up_days == b.warm_up_days &&
         a.length_s == b.length_s && a.warm_up_s == b.warm_up_s;
}

/// Relative weights of the 24 hours of a day at which citizens of a channel arrive.
using HourProfile = std::array<double, kHoursPerDay>;

/// A factor on the demand of certain days.
struct SpecialDays {
  std::string id;
  double factor = 1;
  std::vector<DayNumber> days;      ///< sorted
  std::vector<ServiceId> services;  ///< sorted; empty: all
  /// The year has more demand, or less, by what the factor makes of these days; else other days have less, or
  /// more, so that the year has what the services' table says.
  bool adds = false;
};

/// A factor on the demand of certain residents.
struct DemandGrowth {
  std::vector<ServiceId> services;  ///< sorted; empty: all
  std::vector<PlaceId> places;      ///< sorted, never empty
  double factor = 1;
  DayNumber from_day = INT32_MIN;  ///< on days from_day <= day < until_day
  DayNumber until_day = INT32_MAX;
};

/// Another probability that an online attempt turns into a visit.
struct OnlineFailure {
  std::vector<ServiceId> services;  ///< sorted
  std::vector<ZoneId> zones;        ///< of the citizens; sorted
  double probability = 0;
  DayNumber from_day = INT32_MIN;  ///< on days from_day <= day < until_day
  DayNumber until_day = INT32_MAX;
};

/// Another handling time of services at certain stations, or on certain days.
struct HandlingChange {
  std::vector<ServiceId> services;      ///< sorted
  std::vector<std::uint32_t> stations;  ///< offices before counters; sorted
  double factor = 1;
  std::optional<Distribution> distribution;  ///< instead of the factor
  std::optional<double> at_most_s;           ///< what is longer then takes so long
  DayNumber from_day = INT32_MIN;            ///< on days from_day <= day < until_day
  DayNumber until_day = INT32_MAX;
};

struct DemandRules {
  std::array<double, 7> weekday{1, 1, 1, 1, 1, 1, 0};                ///< index 0 = Saturday
  std::array<double, 12> month{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};  ///< index 0 = Farvardin
  std::vector<SpecialDays> special_days;
  /// Growth that differs between places or days; growth everywhere is already in the services' demand.
  std::vector<DemandGrowth> growth;
  std::vector<DayNumber> holidays;  ///< sorted; no demand, everything closed
  /// Factor of the online demand of days without other demand, as the factors by weekday. It comes beside the
  /// year's demand.
  double online_on_closed_days = 0;
  /// Visits of a place's residents for a service go with their mean way to a station, to the power of minus
  /// this; against the way that they have with the tables' offices, before any verb. Nobody has measured it:
  /// where a scenario says nothing it is 0, assumed.
  double distance_elasticity = 0;
  double busyness_province_cv = 0;  ///< of the day's gamma factor shared by the province
  double busyness_county_cv = 0;    ///< of the day's gamma factor of each county
  /// By channel (traditional, office) and kind of the station (counters: index 0).
  std::array<std::array<HourProfile, kKinds>, 2> profile{};
  HourProfile web{};  ///< of online attempts
};

/// A class of citizens served before others. Citizens of no class have priority 0.
struct CitizenClass {
  std::string id;
  double share = 0;
  int priority = 0;  ///< higher is served first
};

struct Retry {
  double probability = 0;  ///< that a balked, abandoned or sent-away citizen returns next working day
  int at_most = 0;         ///< returns
};

struct OfficeChoice {
  double distance_exponent = 2;  ///< Huff's beta
  double size_exponent = 1;      ///< Huff's alpha, of Office::size
  double nearest_km = 1;         ///< distances below it count as it
  double within_km = 40;         ///< farther offices are not considered, unless none is nearer
};

/// How long the way from home to a station takes. Nobody has measured it, so where a scenario says nothing,
/// these values stand in: assumed, as all of them are.
struct Travel {
  double detour = 1.3;  ///< length of the way over its length as the crow flies, at least 1
  /// On the way, stops and waiting in it, by kind of the place of residence.
  std::array<double, kKinds> speed_kmh{20, 35};

  /// One way, of the residents of places of a kind.
  [[nodiscard]] double seconds(double metres, Kind kind) const {
    constexpr double kMetresPerSecond = 1 / 3.6;  // of 1 km/h
    return metres * detour / (speed_kmh[static_cast<std::size_t>(kind)] * kMetresPerSecond);
  }
};

/// A citizen who balks at an office goes on to the next of those that come into question.
struct Redirect {
  int at_most = 0;       ///< times a day; 0: citizens do not go on
  double speed_kmh = 0;  ///< of the way between two offices; 0: every way takes travel_s
  double travel_s = 0;
};

/// Clerks who go to the offices with the citizens of a migration. An assumption of the scenario.
struct ClerkTransfer {
  double share = 0;  ///< of the clerks whom the move frees at the counters, by the work that leaves them
  int least = 1;     ///< clerks whom each counter keeps, where it has as many
};

/// Moves a share of the citizens who would use one channel to another.
struct Migration {
  std::string id;
  std::vector<ServiceId> services;  ///< sorted
  Channel from = Channel::traditional;
  Channel to = Channel::office;
  double share = 0;
  DayNumber starts = INT32_MIN;
  int ramp_days = 0;                ///< the share grows linearly over these days
  DayNumber until_day = INT32_MAX;  ///< from this day on everybody is back
  std::vector<ZoneId> zones;        ///< of the citizens who move, by where they live; sorted; empty: all
  /// From the counters to the offices, on the days on which the whole share moves.
  std::optional<ClerkTransfer> transfer = {};

  /// The first day on which the whole share moves.
  [[nodiscard]] DayNumber whole_from() const {
    return starts == INT32_MIN || ramp_days == 0 ? starts : starts + ramp_days - 1;
  }
  [[nodiscard]] bool is_of(ZoneId zone) const {
    return zones.empty() || std::binary_search(zones.begin(), zones.end(), zone);
  }
};

/// A slot that citizens may book at each station, on some weekdays.
struct AppointmentSlot {
  std::uint16_t minute = 0;      ///< at which it begins, after midnight
  std::uint8_t weekdays = 0x7f;  ///< bit 0 = Saturday
};

/// Of those who go to certain stations for certain services on days from_day <= day < until_day, a share
/// books a slot of one of these days instead of coming at once, and comes when its slot begins.
struct Appointments {
  std::vector<ServiceId> services;      ///< sorted
  std::vector<std::uint32_t> stations;  ///< that give one of them; offices before counters; sorted
  double share = 1;
  std::vector<AppointmentSlot> slots;  ///< by minute; those within a station's doors are offered there
  int earliest_days = 1;               ///< from the day of booking to the first that may be booked
  int horizon_days = 14;               ///< the same to the last
  double no_show = 0;                  ///< share of those who booked who do not come, and give up for good
  double early_s = 0;                  ///< who comes is early by up to so much, uniformly
  int priority = 1;                    ///< of those who booked, where that of their class is not higher
  int clerks = 0;                      ///< kept for those who booked
  bool lost_without_slot = false;      ///< who finds no slot gives up for good; else walks in at once
  DayNumber from_day = INT32_MIN;
  DayNumber until_day = INT32_MAX;
};

/// Arrivals at a bare station.
struct ArrivalStream {
  std::string id;
  std::string name_en, name_fa;  ///< what people call it; may be empty
  /// Rate as a step function: (from_s, arrivals a second), first at 0. Times are after midnight in a run by
  /// days, and after the start of an unbroken run.
  std::vector<std::pair<double, double>> rate;
  bool every_day = false;  ///< of an unbroken run: `rate` is of a day, and every day has it
  /// > 0: expected arrivals of each day with doors; `rate` says only how they are spread over these.
  double total_a_day = 0;
  /// Factors on the arrivals of a day, index 0 = Saturday. In an unbroken run with one other than 1, `rate`
  /// is of a day.
  std::array<double, kDaysPerWeek> weekday{1, 1, 1, 1, 1, 1, 1};
  BatchSize batch;           ///< who comes at each arrival; `rate` and `total_a_day` count batches
  ArrivalSchedule schedule;  ///< if it exists, `rate` is its mean
  std::vector<RecordedArrival> recorded;  ///< sorted by time; if there are any, `rate` is of each hour
  int at_start = 0;                       ///< wait when the day's doors open, or the unbroken run's first
  std::optional<double> service_level_s;  ///< T of its service level, if it has its own
  Distribution handling;
  Distribution patience = Never{};
  int priority = 0;

  /// Whether everybody comes alone, at a time drawn from the rate.
  [[nodiscard]] bool is_plain() const { return batch.is_one() && !is_planned() && at_start == 0; }
  /// Whether times are not drawn from the rate.
  [[nodiscard]] bool is_planned() const { return schedule.exists() || !recorded.empty(); }
};

/// How the free server is shared at a bare station.
enum class Discipline : std::uint8_t { first_come_first_served, processor_sharing };

/// Most stations of a scenario without a province, streams of one, places, and services: a citizen is
/// numbered within two of 16 bits.
inline constexpr std::size_t kMostNumbered = 65'536;

struct BareStation {
  std::string id;
  std::string name_en, name_fa;  ///< what people call it; may be empty
  Discipline discipline = Discipline::first_come_first_served;
  int cores = 1;  ///< processor sharing only: rate of each of n is min(1, cores/n)
  StationRules rules;
  double busyness_cv = 0;  ///< of the day's gamma factor on all arrivals; 0 in an unbroken run
  /// skills of groups refer to streams: ServiceId is the stream's index within the station.
  std::vector<ArrivalStream> streams;
};

enum class BackboneModel : std::uint8_t { ideal, shared, simgrid };

/// A kind of access link, by which offices and counters reach the county's link.
struct LinkKind {
  std::string id;
  Link link;
};

struct BackboneRules {
  BackboneModel model = BackboneModel::ideal;
  double share_before = 0.5;  ///< of the human time, before the call
  /// Share of the visits to counters that call the system, by the citizen's draw; the others are done from
  /// the agency's own files.
  double counter_calls = 1;

  /// What Office::link_kind and Counter::link_kind index. Empty: no links are described; a call takes its
  /// work alone, and the model is ideal.
  std::vector<LinkKind> link_kinds;
  Link county, province, data_centre;  ///< of every county, and of every system
  Link web;                            ///< the line of each online citizen, who shares it with nobody
  CallPolicy policy;
};

/// What an outage takes away.
enum class OutageOf : std::uint8_t { system, link, county_link, power };

/// An outage or a slow-down, by schedule or at random.
struct Outage {
  OutageOf of = OutageOf::system;
  /// Sorted, never empty. Agencies; stations, offices before counters, where the link or the power fails;
  /// counties whose link fails. Each fails by itself.
  std::vector<std::uint32_t> which;
  double cores_share =
      0;  ///< of systems: 0 is down; > 0: slowed down to this share of the cores, at least one
  // By schedule.
  double from_s = 0;  ///< after midnight of the run's first day; may be before the run
  double for_s = 0;   ///< > 0 by schedule
  // At random, from the run's first midnight on, when for_s is 0.
  double between_s = 0;           ///< mean time from a repair to the next failure, exponential
  Distribution repair = Never{};  ///< time from failure to repair
  std::uint16_t months = 0;       ///< in which it begins, bit 0 = Farvardin; 0: in all

  [[nodiscard]] bool is_slow_down() const { return cores_share > 0; }
};

/// What a run is compared with under common random numbers, to say what something costs.
enum class CostOf : std::uint8_t {
  outages,   ///< the same without outages and slow-downs
  backbone,  ///< the same with the ideal backbone and without outages
};

/// Which visits a target's share is taken of. Who balked is never counted.
enum class TargetOf : std::uint8_t { joined, served };

/// Over which time a target's share is taken. A shift is an opening of the doors, an hour one of the day.
enum class TargetPeriod : std::uint8_t { whole, month, day, shift, hour };

/// The share that `service_level` asks for, and every target of a share that names none.
inline constexpr double kServiceLevelGoal = 0.8;

/// What a target is about.
enum class TargetKind : std::uint8_t {
  share,        ///< the share of visits in time, at least
  percentile,   ///< the percentile of the wait is `within_s` at most: so many visits are in time, at least
  wait,         ///< mean wait, at most
  utilization,  ///< busy clerk time / staffed clerk time, at most
  abandoned,    ///< the share of those who joined that abandons, at most
  overtime,     ///< of all clerks of the station together, mean of a day on which one is on duty, at most
};

/// What a station has to keep to.
struct Target {
  std::string id;
  TargetKind kind = TargetKind::share;
  /// The least share in time, or what is asked for at most: a share, or seconds. Above 0.
  double goal = kServiceLevelGoal;
  double within_s = 900;  ///< of a share or percentile: a visit is in time if it starts within it
  TargetOf of = TargetOf::joined;
  bool left_is_late = true;  ///< of the joined: who left or was sent away was late; else was in time
  std::vector<std::uint32_t> stations;  ///< only these, offices before counters; sorted; empty: all
  TargetPeriod in = TargetPeriod::whole;
  /// What lies within it of the goal is at the target where it is not decided; of times a share of the goal.
  double margin = 0.01;

  /// Whether visits are counted, and the good among them: in time, or not abandoned.
  [[nodiscard]] bool counts_visits() const {
    return kind == TargetKind::share || kind == TargetKind::percentile || kind == TargetKind::abandoned;
  }
  /// Whether a share in time is asked for, at least.
  [[nodiscard]] bool is_in_time() const {
    return kind == TargetKind::share || kind == TargetKind::percentile;
  }
  /// Whether the value is a time.
  [[nodiscard]] bool is_time() const { return kind == TargetKind::wait || kind == TargetKind::overtime; }
  /// Where visits are counted: the least share of good ones.
  [[nodiscard]] double least_good() const { return kind == TargetKind::abandoned ? 1 - goal : goal; }
};

/// Which visits are written out.
struct VisitsOutput {
  double share = 0;                     ///< 0: none, 1: every visit
  std::vector<std::uint32_t> stations;  ///< only these, offices before counters; sorted; empty: all
  std::vector<DayNumber> days;          ///< only those of these days; sorted; empty: all
};

/// A pattern of which `staff` makes rosters: when somebody works who has it.
struct ShiftPattern {
  std::string id;
  WeekHours hours;
};

/// What an item of a verb asked for, and how much of it the counted days of the run have.
struct Change {
  std::string verb;      ///< its key, such as `staffing`; or `special_days`
  std::string item;      ///< its id, or its number in the list, from 0
  std::string quantity;  ///< what `asked` and `reached` count, such as `clerks added`
  std::string unit;
  double asked = 0, reached = 0;
  std::string why;          ///< it reached less than was asked; may be empty
  double counted_days = 0;  ///< of the run, on which it holds
  /// Index in Scenario::migrations. How many citizens it moves is known only to find_changes.
  std::optional<std::uint32_t> migration = {};
};

/// A table that the scenario was read from.
struct InputFile {
  std::string key;   ///< `offices`, ...
  std::string text;  ///< the whole file
};

/// A scenario, validated and resolved: every reference is an id, every unit SI. Immutable once built.
struct Scenario {
  std::string name;   ///< folder of the results: letters of any script, digits, hyphens
  std::string title;  ///< the `scenario:` line
  std::string description;
  std::filesystem::path file;
  Run run;
  DemandRules demand;
  std::vector<CitizenClass> classes;
  Retry retry;
  double rework_handling_share = 0.5;  ///< of the handling time that passes before papers are missed
  OfficeChoice choice;
  Travel travel;                       ///< changes what is reported, and nothing that happens
  std::optional<Economics> economics;  ///< of a province; without, no table tells of money
  std::array<Distribution, 2> patience{Never{}, Never{}};  ///< by channel traditional, office
  std::vector<Migration> migrations;
  /// The clerks of stations are those after all transfers of migrations (with_transfers).
  bool clerks_are_transferred = false;
  std::vector<HandlingChange> handling;  ///< in the order written: later ones change what earlier ones made
  std::vector<OnlineFailure> online_failures;  ///< the last that fits goes before the services' own
  std::vector<Appointments> appointments;      ///< of no service at a station two hold on one day
  std::vector<UnservedRule> unserved;          ///< in the order written; the last that fits holds
  BackboneRules backbone;
  std::vector<Outage> outages;  ///< in the order written, slow-downs after outages
  Redirect redirect;
  double service_level_s = 900;  ///< T of the service level
  std::vector<Target> targets;
  std::vector<ShiftPattern> shifts;  ///< what rosters of `staff` are made of; a run does not use them
  VisitsOutput visits;
  bool queues = false;        ///< tables of queues by hour, stream and station are asked for
  std::vector<CostOf> costs;  ///< sorted, without repetition; asked for by `output.costs`
  /// Of a province: by station, then day; no day of a station is in two.
  std::vector<Observation> observations;
  bool csv_bom = false;       ///< CSV files begin with a byte-order mark
  bool csv_is_short = false;  ///< CSV files of tables are the short form (tools/report/short_form.hpp)
  std::vector<Notice> notices;
  /// One of each item of a verb, in the order in which they were applied.
  std::vector<Change> changes;
  std::optional<Province> province;
  std::vector<BareStation> stations;         ///< exactly one of province and stations is given
  Evidence evidence = Evidence::assumed;     ///< weakest grade among the numbers used
  std::vector<AssumedRange> assumed_ranges;  ///< of its `evidence`, in the order of the rows
  std::string resolved;  ///< canonical YAML of everything above: what the hash is taken of
  /// The tables that it reads, which a manifest keeps beside it; null without any.
  std::shared_ptr<const std::vector<InputFile>> inputs;
};

/// Ids of the stations in the order of results: offices before counters. Refer to the scenario.
std::vector<std::string_view> station_ids(const Scenario& scenario);

/// Reads a scenario, or the manifest.json of a run, and everything it refers to. Bases that are not beside
/// the file are looked for in `library`, unless that is empty. Overrides are `path=value` pairs applied on
/// top (the command line's --set). Throws UserError with every mistake found, EnvironmentError when a file
/// cannot be read.
Scenario load_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides = {},
                       const std::filesystem::path& library = {});

/// The same for text that is not in a file; `name` stands in for the file's name, and paths are
/// relative to its folder.
Scenario load_scenario_text(std::string_view text, const std::string& name,
                            const std::vector<std::string>& overrides = {});

/// JSON Schema (draft 2020-12) of scenario files, indented, ending in a newline: what
/// scenarios/schema.json holds. Made from the description that load_scenario checks files by.
std::string scenario_schema();

}  // namespace pishkhan
