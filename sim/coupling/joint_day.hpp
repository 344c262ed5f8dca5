#pragma once
#include <array>
#include <functional>
#include <optional>
#include <span>

#include "sim/backbone/backbone.hpp"
#include "sim/base/id.hpp"
#include "sim/base/time_sum.hpp"
#include "sim/coupling/call_policy.hpp"
#include "sim/station/station_events.hpp"

namespace pishkhan {

/// Number of a station among those that are simulated together on one day.
using JointStationIndex = Id<struct JointStationTag>;

/// One of these stations.
struct JointStation {
  const StationDay* day = nullptr;
  Visits* visits = nullptr;
  AccessLinkId link;  ///< of its calls; read only where there is a backbone
  /// Result. Empty if nobody was redirected here. Otherwise, for each visit in order of arrival, its former
  /// position: the visits there from the start have the first positions, the redirected those after them, in
  /// the order in which they were redirected.
  std::vector<std::uint32_t> former_positions;
};

/// A customer who balked, on the way to the next station.
struct Redirected {
  JointStationIndex station;
  Newcomer visit;  ///< arrives later than the time of balking
};

/// Where a customer who balks goes, given (station, visit, time_s); the visit is numbered by its former
/// position as in JointStation. Without a value, the customer leaves. Called once for each balking, in order
/// of time, station and arrival.
using RedirectRule = std::function<std::optional<Redirected>(JointStationIndex, std::uint32_t, double)>;

/// Why clerks wait longer for a system than an unloaded transaction takes.
enum class Cause : std::uint8_t { system, link, county_link, power, load };
inline constexpr std::size_t kCauses = 5;

/// Clerk time lost to a cause.
struct LostClerkTime {
  TimeSum
      waiting_s;  ///< for the system: beyond that of an unloaded call, and all of it on a visit that fails
  TimeSum in_vain_s;  ///< handling before the call of a visit that fails
  [[nodiscard]] double total_s() const { return waiting_s + in_vain_s; }
  friend bool operator==(const LostClerkTime&, const LostClerkTime&) = default;
  LostClerkTime& operator+=(const LostClerkTime& other) {
    waiting_s += other.waiting_s;
    in_vain_s += other.in_vain_s;
    return *this;
  }
  LostClerkTime& operator-=(const LostClerkTime& other) {
    waiting_s -= other.waiting_s;
    in_vain_s -= other.in_vain_s;
    return *this;
  }
};

/// By system, and then by cause.
using LostClerkTimes = std::vector<std::array<LostClerkTime, kCauses>>;
/// Of the same systems.
void add(LostClerkTimes& sum, const LostClerkTimes& part);
void subtract(LostClerkTimes& sum, const LostClerkTimes& part);

/// Something fails or is repaired, or the number of a system's cores changes.
struct Switch {
  double time_s = 0;
  Cause cause = Cause::system;  ///< what fails; not `load`
  std::uint32_t index = 0;      ///< system, access link (of link and power), county link
  bool up = false;
  std::uint32_t cores = 0;  ///< > 0: the system has so many cores from now on, and `up` is ignored
};

/// A transaction of an online customer, begun at a given time.
struct WebCall {
  double time_s = 0;
  std::uint32_t service = 0;
};

/// How visits call systems. Handling is first a part of the human time, then the call, during which clerk and
/// customer wait, then the rest of the human time.
struct CallsOverBackbone {
  Backbone* backbone = nullptr;  ///< null: calls take the time in Visits::system_s
  /// By Visits::service; work_s 0: no call. `from` is ignored: a call goes over its station's link.
  std::span<const Transaction> transactions;
  double share_before = 0.5;  ///< of the human time
  CallPolicy policy = {};
  /// Ordered by time. What fails is repaired before it fails again from the same cause.
  std::span<const Switch> switches = {};
  std::span<const WebCall> web = {};  ///< ordered by time
  AccessLinkId web_link = {};         ///< of the calls in `web`
};

/// What became of the calls.
struct CallsOutcome {
  std::uint64_t visits = 0;      ///< visits that began their call
  std::uint64_t answered = 0;    ///< of these visits; the others failed
  std::uint64_t retried = 0;     ///< tries after the first
  std::uint64_t parked = 0;      ///< visits
  std::uint64_t web_failed = 0;  ///< refused or hit by an outage
  double last_s = 0;             ///< time of the last end of a call, or of the last switch
  double past_midnight_s = 0;    ///< after the day's end, until no call is under way any more
  LostClerkTimes lost_clerk_s;
  /// Clerks' waiting for the system that is not lost: for an answer, as long as an unloaded call takes.
  TimeSum unloaded_s;
  std::vector<std::uint8_t> web_fails;  ///< by CallsOverBackbone::web

  /// Counts and sums of other calls; what is of the end of the day, and of single calls, stays.
  CallsOutcome& operator+=(const CallsOutcome& other);
  CallsOutcome& operator-=(const CallsOutcome& other);
};

/// Decides the visits of all stations in one event loop, by the rules of simulate_station: a station without
/// redirects and calls is decided bit for bit the same. The visit of a redirected customer stays, as balked,
/// at the first station; another is appended at the next station, whose visits are put in order of arrival at
/// the end.
///
/// Visits::system_s is at first the unloaded time of the visit's call, 0 without one, and becomes the time
/// that the clerk waited for the system.
///
/// At the beginning and at the end of a day nothing is in flight and everything is up. At one instant answers
/// come first, in the backbone's order; then failures and repairs, time limits, new tries, web calls; then
/// the events of stations. The id of a transaction is station << 32 | visit; the number of stations stands
/// for the web, and the number of the web call for the visit.
///
/// At the last closing of a station's doors, visits at the desk or parked that wait for a repair fail. Throws
/// Interrupted when told to stop.
CallsOutcome simulate_joint_day(std::span<JointStation> stations, const RedirectRule& redirect = {},
                                const CallsOverBackbone& calls = {}, StopCheck stop = {});

}  // namespace pishkhan
