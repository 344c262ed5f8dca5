#pragma once
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/attempt.hpp"
#include "models/trial/station_runner.hpp"
#include "models/trial/trial_result.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// Hands the visits the scenario asks for to a sink, one station-day at a time. Without a sink, does nothing.
class VisitWriter {
 public:
  VisitWriter(const Scenario& scenario, const Plan::Data& data, DrawKey key, const VisitSink& sink)
      : scenario_(scenario), data_(data), key_(key), sink_(sink) {}

  void station_day(std::uint32_t station, DayNumber day, std::span<const Attempt> guests,
                   const StationRunner& runner);
  /// A day's online attempts; lacks_papers says which failed.
  void online(DayNumber day, std::span<const Attempt> guests);

 private:
  [[nodiscard]] bool sampled(const Attempt& guest) const;
  [[nodiscard]] VisitRecord record_of(const Attempt& guest, DayNumber day) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  const VisitSink& sink_;
  std::vector<VisitRecord> records_;
};

}  // namespace pishkhan
