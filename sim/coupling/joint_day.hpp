#pragma once
#include <array>
#include <functional>
#include <optional>
#include <span>

#include "sim/backbone/backbone.hpp"
#include "sim/coupling/call_policy.hpp"
#include "sim/station/station_events.hpp"

namespace pishkhan {

/// One of the stations that influence each other on one day.
struct JointStation {
  const StationDay* day = nullptr;
  Visits* visits = nullptr;
  AccessLinkId link;  ///< of its calls; read only where there is a backbone
  /// Result. Empty if nobody was redirected here. Otherwise, for each visit in order of arrival, its number
  /// before: those there from the start first, then the redirected as they were sent.
  std::vector<std::uint32_t> came;
};

/// A citizen who balked, on the way to the next station.
struct Redirected {
  std::uint32_t station = 0;  ///< index among the coupled stations
  Newcomer visit;             ///< arrives later than the balking
};

/// Where a citizen goes who balks: (station, visit, time_s), the visit numbered as in JointStation::came.
/// Nowhere, if the answer is empty. Asked once for each balking, in order of time, station and arrival.
using RedirectRule = std::function<std::optional<Redirected>(std::uint32_t, std::uint32_t, double)>;

/// Why clerks wait longer for a system than a transaction alone would take.
enum class Cause : std::uint8_t { system, link, county_link, power, load };
inline constexpr std::size_t kCauses = 5;

/// Something fails or is repaired, or a system goes on with other cores.
struct Switch {
  double time_s = 0;
  Cause cause = Cause::system;  ///< what fails; not `load`
  std::uint32_t index = 0;      ///< system, access link (of link and power), county link
  bool up = false;
  std::uint32_t cores = 0;  ///< > 0: the system's cores from now on, up or not as it is
};

/// A transaction of somebody at home, begun at a given time whatever else happens.
struct WebCall {
  double time_s = 0;
  std::uint32_t service = 0;
};

/// Transactions within handling: part of the human time, the call, during which clerk and citizen wait, and
/// the rest.
struct CallsOverBackbone {
  Backbone* backbone = nullptr;  ///< null: handling takes the time in Visits::system
  /// By Visits::service; work_s 0: no call. Each goes over its station's link, whatever is in `from`.
  std::span<const Transaction> transactions;
  double share_before = 0.5;  ///< of the human time
  CallPolicy policy = {};
  std::span<const Switch> switches =
      {};  ///< ordered by time; whatever fails of the same cause is repaired before it fails again
  std::span<const WebCall> web = {};  ///< ordered by time
  AccessLinkId web_link = {};         ///< read only where there are any
};

/// What became of the calls.
struct CallsOutcome {
  std::uint64_t visits = 0;      ///< visits that came to their call
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

/// Decides the visits of all stations in one loop over their events, with the meaning of
/// simulate_station: whom nobody redirects, it treats bit for bit the same. Redirected citizens leave a
/// balked visit behind and are appended to the other station's visits, which end in order of arrival.
///
/// Visits::system comes in as the unloaded time of the visit's call (0 without one) and becomes what the
/// clerk waited for the system.
///
/// The backbone begins and ends with nothing in flight, everything up, at time 0 of the day. At one instant
/// answers come first, in the backbone's order; then failures and repairs, time limits, new tries, web calls;
/// then what stations do. A transaction's id is its station (one beyond the last: the web), then its visit.
///
/// A citizen at the desk, or parked, does not wait for a repair beyond the last closing of the station's
/// doors: then the visit has failed.
CallsOutcome simulate_joint_day(std::span<JointStation> stations, const RedirectRule& redirect = {},
                                const CallsOverBackbone& calls = {});

}  // namespace pishkhan
