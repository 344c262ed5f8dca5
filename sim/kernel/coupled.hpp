#pragma once
#include <functional>
#include <optional>
#include <span>

#include "sim/backbone/backbone.hpp"
#include "sim/kernel/station_events.hpp"

namespace pishkhan {

/// One of the stations that influence each other on one day.
struct CoupledStation {
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

/// Where a citizen goes who balks: (station, visit, time_s), the visit numbered as in CoupledStation::came.
/// Nowhere, if the answer is empty. Asked once for each balking, in order of time, station and arrival.
using RedirectRule = std::function<std::optional<Redirected>(std::uint32_t, std::uint32_t, double)>;

/// Transactions within handling: part of the human time, the call, during which clerk and citizen wait, and
/// the rest. Visits::system becomes what each call took.
struct CallsOverBackbone {
  Backbone* backbone = nullptr;  ///< null: handling takes the time in Visits::system
  /// By Visits::service; work_s 0: no call. Each goes over its station's link, whatever is in `from`.
  std::span<const Transaction> transactions;
  double share_before = 0.5;  ///< of the human time
};

/// Decides the visits of all stations in one loop over their events, with the meaning of
/// simulate_station: whom nobody redirects, it treats bit for bit the same. Redirected citizens leave a
/// balked visit behind and are appended to the other station's visits, which end in order of arrival.
///
/// The backbone begins and ends with nothing in flight, at time 0 of the day, and nothing of it may be down.
/// Answers due at an instant come before what stations do at it, in the backbone's order; a transaction's id
/// is its station, then its visit.
void simulate_coupled(std::span<CoupledStation> stations, const RedirectRule& redirect = {},
                      const CallsOverBackbone& calls = {});

}  // namespace pishkhan
