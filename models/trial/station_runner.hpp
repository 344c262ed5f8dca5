#pragma once
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/attempt.hpp"
#include "sim/coupling/joint_day.hpp"
#include "sim/random/philox.hpp"
#include "sim/statistics/station_observer.hpp"

namespace pishkhan {

/// Takes the guests of one station-day through their visits: draws what happens to each, orders them by
/// arrival, simulates the station and observes it. Where stations influence each other, a loop outside
/// simulates them all between prepare and observe.
class StationRunner {
 public:
  StationRunner(const Scenario& scenario, const Plan::Data& data, DrawKey key);

  /// Makes the guests' visits at station number `station` on `day` (an unbroken run: any day), ready for
  /// simulation.
  void prepare(std::uint32_t station, DayNumber day, std::span<const Attempt> guests);
  /// Decides them.
  void simulate();
  /// Adds the decided station-day to the observation and returns its tally.
  VisitTally observe(const ObservationRules& rules, StationObservation& into);

  /// Whether the station is one of clerks and queues, not a shared processor.
  [[nodiscard]] bool has_clerks() const { return plan_->cores == 0; }
  /// The visit of a guest who comes to the prepared station at arrival_s by redirection.
  [[nodiscard]] Newcomer newcomer(const Attempt& guest, double arrival_s);
  /// Takes over the order of arrival after newcomers were appended: `came` as in JointStation, and
  /// `guests` those prepared with, then the newcomers.
  void reorder(std::span<const std::uint32_t> came, std::span<const Attempt> guests);
  [[nodiscard]] Visits& visits() { return visits_; }

  // The last station-day, in order of arrival.
  [[nodiscard]] const Visits& visits() const { return visits_; }
  [[nodiscard]] std::span<const std::uint8_t> reworked() const { return reworked_; }
  /// Nonzero for those who first chose another channel than the station's, set out on an earlier day, or come
  /// again.
  [[nodiscard]] std::span<const std::uint8_t> needs_follow_up() const { return needs_follow_up_; }
  /// After observe, unless the run is unbroken.
  [[nodiscard]] const VisitParts& parts() const { return observer_.parts(); }
  /// Position of visit i among the guests.
  [[nodiscard]] std::size_t guest(std::size_t i) const { return static_cast<std::uint32_t>(order_[i]); }
  [[nodiscard]] const StationDay& station_day() const { return day_; }
  [[nodiscard]] const LittleCheck& little() const { return observer_.little(); }

 private:
  void draw_words(std::span<const Attempt> guests, bool calls);
  void order_by_word(std::size_t n);
  void order_by_time(std::size_t n);
  void gather(const StationPlan& plan, std::span<const Attempt> guests);
  void drop_calls();
  void fill_visits(const StationPlan& plan, const StationHours& hours, std::span<const Attempt> guests,
                   std::size_t weekday);
  void arrival_times(const StationPlan& plan, const StationHours& hours, std::span<const Attempt> guests,
                     std::size_t weekday);
  void prepare_clerks(const StationPlan& plan, const StationHours& hours, DayNumber day);
  void share_processor();
  VisitTally observe_processor(const ObservationRules& rules, StationObservation& into);
  [[nodiscard]] std::int16_t priority_of(const StationPlan& plan, const Attempt& guest) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  std::vector<std::int16_t> class_priority_{0};  ///< by Attempt::citizen_class
  const StationPlan* plan_ = nullptr;
  const StationHours* hours_ = nullptr;
  DayNumber today_ = 0;
  Visits visits_;
  StationDay day_;
  std::vector<Clerk> clerks_;
  std::vector<std::uint8_t> reworked_, needs_follow_up_;
  StationObserver observer_;
  // Draws, by guest and then in order of arrival.
  std::vector<std::uint32_t> index_, stream_, origin_, tag_;
  std::array<std::vector<std::uint32_t>, 4> words_, call_words_;
  std::vector<std::uint64_t> order_;
  std::vector<std::uint32_t> buckets_, sorted_words_, which_;
  std::vector<double> times_;
};

}  // namespace pishkhan
