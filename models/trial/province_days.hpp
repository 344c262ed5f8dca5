#pragma once
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "models/trial/accounting/todays_returns.hpp"
#include "models/trial/citizens/appointment_desk.hpp"
#include "models/trial/citizens/citizen_source.hpp"
#include "models/trial/citizens/day_arrivals.hpp"
#include "models/trial/replication.hpp"

namespace pishkhan {

/// Simulates the days of a province, a stretch of days at a time: first the citizens of all its days are
/// created, then all its days are simulated at one station, then at the next, because that keeps a station's
/// memory in the cache. A stretch is simulated in one of four ways:
///
/// - Uncoupled stations: each by itself, up to 12 days.
/// - Coupled stations, optimistically: each by itself, up to 2 days, as if no stations influenced each other.
///   That is checked afterwards. If it was wrong, all totals are set to what they were before the stretch,
///   and the stretch is simulated again up to the day of the conflict.
/// - Where citizens come again on the day of a visit in vain, one day, decided again until the same citizens
///   do: TodaysReturns.
/// - Coupled stations, one day: the first day of a run, a day of conflict and the one after it, any day on
///   which the optimistic way is not possible, and every day if visits are written, because a written visit
///   cannot be taken back. CoupledStations::simulate chooses between each station by itself and one event
///   loop.
class ProvinceDays {
 public:
  explicit ProvinceDays(Replication& run);
  void simulate();

 private:
  static constexpr int kDaysUncoupled = 12;  ///< enough to profit from the cache, few enough for the memory
  static constexpr int kDaysOptimistic = 2;  ///< fewer: after a conflict the work on all of them is lost

  struct StretchDay {
    Day day;
    bool holiday = false;  ///< all stations are closed
    bool idle = false;     ///< nobody comes, online either
    DayArrivals arrivals;
  };

  // Each simulates a stretch of days from `begin` on and returns the first day after it.
  int simulate_uncoupled(int begin);
  int simulate_coupled(int begin);
  int simulate_optimistically(int begin, int end);
  int simulate_one_day(int begin);
  int simulate_with_returns(int begin);

  void simulate_joint_returns(const Day& day, std::span<const Attempt> online);
  void list_open_stations();

  [[nodiscard]] int end_of_stretch(int begin, int days) const;
  void create_citizens(int begin, int end);
  void create_citizens(StretchDay& day);
  void choose_again(DayNumber date);
  [[nodiscard]] bool takes_citizens(StationIndex station, const Day& day) const;
  [[nodiscard]] std::span<const FirstAttempt> book(const Day& day, StationIndex station,
                                                   std::span<const FirstAttempt> first_attempts);
  void count_lost_after_booking();
  template <class Decide>
  void for_each_station_day(Decide decide);
  void fail_online(const Day& day, Attempt& attempt);
  void come_after_online(const Attempt& attempt);
  [[nodiscard]] std::span<StretchDay> stretch() { return {days_.data(), stretch_days_}; }

  Replication& run_;
  const Scenario& scenario_;
  const Plan::Data& data_;
  CitizenSource source_;
  AppointmentDesk desk_;
  bool joined_;  ///< citizens go from station to station, or try online again
  FollowUp follow_up_;
  std::optional<TodaysReturns> returns_;  ///< where citizens come again on the same day
  std::array<StretchDay, kDaysUncoupled> days_;
  std::size_t stretch_days_ = 0;
  int conflict_day_ = -1;  ///< index of the day on which stations are known to influence each other
  /// On the day before stations influenced each other, or there was none: a conflict is likely, and on the
  /// first day of a run nothing is known of it.
  bool expects_conflict_ = true;
  std::optional<Totals> saved_;  ///< before the optimistic stretch
  /// A station that takes citizens today.
  struct OpenStation {
    StationIndex station;
    std::vector<Attempt> attempts;  ///< but for those who come again today
  };
  std::vector<OpenStation> open_;  ///< the first open_count_ are in use
  std::size_t open_count_ = 0;
  // Working memory.
  DayCitizens citizens_;
  StationGrouper group_;
  std::vector<Attempt> pending_by_station_;
  std::vector<std::size_t> pending_begin_;  ///< of each station in pending_by_station_
  std::vector<Attempt> attempts_;           ///< of one station-day
  std::vector<Attempt> pending_;            ///< of one station
};

}  // namespace pishkhan
