#pragma once
#include <memory>
#include <optional>

#include "sim/backbone/ideal.hpp"
#include "sim/backbone/shared.hpp"
#include "sim/base/time.hpp"
#include "sim/coupling/concurrency.hpp"
#include "sim/coupling/down_times.hpp"
#include "sim/coupling/joint_day.hpp"

namespace pishkhan {

/// Optimistic execution with rollback: days of stations that share agency systems, simulated one station
/// after the other as if no station influenced another. It is the fast way to what simulate_joint_day
/// decides, bit for bit, whenever the assumption holds.
///
/// The assumption: at every system, the transactions of all stations together are never more than its cores.
/// Then no transaction slows down one of another station, because each station has an access link of its own
/// and the links behind it are not shared out. Over the ideal backbone no transaction slows down another, so
/// it always holds.
///
/// Detecting a conflict: while a station is simulated, the stay of each of its transactions at a system is
/// noted. finish() counts, day by day and system by system, how many stays overlap; more of them than cores
/// are a conflict.
///
/// Rollback: on a conflict finish() returns nothing, and first_conflict_day() tells the day. Days before it
/// are right, that day and later ones may be wrong, and the results of all days were added up together. So
/// the caller sets its totals back to what they were before begin(), simulates the days before the conflict
/// again in this way, and the day of the conflict by simulate_joint_day.
///
/// Within one station, simulate() uses the cheapest of three methods. If no transactions overlap on the
/// station's link, all take their unloaded time, and no events are needed. If some do, it iterates to a fixed
/// point: it simulates the station's day with the call durations known so far, at first the unloaded ones. It
/// then lets the backbone carry the calls at the times at which that day begins them, which gives new call
/// durations. It repeats both until the contended calls are the same twice in a row. Each iteration is right
/// up to a later instant of the day than the one before, so the fixed point is the day that the event loop
/// finds. A station of which an outage meets a call, or whose iteration does not end soon, is simulated in an
/// event loop of its own: an outage of a system, a link or the power does to each station what it does
/// whether or not others are there.
class IndependentStations {
 public:
  /// The backbone must outlive it.
  explicit IndependentStations(SharedBackbone& backbone, StopCheck stop = {});
  explicit IndependentStations(IdealBackbone& backbone, StopCheck stop = {});

  /// Begins one day, or several that have the same `calls` apart from those of online customers. False if the
  /// days need simulate_joint_day: a system slows down, or an unloaded call takes longer than the policy's
  /// limit. `calls` must outlive finish(); calls.web and calls.switches are those of day 0.
  bool begin(const CallsOverBackbone& calls, std::size_t days = 1);
  /// What fails on a day, without slow-downs; it must outlive finish().
  void set_outages(std::size_t day, const DayOutages& outages) { outages_[day] = &outages; }
  /// Adds the calls of online customers on a day; those in `calls` are added by finish(). By call, whether it
  /// gets no answer; if the list is empty, all have one.
  std::vector<std::uint8_t> add_web_calls(std::span<const WebCall> web, std::size_t day);
  /// Decides the visits of one station on a day. False if simulate_station alone decides the same visits:
  /// then no call took more than its unloaded time, and none failed.
  bool simulate(JointStation& station, std::size_t day = 0);
  /// Decides the visits of one station as simulate() does on a day on which this fails, or nothing if it is
  /// null, and keeps nothing of its calls. Switches given to begin() are not heeded.
  void decide(JointStation& station, const DayOutages* outages = nullptr);
  /// Decides the visits of stations of day 0, and calls of online customers, in one event loop, as if all
  /// others were apart from them. By call, whether it gets no answer.
  std::vector<std::uint8_t> simulate_together(std::span<JointStation> stations, std::span<const WebCall> web);
  /// What became of all calls since begin(); nothing if there was a conflict.
  std::optional<CallsOutcome> finish();
  /// The same of day 0 after simulate_together(). The caller knows from stays() that while more transactions
  /// are at a system than it has cores, they are of that event loop alone: then all was right. The peaks in
  /// tallies() are those of the day, and peaks() stays as it was.
  CallsOutcome finish_together();
  /// After finish(), by day: how long calls were under way after the day's end, at least 0.
  [[nodiscard]] std::span<const double> past_midnight_s() const { return past_midnight_s_; }
  /// After a conflict: the first day, counted from 0 at begin(), on which there was one.
  [[nodiscard]] std::size_t first_conflict_day() const { return first_conflict_day_; }

  /// After finish(): what the backbone would have tallied over the days. It does not depend on the order in
  /// which stations and days were simulated.
  [[nodiscard]] const BackboneTallies& tallies() const { return tallies_; }
  /// The stays of all transactions at a system on a day, in the order in which stations, calls of online
  /// customers and those together were simulated since begin().
  [[nodiscard]] std::span<const SystemStay> stays(std::size_t day, std::size_t system) const {
    return stays_[day * peak_.size() + system];
  }
  /// Peaks in tallies() are those since the first begin(), or since this call.
  void reset_peaks();
  /// The peaks in tallies().
  [[nodiscard]] std::span<const std::uint32_t> peaks() const { return peak_; }
  /// After simulate() or add_web_calls(): of the calls of that station or of online customers on that day.
  [[nodiscard]] const LongestDurations& longest_of_last() const { return station_longest_; }
  /// The same: how long after the day's end one of these calls was under way, at least 0.
  [[nodiscard]] double past_midnight_of_last_s() const { return last_past_midnight_s_; }

 private:
  /// A call that contends with no other, over one class of links. Over the ideal backbone request and
  /// response hold the latency.
  struct UnloadedCall {
    double latency_s, request_s, work_s, response_s, total_s;
  };
  /// The beginning of a call at the present station.
  struct CallStart {
    double time_s;
    std::uint32_t visit;
  };
  /// A call that shared the link with another, and so took more than its unloaded time.
  struct ContendedCall {
    std::uint32_t visit, clerk;
    double leave_s, called_s, answered_s;  ///< leave_s as in Visits
    friend bool operator==(const ContendedCall&, const ContendedCall&) = default;
  };
  /// Access links that are equal in everything on which the times of a call depend.
  struct LinkClass {
    double up_bytes_s, down_bytes_s, latency_s;
    std::uint32_t kind;
    friend bool operator==(const LinkClass&, const LinkClass&) = default;
  };

  IndependentStations(Backbone& backbone, std::unique_ptr<Backbone> scratch, bool calls_meet, StopCheck stop);
  [[nodiscard]] UnloadedCall unloaded_call(const LinkClass& link, const Transaction& what) const;
  [[nodiscard]] UnloadedCall ideal_call(std::size_t link, Transaction what) const;
  void compute_unloaded_calls(std::span<const Transaction> transactions);
  [[nodiscard]] bool unloaded_within_limit(const CallPolicy& policy) const;
  [[nodiscard]] bool meets_outage(const JointStation& station, const CallsOverBackbone& calls,
                                  const DownTimes& down) const;
  bool find_fixed_point(JointStation& station, const CallsOverBackbone& calls);
  [[nodiscard]] double human_s(const Visits& visits, std::size_t visit) const {
    return visits.human_s[visit] / speed_[visits.clerk[visit]];
  }
  bool find_call_starts(const JointStation& station, double share_before);
  template <class OnUnloaded>
  void carry_calls(const JointStation& station, const CallsOverBackbone& calls, Backbone& backbone,
                   const OnUnloaded& on_unloaded);
  bool lengthen_contended(Visits& visits, double share_before);
  void restore_unloaded(Visits& visits);
  void settle_calls(const JointStation& station, const CallsOverBackbone& calls);
  void note_logged_stays();
  void find_longest(std::uint32_t link, std::span<const Transaction> transactions);
  /// A call of the present day ends at time_s.
  void note_end(double time_s) {
    last_past_midnight_s_ = std::max(last_past_midnight_s_, time_s - kSecondsPerDay);
    past_midnight_s_[day_] = std::max(past_midnight_s_[day_], last_past_midnight_s_);
  }
  void note_stay(const UnloadedCall& call, std::size_t system, double request_arrives_s);
  void simulate_by_event_loop(JointStation& station, const CallsOverBackbone& calls);
  CallsOutcome simulate_apart(std::span<JointStation> stations, const CallsOverBackbone& own);
  void simulate_hit_web_calls(std::span<const WebCall> web, std::vector<std::uint8_t>& fails);
  [[nodiscard]] bool within_cores();
  void tally(std::span<const Transaction> transactions, std::span<const std::uint32_t> peaks);

  Backbone& backbone_;
  StopCheck stop_;
  std::unique_ptr<Backbone> scratch_backbone_;  ///< for iterations: nothing is tallied of it
  bool calls_meet_;                             ///< calls may slow each other down
  std::vector<LinkClass> classes_;
  std::vector<AccessLinkId> link_of_class_;  ///< one of each class
  std::vector<std::uint32_t> class_of_;      ///< by access link
  std::size_t services_ = 0;
  std::vector<UnloadedCall> unloaded_call_;  ///< [class * services + service]
  double longest_unloaded_s_ = 0;
  std::vector<std::vector<SystemStay>> stays_;  ///< [day * systems + system]
  std::size_t days_ = 1, day_ = 0, first_conflict_day_ = 0;
  std::vector<std::uint64_t> unloaded_count_;  ///< calls that took their unloaded time, as unloaded_call_
  std::vector<double> past_midnight_s_;        ///< by day, as in CallsOutcome
  double last_past_midnight_s_ = 0;            ///< as past_midnight_of_last_s()
  std::vector<double> above_cores_s_;          ///< by system: integral of the transactions beyond its cores
  std::vector<std::uint32_t> peak_;            ///< by system: most transactions at once
  const CallsOverBackbone* all_calls_ = nullptr;  ///< as given to begin()
  CallsOutcome outcome_;
  BackboneTallies sums_;  ///< of the calls that went over the backbone, station by station in whole ticks
  LongestDurations longest_, station_longest_;  ///< of all calls that went over the backbone; of the station
  std::vector<const DayOutages*> outages_;      ///< by day; null: nothing fails
  DayOutages first_outages_;                    ///< the switches given to begin()
  std::vector<std::size_t> hit_web_;            ///< online customers' calls that an outage meets
  std::vector<SystemStay> log_;
  StationSwitches switches_;
  Concurrency concurrency_;
  BackboneTallies tallies_;
  // Of the present station.
  std::vector<double> speed_;                                ///< by clerk number
  std::vector<CallStart> call_starts_;                       ///< ordered
  std::vector<ContendedCall> contended_, contended_before_;  ///< in this iteration, in the one before
  /// Contended visits, and their unloaded system_s, which lengthen_contended replaced.
  std::vector<std::pair<std::uint32_t, double>> replaced_system_s_;
  Completions ends_;
  std::vector<std::uint8_t> called_unloaded_;  ///< by service: whether a call took its unloaded time
};

}  // namespace pishkhan
