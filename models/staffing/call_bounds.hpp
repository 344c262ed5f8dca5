#pragma once
#include <cstddef>

#include "models/plan/plan_data.hpp"
#include "sim/coupling/down_times.hpp"
#include "sim/station/station.hpp"

namespace pishkhan {

/// What is known of the calls of a station's visits on a day, whenever these start: how soon a clerk may be
/// free of a visit, and whether it may fail. It asks no more than that visits are the same ones and that none
/// starts before a given time, so it holds for every staffing with which that is so.
class CallBounds {
 public:
  /// All must outlive it. Without slow-downs of systems, redirects and SimGrid.
  CallBounds(const Scenario& scenario, const Plan::Data& data) : scenario_(scenario), data_(data) {}

  /// The day at a station with so many visits at most, the slowest unloaded call of which takes so long.
  /// `outages` must outlive its use; null: nothing fails.
  void begin(StationIndex station, const DayOutages* outages, const StationDay& day, std::size_t visits,
             double slowest_call_s);
  /// The earliest time at which the clerk of a visit may be free for the first time, if the visit does not
  /// start before start_s; `speed` of the clerk.
  [[nodiscard]] double frees_s(const Visits& visits, std::size_t i, double start_s, double speed) const;
  /// Whether the visit may fail, if it does not start before start_s.
  [[nodiscard]] bool may_fail(const Visits& visits, std::size_t i, double start_s, double speed) const;

 private:
  [[nodiscard]] double first_hit_s(const Visits& visits, std::size_t i, double from_s) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  StationIndex station_;
  const DayOutages* outages_ = nullptr;
  double closing_s_ = 0;
  bool may_time_out_ = false;  ///< the station's own calls may slow each other down beyond the clerks' limit
};

}  // namespace pishkhan
