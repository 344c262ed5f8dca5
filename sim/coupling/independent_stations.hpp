#pragma once
#include <optional>

#include "sim/backbone/shared.hpp"
#include "sim/coupling/joint_day.hpp"

namespace pishkhan {

/// Counts how many are at a system at once.
class Concurrency {
 public:
  /// The most of `stays` at one instant, or `known` if that is more: only stretches that could exceed it
  /// are looked at closely. Who comes when another goes is counted with the other.
  std::uint32_t peak(std::span<const SystemStay> stays, std::uint32_t known);

 private:
  static constexpr double kStretches_s = 0.25;  ///< stretches a second
  std::vector<std::int32_t> change_;            ///< by stretch: change of a bound, then the bound
  std::vector<std::pair<double, int>> steps_;
};

/// A day of stations over shared systems, simulated one by one: right as long as no two transactions of
/// different stations meet at a system that has too few cores for all, which is looked up afterwards. At a
/// station whose calls do not meet each other either, nor any trouble, all calls take their unloaded time,
/// so that its day needs no events. Where some of its calls meet on its line, what they take is found by
/// turns: the day with the calls as they are known, then the calls as that day begins them, until nothing
/// changes; each turn is right for longer than the one before. Stations in trouble have a loop each. The
/// visits are those of simulate_joint_day, to the bit.
class IndependentStations {
 public:
  /// The backbone must outlive it.
  explicit IndependentStations(SharedBackbone& backbone);

  // A day, or several that are alike to calls, in three steps; together they are simulate_joint_day over the
  // backbone.
  /// False if the days have to be simulated by simulate_joint_day: a system is in trouble. `calls` must
  /// outlive the days; its calls from the web are those of the first.
  bool begin(const CallsOverBackbone& calls, std::size_t days = 1);
  /// Calls from the web of a day after the first.
  void call_from_web(std::span<const WebCall> web, std::size_t day);
  /// Decides the visits of one station. Whether some calls did not take their unloaded time: then the visits
  /// cannot be had again by simulate_station alone.
  bool add(JointStation& station, std::size_t day = 0);
  /// What became of the calls. Nothing, if transactions of different stations met: then simulate_joint_day
  /// has to do it from the visits as they were.
  std::optional<CallsOutcome> finish();
  /// After finish told nothing: the first day on which they met.
  [[nodiscard]] std::size_t first_conflict_day() const { return first_conflict_day_; }

  /// What the backbone would have tallied of the last days that were simulated.
  [[nodiscard]] const BackboneTallies& tallies() const { return tallies_; }
  /// The most at a system at once is the most of all days; from now on, of the days to come.
  void reset_peaks();

 private:
  /// A call that meets nobody, over one class of links.
  struct UnloadedCall {
    double latency_s, request_s, work_s, response_s, total_s;
  };
  /// A call of the station at hand.
  struct CallStart {
    double time_s;
    std::uint32_t visit;
  };
  /// A call that met another.
  struct ContendedCall {
    std::uint32_t visit, clerk;
    double leave_s, called_s, answered_s;
    friend bool operator==(const ContendedCall&, const ContendedCall&) = default;
  };
  /// Links that are alike in all that dates depend on.
  struct LinkClass {
    double up_bytes_s, down_bytes_s, way_s;
    std::uint32_t kind;
    friend bool operator==(const LinkClass&, const LinkClass&) = default;
  };

  void reckon_unloaded(std::span<const Transaction> transactions);
  [[nodiscard]] bool patient(const CallPolicy& policy) const;
  void find_trouble(std::span<const Switch> switches);
  bool simulate_by_fixed_point(JointStation& station, const CallsOverBackbone& calls);
  [[nodiscard]] double human_s(const Visits& visits, std::size_t visit) const {
    return visits.human_s[visit] / speed_[visits.clerk[visit]];
  }
  bool find_call_starts(const JointStation& station, double share_before);
  template <class ByItself>
  void follow_calls(const JointStation& station, const CallsOverBackbone& calls, Backbone& over,
                    const ByItself& by_itself);
  bool lengthen_contended(Visits& visits, double share_before);
  void forget_contended(Visits& visits);
  void settle_calls(const JointStation& station, const CallsOverBackbone& calls);
  void take_log();
  void stay(const UnloadedCall& alone, std::size_t system, double request_arrives_s);
  void simulate_with_own_loop(JointStation& station, const CallsOverBackbone& calls);
  [[nodiscard]] bool within_cores();
  void tally(std::span<const Transaction> transactions);

  SharedBackbone& backbone_;
  SharedBackbone trial_;  ///< for turns that may not be the last
  std::vector<LinkClass> classes_;
  std::vector<std::uint32_t> class_of_;  ///< by access link
  std::size_t services_ = 0;
  std::vector<UnloadedCall> unloaded_call_;     ///< [class * services + service]
  double longest_s_ = 0;                        ///< unloaded call
  std::vector<std::vector<SystemStay>> stays_;  ///< [day * systems + system]
  std::size_t days_ = 1, day_ = 0, first_conflict_day_ = 0;
  std::vector<std::uint64_t> calls_;  ///< that met nobody, as unloaded_call_
  std::vector<double> busy_link_s_;   ///< by link kind: directions on which they were
  std::vector<std::uint32_t> peak_;   ///< at each system at once, over all days
  const CallsOverBackbone* today_ = nullptr;
  CallsOutcome outcome_;
  std::vector<std::uint8_t> troubled_;  ///< by access link
  std::vector<SystemStay> log_;
  std::vector<Switch> switches_;
  Concurrency concurrency_;
  BackboneTallies tallies_;
  // Of one station.
  std::vector<double> speed_;                                ///< by clerk number
  std::vector<CallStart> call_starts_;                       ///< ordered
  std::vector<ContendedCall> contended_, contended_before_;  ///< this turn, the turn before
  std::vector<std::pair<std::uint32_t, double>> unloaded_;   ///< visits lengthened, and Visits::system before
  Completions ends_;
};

}  // namespace pishkhan
