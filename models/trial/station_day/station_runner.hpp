#pragma once
#include <optional>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/station_day/arrival_order.hpp"
#include "models/trial/station_day/clerks_on_duty.hpp"
#include "models/trial/station_day/given_arrivals.hpp"
#include "models/trial/station_day/run_pieces.hpp"
#include "models/trial/station_day/visit_draws.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/queues/processor_sharing.hpp"
#include "sim/station/station_events.hpp"
#include "sim/statistics/station_observer.hpp"

namespace pishkhan {

/// Simulates one station-day after another, in three steps: prepare() turns attempts into visits, simulate()
/// decides the visits, observe() sums them up. Where stations are coupled, another simulation of all of them
/// takes the place of simulate().
class StationRunner {
 public:
  StationRunner(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop = {});

  /// From now on the stations that are prepared have these groups, which must outlive what is prepared; null:
  /// as their rules say. Not in an unbroken run.
  void staff(GroupsInstead groups) { groups_instead_ = groups; }

  /// Makes the visits of the attempts, in order of arrival, and finds the clerks on duty. Replaces the
  /// station-day before.
  void prepare(const Day& day, StationIndex station, std::span<const Attempt> attempts,
               const GivenArrivals& given = {});
  /// Finds the clerks on duty on the day alone, for visits that are kept elsewhere: station_day().
  void open(const Day& day, StationIndex station);
  /// The same as prepare() for a piece of an unbroken run, after the one before. `attempts`: first those that
  /// were carried over to here, then the new ones; `given` is of the new ones.
  void prepare(const RunPiece& piece, StationIndex station, std::span<const Attempt> attempts,
               const GivenArrivals& given = {});
  /// Decides the prepared visits, as if there were no other station. Of a piece, only those stay that are
  /// decided before it ends; the others are carried over.
  void simulate();
  /// Adds the decided station-day to the observation and returns its tally.
  VisitTally observe(const ObservationRules& rules, StationObservation& into);

  /// Whether citizens may have to wait for a clerk.
  [[nodiscard]] bool has_queue() const { return plan_->cores == 0 && !plan_->unlimited; }
  /// Draws the visit of a citizen who is redirected to the prepared station and arrives at arrival_s.
  [[nodiscard]] Newcomer draw_newcomer(const Attempt& attempt, double arrival_s);
  /// Brings what is kept by visit into the order that simulate_joint_day gave to Visits when newcomers
  /// joined. `former_positions` as in JointStation; `attempts` are those given to prepare(), then the
  /// newcomers'.
  void reorder(std::span<const std::uint32_t> former_positions, std::span<const Attempt> attempts);

  // The prepared station-day; visits in order of arrival.
  [[nodiscard]] const StationDay& station_day() const { return day_; }
  [[nodiscard]] Visits& visits() { return visits_; }
  [[nodiscard]] const Visits& visits() const { return visits_; }
  /// By visit: nonzero where the citizen lacks papers.
  [[nodiscard]] std::span<const std::uint8_t> reworked() const { return reworked_; }
  /// By visit, of a province: Attempt::citizen_class.
  [[nodiscard]] std::span<const std::uint8_t> citizen_classes() const { return citizen_classes_; }
  /// By visit: nonzero where a served visit needs follow-up too, because it is not the citizen's first
  /// attempt, or the citizen first chose another channel or another day.
  [[nodiscard]] std::span<const std::uint8_t> needs_follow_up() const { return needs_follow_up_; }
  /// Positions, among the attempts of the piece, of those that are carried over to the next.
  [[nodiscard]] const std::vector<std::uint32_t>& carried() const { return carried_attempts_; }
  /// Whether the visits are all of a day or of a run, not those of a piece.
  [[nodiscard]] bool is_complete() const { return observed_.from_s <= 0 && observed_.until_s == kForever; }
  /// Position of visit i among the attempts.
  [[nodiscard]] std::size_t attempt(std::size_t i) const { return order_.attempt(i); }
  /// Adds visit i to a tally of visits to bare stations.
  void tally(std::size_t i, double target_s, VisitTally& into) const;
  /// Whether nobody is on duty all day: nobody is let in, whoever comes balks.
  [[nodiscard]] bool is_shut() const { return is_shut_; }
  /// After observe(): each visit's part in the tally. Not in an unbroken run.
  [[nodiscard]] const VisitParts& parts() const { return observer_.parts(); }
  /// After observe().
  [[nodiscard]] const LittleCheck& little() const { return observer_.little(); }

 private:
  void draw_visits(const Day& day, std::span<const Attempt> attempts, const GivenArrivals& given);
  void sample(const Sampler& sampler, const std::vector<std::uint32_t>& which,
              const std::vector<std::uint32_t>& words, std::vector<double>& values);
  void draw_arrivals(const Day& day, std::span<const Attempt> attempts, const GivenArrivals& given);
  void draw_arrivals_of_streams(const Day& day, std::span<const Attempt> attempts,
                                std::span<const double> given_s);
  void take_given(std::span<const Attempt> attempts, const GivenArrivals& given);
  void take_times();
  [[nodiscard]] const std::uint32_t* words_of_openings(const ArrivalCurve& curve,
                                                       std::span<const Attempt> attempts,
                                                       const std::uint32_t* words);
  void gather(const Day& day, std::span<const Attempt> attempts);
  void gather_priorities(std::span<const Attempt> attempts);
  void gather_booked(std::span<const Attempt> attempts);
  void add_transactions(bool some_do_not_call);
  void find_clerks(const Day& day);
  void keep_clerks(const Day& day);
  void describe_day();
  void bring_carried();
  void carry_over();
  void share_processor();
  VisitTally observe_processor(const ObservationRules& rules, StationObservation& into);
  void tally_cores(double from_s, StationTally& into) const;
  [[nodiscard]] std::int16_t priority_of(const Attempt& attempt) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  StopCheck stop_;
  bool returns_today_;
  std::vector<std::int16_t> class_priority_{0};  ///< by Attempt::citizen_class
  // The prepared station-day.
  StationIndex station_;
  const StationPlan* plan_ = nullptr;
  const StationHours* hours_ = nullptr;
  DayNumber date_ = 0;
  ArrivalOrder order_;
  Visits visits_;
  StationDay day_;
  std::vector<Clerk> clerks_;
  GroupsInstead groups_instead_ = nullptr;
  bool is_shut_ = false;
  bool keeps_clerks_ = false;       ///< for those who booked
  bool booked_come_first_ = false;  ///< some of them have a priority
  std::vector<std::uint8_t> reworked_, needs_follow_up_, citizen_classes_;
  StationObserver observer_;
  // The piece of an unbroken run.
  std::vector<ArrivalCurve> curves_;  ///< by stream; empty on a day
  ObservedTime observed_;
  Visits carried_;
  std::vector<std::uint32_t> carried_attempts_;  ///< their attempts
  std::vector<double> free_from_s_;              ///< by clerk's number: Clerk::free_from_s
  std::optional<SharedProcessor> processor_;     ///< where cores are shared
  // Working memory.
  VisitDraws draws_;
  std::vector<std::uint32_t> opening_words_, sorted_words_, handling_words_, patience_words_, first_sampler_;
  std::vector<std::uint32_t> stay_;
  std::vector<double> times_s_;
};

}  // namespace pishkhan
