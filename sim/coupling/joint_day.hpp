#pragma once
#include <array>
#include <functional>
#include <optional>
#include <span>

#include "sim/backbone/backbone.hpp"
#include "sim/coupling/call_policy.hpp"
#include "sim/station/station_events.hpp"

namespace pishkhan {

/// One of the stations that are simulated together on one day.
struct JointStation {
  const StationDay* day = nullptr;
  Visits* visits = nullptr;
  AccessLinkId link;  ///< of its calls; read only where there is a backbone
  /// Result. Empty if nobody was redirected here. Otherwise, for each visit in order of arrival, its former
  /// position: the visits there from the start have the first positions, the redirected those after them, in
  /// the order in which they were redirected.
  std::vector<std::uint32_t> former_positions;
};

/// A citizen who balked, on the way to the next station.
struct Redirected {
  std::uint32_t station = 0;  ///< index among the stations simulated together
  Newcomer visit;             ///< arrives later than the time of balking
};

/// Where a citizen who balks goes, given (station, visit, time_s); the visit is numbered by its former
/// position as in JointStation. Nothing: the citizen leaves. Called once for each balking, in order of time,
/// station and arrival.
using RedirectRule = std::function<std::optional<Redirected>(std::uint32_t, std::uint32_t, double)>;

/// Why clerks wait longer for a system than an unloaded transaction takes.
enum class Cause : std::uint8_t { system, link, county_link, power, load };
inline constexpr std::size_t kCauses = 5;

/// Something fails or is repaired, or the number of a system's cores changes.
struct Switch {
  double time_s = 0;
  Cause cause = Cause::system;  ///< what fails; not `load`
  std::uint32_t index = 0;      ///< system, access link (of link and power), county link
  bool up = false;
  std::uint32_t cores = 0;  ///< > 0: the system has so many cores from now on, and `up` is ignored
};

/// A transaction of an online citizen, begun at a given time.
struct WebCall {
  double time_s = 0;
  std::uint32_t service = 0;
};

/// How visits call systems. Handling is a part of the human time, then the call, during which clerk and
/// citizen wait, then the rest of the human time.
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
  std::uint64_t answered = 0;    ///< of them, the rest failed
  std::uint64_t retried = 0;     ///< tries after the first
  std::uint64_t parked = 0;      ///< visits
  std::uint64_t web_failed = 0;  ///< refused or hit by an outage
  double last_s = 0;             ///< when the last call ended, or something was last switched
  /// By system: clerk time at desks beyond what the calls would have taken alone, by what it was lost to; of
  /// a failed visit, all its time at the desk.
  std::vector<std::array<double, kCauses>> lost_clerk_s;
  std::vector<std::uint8_t> web_fails;  ///< by CallsOverBackbone::web
};

/// Decides the visits of all stations in one loop over their events, with the meaning of simulate_station: a
/// station without redirects and calls is decided bit for bit the same. A redirected citizen leaves a balked
/// visit at the first station and is appended to the visits of the next, which are put in order of arrival at
/// the end.
///
/// Visits::system_s is at first the unloaded time of the visit's call (0 without one) and becomes what the
/// clerk waited for the system.
///
/// At the beginning and at the end of a day nothing is in flight and everything is up. At one instant answers
/// come first, in the backbone's order; then failures and repairs, time limits, new tries, web calls; then
/// what stations do. A transaction's id is its station (the number of stations stands for the web), then its
/// visit.
///
/// A citizen at the desk, or parked, does not wait for a repair beyond the last closing of the station's
/// doors: the visit fails then. Throws Interrupted when told to stop.
CallsOutcome simulate_joint_day(std::span<JointStation> stations, const RedirectRule& redirect = {},
                                const CallsOverBackbone& calls = {}, StopCheck stop = {});

}  // namespace pishkhan
