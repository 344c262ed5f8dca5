#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "models/demand/station_index.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trial/totals/periods.hpp"
#include "sim/backbone/observation.hpp"
#include "sim/coupling/joint_day.hpp"
#include "sim/statistics/compact_histogram.hpp"
#include "sim/statistics/level_histogram.hpp"
#include "sim/statistics/ratio_verdict.hpp"
#include "sim/statistics/tally.hpp"
#include "sim/statistics/verdict.hpp"

namespace pishkhan {

/// Citizens of one service and of the channel they chose first.
struct CitizenTally {
  std::uint64_t created = 0;
  std::uint64_t completed = 0;  ///< received the service
  std::uint64_t lost = 0;       ///< gave up for good
  std::uint64_t pending = 0;    ///< will come again after the run's end, or inside when it ended
  std::uint64_t trips = 0;      ///< of the completed: ways to a station; online attempts are none
  std::uint64_t days = 0;       ///< of the completed: from the one on which they first want the service
};

/// One finished visit (or online attempt), as it is written to the visits table.
struct VisitRecord {
  DayNumber day;  ///< of this visit
  /// Day on which the citizen first wants the service; the citizen is (origin_day, place, service, index).
  DayNumber origin_day;
  PlaceId place;      ///< where the citizen lives; the first in a scenario of bare stations, which has none
  ServiceId service;  ///< of bare stations: the stream, numbered over all stations
  std::uint32_t index;
  std::uint32_t attempt;
  Channel channel;
  StationIndex station;  ///< kNoStation online
  Outcome outcome;
  bool reworked;
  double arrival_s;     ///< seconds after midnight (after the run's start without days)
  double start_s;       ///< NaN unless served or failed at a station
  double end_s;         ///< end of handling, or when the citizen left the queue
  std::uint32_t clerk;  ///< number within the station; kNoClerk unless served or failed at one
};
using VisitSink = std::function<void(std::span<const VisitRecord>)>;

struct LedgerEntry {
  std::uint32_t migration;  ///< index in Scenario::migrations
  ServiceId service;
  std::uint64_t citizens;  ///< moved from the migration's `from` to its `to`
};

struct Audit {
  std::uint64_t checks = 0;           ///< identities verified
  std::vector<std::string> failures;  ///< the first hundred, in words
  [[nodiscard]] bool passed() const { return failures.empty(); }
};

/// The calls to agency systems on the counted days.
struct CallTally {
  /// Empty where the backbone is ideal and nothing can fail: then calls are not simulated. Link kinds as in
  /// BackboneRules::link_kinds, then the links of online citizens. down_s over whole days; core_s and
  /// watched_s also past midnight until the day's last call has ended.
  BackboneTallies backbone;
  std::uint64_t retried = 0;        ///< tries after the first
  std::uint64_t parked = 0;         ///< visits
  std::uint64_t web_failed = 0;     ///< online attempts that failed because they got no answer
  LostClerkTimes lost_clerk_s;      ///< systems are agencies
  TimeSum unloaded_s;               ///< clerks' waiting for systems that is not lost, as in CallsOutcome
  std::uint64_t days_apart = 0;     ///< on which no transactions of different stations influenced each other
  std::uint64_t days_together = 0;  ///< on which some did
};

/// What stands beside an observation: a station over its counted days.
struct ObservedTally {
  std::uint32_t station = 0;
  std::uint32_t open_days = 0;   ///< on which the doors were open
  std::uint32_t clerk_days = 0;  ///< clerks on duty, all its days together
  std::uint32_t arrived = 0, served = 0, abandoned = 0;
  double wait_s = 0;  ///< of the served
};

/// What a target counts at each of its stations on each counted day (an unbroken run is one day), by shift or
/// hour where it is about these: [(station of the target * days + day) * slots + slot].
struct TargetCounts {
  std::size_t days = 0, slots = 0;
  std::vector<GoodCount> counts;  ///< where Target::counts_visits(): its visits, and the good among them
  std::vector<RatioParts> parts;  ///< else: what the ratio is formed of

  [[nodiscard]] std::size_t cells() const { return counts.size() + parts.size(); }
  [[nodiscard]] std::size_t cell(std::size_t station, std::size_t day, std::size_t slot) const {
    return (station * days + day) * slots + slot;
  }
  [[nodiscard]] GoodCount& at(std::size_t station, std::size_t day, std::size_t slot) {
    return counts[cell(station, day, slot)];
  }
  [[nodiscard]] const GoodCount& at(std::size_t station, std::size_t day, std::size_t slot) const {
    return counts[cell(station, day, slot)];
  }
};

/// A station's sums, and the distributions that percentiles are taken from.
struct StationResult : StationTally {
  CompactHistogram waits;  ///< of the served
  LevelHistogram levels;   ///< of the number waiting, while doors are open
};

/// Visits of citizens of a class at the stations of a channel.
struct ClassResult : VisitTally {
  CompactHistogram waits;  ///< of the served
};

/// What became of a list of appointments at a station. Of citizens those who wanted to book on a counted day,
/// of slots those of counted days.
struct AppointmentCounts {
  std::uint64_t wanted = 0;        ///< citizens who wanted to book
  std::uint64_t booked = 0;        ///< of them
  std::uint64_t without_slot = 0;  ///< of them: none was free within the horizon
  std::uint64_t days_to_slot = 0;  ///< of those who booked, to the day of the slot
  std::uint64_t not_yet = 0;       ///< of those who booked: the slot is after the run
  std::uint64_t offered = 0;       ///< slots
  std::uint64_t used = 0;          ///< slots in which who booked came
  std::uint64_t no_shows = 0;      ///< slots in which who booked did not
  std::uint64_t shut = 0;          ///< slots in which who booked found nobody on duty all day
};
/// With the visits for the services: in booked slots, and of citizens who walked in while the appointments
/// held.
struct AppointmentResult {
  AppointmentCounts counts;
  ClassResult booked, walk_ins;
};

/// Visits of a place's residents to a station.
struct TripCount {
  std::uint32_t station, place;
  std::uint32_t metres;  ///< from the place to the station, one way
  std::uint32_t visits;
};

/// Visits to a station at which a service was given: served, with the papers.
struct GivenCount {
  std::uint32_t station, service;
  std::uint32_t visits;
};

/// The ways of a service's visits to the stations of a channel, from the citizen's place of residence, one
/// way.
struct TravelResult {
  std::array<std::uint64_t, kKinds> metres{};  ///< all ways together, by kind of the place of residence
  std::uint64_t out_of_county = 0;             ///< visits to a station in another county than the place
  CompactHistogram km;                         ///< of each way
};

/// Citizens who would have chosen an office, had the scenario not closed it, and went to a station instead.
struct Diversion {
  std::uint32_t office;
  std::uint32_t station;  ///< kNoStation.value: none gives the service
  std::uint64_t citizens = 0;
  std::uint64_t office_metres = 0, station_metres = 0;  ///< their ways to either together, one way
};

/// An hour of a weekday at a station.
struct WeekHour {
  std::uint32_t station;
  std::uint16_t weekday;  ///< 0 = Saturday ... 6 = Friday
  std::uint16_t hour;
  HourTally tally;
};

/// Visits by the hour in which they came.
struct QueueCounts {
  std::uint64_t arrived = 0, served = 0, balked = 0, abandoned = 0, sent_away = 0, failed = 0;

  friend bool operator==(const QueueCounts&, const QueueCounts&) = default;
};

/// Visits and queue of an hour of the day, or of a stream.
struct QueueCell {
  QueueCounts counts;
  CompactHistogram waits;                 ///< of the served
  std::vector<std::uint64_t> open_ticks;  ///< by number waiting: open time, in 2^-16 s
};

/// Channels that have stations: traditional and office, index as Channel.
inline constexpr std::size_t kStationChannels = 2;

/// Everything one replication observed on its counted days.
struct TrialResult {
  std::vector<StationResult> stations;   ///< offices then counters in their order; or the bare stations
  std::vector<HourTally> station_hours;  ///< [station * kHoursOfWork + hour]; empty without days
  std::vector<WeekHour> week_hours;      ///< by station, weekday, hour; without those of which all is 0
  std::vector<PeriodTally> periods;      ///< [station * cells + cell], as period_cells; empty without days
  std::vector<CompactHistogram> service_waits;  ///< [service * kStationChannels + channel]; of a province
  std::vector<ClassResult> classes;             ///< [class * kStationChannels + channel]; of a province
  std::vector<AppointmentResult> appointments;  ///< as Plan::Data::appointments
  std::vector<TripCount> trips;                 ///< of a province: by station, then place; with visits > 0
  std::vector<GivenCount> given;                ///< of a province: by station, then service; with visits > 0
  std::vector<TravelResult> service_travel;     ///< as service_waits
  std::vector<Diversion> diversions;            ///< by office, then station; with citizens > 0
  /// [service * kChannels + channel of the station]; bare: [stream * kChannels + office].
  std::vector<VisitTally> services;
  std::vector<CitizenTally> citizens;   ///< the same; the channel is the one the citizens chose first
  std::vector<VisitTally> days;         ///< [day * kChannels + channel], warm-up days included
  std::vector<LedgerEntry> ledger;      ///< entries with citizens > 0, ordered
  std::vector<TargetCounts> targets;    ///< as Scenario::targets
  std::vector<ObservedTally> observed;  ///< as Scenario::observations
  /// With Scenario::queues: [group * kHoursOfWork + hour] as QueueBook, then the streams of bare stations.
  std::vector<QueueCell> queues;
  CallTally calls;
  std::uint64_t visits = 0;  ///< all simulated, warm-up included
  Audit audit;
};

}  // namespace pishkhan
