#pragma once
#include <functional>
#include <optional>
#include <span>

#include "sim/kernel/station_events.hpp"

namespace pishkhan {

/// One of the stations that influence each other on one day.
struct CoupledStation {
  const StationDay* day = nullptr;
  Visits* visits = nullptr;
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

/// Decides the visits of all stations in one loop over their events, with the meaning of
/// simulate_station: whom nobody redirects, it treats bit for bit the same. Redirected citizens leave a
/// balked visit behind and are appended to the other station's visits, which end in order of arrival.
void simulate_coupled(std::span<CoupledStation> stations, const RedirectRule& redirect = {});

}  // namespace pishkhan
