#pragma once
#include <cstdint>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/station_day/decided_station_day.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"

namespace pishkhan {

/// Adds the visits of a station-day that a target is about to its counts: the first, or those of the shifts
/// or hours.
void count_visits(const Target& target, const Visits& visits, const Intervals& doors, double from_s,
                  GoodCount* slots);

/// Counts the visits that the scenario's targets are about, by station and day.
class TargetCounter {
 public:
  /// All must outlive it.
  TargetCounter(const Scenario& scenario, const Plan::Data& data, Totals& totals);

  /// Adds an observed station-day, not one of the warm-up, to the totals. `tally` is all of its visits'.
  void station_day(const Day& day, const DecidedStationDay& decided, const VisitTally& tally);

 private:
  /// Whether the service level's own counts are the target's.
  [[nodiscard]] bool is_service_level(const Target& target) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  Totals& totals_;
  /// By target and station: the station's place among those of the target.
  std::vector<std::vector<std::uint32_t>> places_;
};

}  // namespace pishkhan
