#pragma once
#include <cstddef>
#include <numeric>
#include <vector>

#include "models/plan/plan_data.hpp"

namespace pishkhan {

/// What a search may choose at a station: one number of clerks in a province, as `staffing: {clerks: 3}` says
/// it; of a bare station a number for each of its groups.
using Staffing = std::vector<int>;

/// All clerks of a staffing.
inline int clerks_of(const Staffing& staffing) {
  return std::accumulate(staffing.begin(), staffing.end(), 0);
}

/// The staffings that a station may have, and what they mean.
class StaffingSpace {
 public:
  /// The scenario must outlive it.
  StaffingSpace(const Scenario& scenario, const Plan::Data& data, StationIndex station);

  /// Whether there is anything to choose: clerks who are counted, and not a clerk for everybody or cores; and
  /// the same clerks on all days.
  [[nodiscard]] bool can_vary() const { return can_vary_; }
  /// Numbers that a staffing has.
  [[nodiscard]] std::size_t size() const { return now_.size(); }
  /// As the scenario says; where it cannot vary, on the run's last day.
  [[nodiscard]] const Staffing& now() const { return now_; }
  /// Clerks and paid hours a week as the scenario says, on the run's last day.
  [[nodiscard]] int clerks_now() const { return clerks_now_; }
  [[nodiscard]] double paid_hours_now() const { return paid_hours_now_; }
  /// Clerks of each group of the station's rules.
  [[nodiscard]] std::vector<int> by_group(const Staffing& staffing) const;
  /// Paid hours in a week without holidays.
  [[nodiscard]] double paid_hours(const Staffing& staffing) const;
  /// Whether one clerk more never makes any value worse that a target is about. It lengthens nobody's wait in
  /// one queue in order of arrival, with clerks all alike, where nobody leaves, balks, is sent away or is
  /// served before others. For targets of utilization or overtime, clerks have one shift a day too, and none
  /// is absent; of utilization by hour it is not known.
  [[nodiscard]] bool is_monotone() const { return monotone_; }

 private:
  const StationRules& rules_;
  bool by_total_;
  bool can_vary_ = false, monotone_ = false;
  Staffing now_;
  int clerks_now_ = 0;
  double paid_hours_now_ = 0;
  std::vector<double> weekly_hours_;  ///< of a clerk, by group
  std::vector<std::size_t> in_run_;   ///< groups that work on days of the run
};

}  // namespace pishkhan
