#pragma once
#include <climits>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "models/plan/plan_data.hpp"

namespace pishkhan {

/// What a number of clerks is looked for of: a station (of a bare station, each of its groups), each opening
/// of its doors, each hour of the day, or each pattern of a roster.
enum class StaffBy : std::uint8_t { station, shift, hour, roster };

/// What a search may choose at a station: its numbers of clerks, as many as StaffingSpace::size() says.
using Staffing = std::vector<int>;

/// All clerks of a staffing.
inline int clerks_of(const Staffing& staffing) {
  return std::accumulate(staffing.begin(), staffing.end(), 0);
}

/// One staffing; or all that agree in their first slots and have at most so many clerks in each later one,
/// of which only the best case is known.
struct StaffingSet {
  static constexpr std::size_t kSingle = SIZE_MAX;
  static constexpr int kEnough = INT_MAX;  ///< a clerk for everybody

  Staffing staffing;            ///< of a set, the clerks by slot
  std::size_t exact = kSingle;  ///< of a set, the slots in which all agree

  [[nodiscard]] bool is_single() const { return exact == kSingle; }
  friend auto operator<=>(const StaffingSet&, const StaffingSet&) = default;
};

/// The staffings that a station may have, and what they mean.
class StaffingSpace {
 public:
  /// The scenario must outlive it. `patterns` of a roster; clerks work in them while the doors are open, so
  /// that some are left out here: those without hours then, and those of the hours of another.
  StaffingSpace(const Scenario& scenario, const Plan::Data& data, StationIndex station,
                StaffBy by = StaffBy::station, const std::vector<ShiftPattern>& patterns = {});

  /// Whether there is anything to choose: clerks who are counted, and not a clerk for everybody or cores; and
  /// the same clerks on all days. By shift, hour or roster they have to be alike; shifts of a province must
  /// not overlap with the next of another day.
  [[nodiscard]] bool can_vary() const { return can_vary_; }
  /// Numbers that a staffing has.
  [[nodiscard]] std::size_t size() const { return now_.size(); }
  /// As the scenario says, where it cannot vary on the run's last day; by shift or hour, those on duty when
  /// it begins; of a roster, 1 each.
  [[nodiscard]] const Staffing& now() const { return now_; }
  /// Clerks and paid hours a week as the scenario says, on the run's last day.
  [[nodiscard]] int clerks_now() const { return clerks_now_; }
  [[nodiscard]] double paid_hours_now() const { return paid_hours_now_; }
  /// The groups of clerks that the station has with it. A clerk who is asked for before and after a change
  /// stays at the desk; who is not asked for any more finishes the citizen, as `after_shift` says.
  [[nodiscard]] std::vector<ClerkGroup> groups(const Staffing& staffing) const;
  /// Paid hours in a week without holidays.
  [[nodiscard]] double paid_hours(const Staffing& staffing) const;
  /// Paid hours a week of one clerk of a number.
  [[nodiscard]] double unit_hours(std::size_t number) const { return weekly_hours_[number]; }
  /// Whether somebody works on every day on which the doors open. Otherwise the station is shut on it, and
  /// who does not come is not late.
  [[nodiscard]] bool is_allowed(const Staffing& staffing) const;
  /// Whether one clerk more never makes any value worse that a target is about, with one number for the whole
  /// day. It lengthens nobody's wait in one queue in order of arrival, with clerks all alike, where nobody
  /// leaves, balks, is sent away or is served before others, and no call may last longer because of others or
  /// fail. For targets of utilization or overtime, clerks have one shift a day too, and none is absent; of
  /// utilization by hour it is not known.
  [[nodiscard]] bool is_monotone() const { return monotone_; }

  // By shift, by hour, or of a roster: stretches of the day, in order of time.
  [[nodiscard]] StaffBy by() const { return by_; }
  [[nodiscard]] const std::vector<WeekHours>& slots() const { return slots_; }
  /// Of a roster its patterns; else `08` for the hour from 08:00, or the number of the shift.
  [[nodiscard]] std::vector<std::string> number_names() const;
  /// The time of day of each slot, on all days together; none of a roster.
  [[nodiscard]] const std::vector<Interval>& slot_times() const { return slot_times_; }
  /// Clerks of a staffing who work in a slot, at some time of it.
  [[nodiscard]] int clerks_in(const Staffing& staffing, std::size_t slot) const;
  /// Whether the best case of a set of staffings is known: nobody's wait is longer there, as is_monotone()
  /// says, and every target is a share in time of those who joined, who left as late.
  [[nodiscard]] bool has_best_cases() const { return best_cases_; }
  /// Speed of all clerks, where they are alike.
  [[nodiscard]] double speed() const { return rules_.groups[in_run_.front()].speed; }

 private:
  void find_slots();
  void find_patterns(const std::vector<ShiftPattern>& patterns);
  [[nodiscard]] Staffing on_duty_now() const;
  [[nodiscard]] std::vector<int> by_group(const Staffing& staffing) const;

  const StationRules& rules_;
  const StationPlan& plan_;
  StaffBy by_;
  bool by_total_;
  bool can_vary_ = false, monotone_ = false, best_cases_ = false;
  Staffing now_;
  int clerks_now_ = 0;
  double paid_hours_now_ = 0;
  std::vector<double> weekly_hours_;  ///< of a clerk, by group or number
  std::vector<std::size_t> in_run_;   ///< groups that work on days of the run
  std::vector<WeekHours> slots_;
  std::vector<std::string> slot_names_;
  std::vector<Interval> slot_times_;
  std::vector<ShiftPattern> patterns_;  ///< within the doors
};

}  // namespace pishkhan
