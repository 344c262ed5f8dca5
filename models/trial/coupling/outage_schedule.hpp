#pragma once
#include <vector>

#include "models/plan/plan_data.hpp"
#include "sim/coupling/joint_day.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// When systems, links and the power fail in one replication, and when systems are slow. Random outages are
/// drawn for each system or link from its own id, so a scenario that adds others has the same outages of it.
class OutageSchedule {
 public:
  OutageSchedule(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop = {});

  [[nodiscard]] bool any() const { return !outages_.empty() || !slow_downs_.empty(); }

  [[nodiscard]] bool any_slow_down() const { return !slow_downs_.empty(); }

  /// Failures and repairs on a day of the run, counted from 0, and in the 24 hours after it, ordered by time
  /// in seconds after the day's first midnight. What is down at that midnight fails at second 0.
  [[nodiscard]] std::vector<Switch> of_day(int day) const;

  /// Replaces down_s in the tallies of a day by that from midnight to midnight, and core_s by that of the
  /// first watched_s from midnight on, both in whole ticks.
  void tally(int day, double watched_s, BackboneTallies& tallies) const;

 private:
  struct Element {
    Cause cause;
    std::uint32_t index;
    Intervals down;  ///< ordered, disjoint; seconds after the run's first midnight
  };
  struct SlowDown {
    std::uint32_t system;
    Interval when;
    std::uint32_t cores;
  };

  [[nodiscard]] bool may_begin(const Outage& outage, double t) const;
  [[nodiscard]] Intervals when(const Outage& outage, std::uint32_t which, std::uint32_t series) const;
  [[nodiscard]] IdKey key_of_element(const Outage& outage, std::uint32_t which) const;
  [[nodiscard]] std::uint32_t cores_at(std::uint32_t system, double t) const;
  /// Times in [from_s, to_s) at which a system's cores may change.
  [[nodiscard]] std::vector<double> core_dates(std::uint32_t system, double from_s, double to_s) const;

  const Scenario& scenario_;
  const Platform& platform_;
  const Plan::Data& data_;
  DrawKey key_;
  double horizon_s_;
  std::vector<Element> outages_;
  std::vector<SlowDown> slow_downs_;
};

}  // namespace pishkhan
