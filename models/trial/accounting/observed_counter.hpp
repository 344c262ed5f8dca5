#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/trial/station_day/decided_station_day.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/statistics/tally.hpp"

namespace pishkhan {

/// Adds up what stands beside the scenario's observations.
class ObservedCounter {
 public:
  /// The scenario and the totals must outlive it.
  ObservedCounter(const Scenario& scenario, std::size_t stations, Totals& totals);

  /// Adds a decided station-day, not one of the warm-up; `tally` is all of its visits'. `open`: its doors
  /// were, for some time.
  void station_day(DayNumber date, const DecidedStationDay& decided, const VisitTally& tally, bool open);

 private:
  const Scenario& scenario_;
  Totals& totals_;
  std::vector<std::uint32_t> begin_;  ///< of each station's observations; empty where there are none
};

}  // namespace pishkhan
