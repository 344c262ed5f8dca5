#pragma once
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/station_day/decided_station_day.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// Gives the visits that the scenario samples to a sink, one station-day at a time. Without a sink, does
/// nothing.
class VisitWriter {
 public:
  VisitWriter(const Scenario& scenario, const Plan::Data& data, DrawKey key, const VisitSink& sink)
      : scenario_(scenario), data_(data), key_(key), sink_(sink) {}

  void station_day(const Day& day, const DecidedStationDay& decided);
  /// A day's online attempts.
  void online(const Day& day, std::span<const Attempt> attempts);

 private:
  [[nodiscard]] bool sampled(const Attempt& attempt) const;
  [[nodiscard]] VisitRecord record_of(const Attempt& attempt, const Day& day) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  const VisitSink& sink_;
  std::vector<VisitRecord> records_;
};

}  // namespace pishkhan
