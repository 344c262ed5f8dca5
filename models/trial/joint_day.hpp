#pragma once
#include <memory>
#include <optional>

#include "models/trial/outage_schedule.hpp"
#include "models/trial/run_trial.hpp"
#include "models/trial/station_runner.hpp"
#include "sim/coupling/independent_stations.hpp"

namespace pishkhan {

/// Calls of a whole replication, for its audit.
struct CallCounts {
  TransactionCounts transactions;
  std::uint64_t visits = 0;    ///< that came to their call, as the kernel counts them
  std::uint64_t answered = 0;  ///< of them
  std::uint64_t too_late = 0;  ///< answered when no clerk was left to go on
  std::uint64_t called = 0;    ///< the same, as the visits tell
  std::uint64_t failed = 0;    ///< visits
  std::uint64_t web = 0;       ///< calls from the web
};

/// A day of stations that influence each other: all are prepared, then simulated in one loop, then looked
/// at one by one. Citizens who balk at an office go on to the next one as the scenario says.
class JointDay {
 public:
  /// With options.coupled, stations that could be simulated apart share the loop too.
  JointDay(const Scenario& scenario, const Plan::Data& data, DrawKey key, const TrialOptions& options);

  void begin(DayNumber day);
  /// A station open today and those who go to it.
  void add(std::uint32_t station, std::span<const Attempt> guests);
  /// `online`: who tries online today. Their calls go over the backbone, if there is one.
  void simulate(std::span<const Attempt> online, bool counted);

  // Days on which stations may be apart, several at once and a station after the other, in place of the
  // above.
  /// False if it has to be day by day: something is in trouble, or clerks in a hurry.
  bool begin_apart(DayNumber first, int days, bool counted);
  void add_online(DayNumber day, std::span<const Attempt> online);
  void simulate_apart(std::uint32_t station, DayNumber day, StationRunner& runner);
  /// Nothing; or the first day on which stations met, and then all that was simulated is void.
  std::optional<DayNumber> end_apart(bool counted);

  /// Whether online attempts call over a backbone.
  [[nodiscard]] bool web_uses_backbone() const { return backbone_ != nullptr; }
  /// A counted holiday: nobody calls, and things fail all the same.
  void add_idle_day(DayNumber day);
  /// Those added today, in that order.
  [[nodiscard]] const std::vector<std::uint32_t>& stations() const { return stations_; }
  // Of a station added today, after simulate.
  /// Holds until the next call.
  [[nodiscard]] StationRunner& runner(std::uint32_t station);
  /// Those who went to it, the redirected last: what its runner numbers.
  [[nodiscard]] std::span<const Attempt> guests(std::uint32_t station) const {
    return guests_[place_[station]];
  }
  /// Whether the guest went on from here to another office.
  [[nodiscard]] bool went_on(std::uint32_t station, std::size_t guest) const {
    return went_on_[place_[station]][guest] != 0;
  }
  /// The office where the guest went first today.
  [[nodiscard]] std::uint32_t first_office(std::uint32_t station, std::size_t guest) const;
  /// Of those given to simulate, whose calls were not answered.
  [[nodiscard]] bool online_fails(std::size_t number) const {
    return calls_.web_failed > 0 && place_online_[number] != kNoStation &&
           calls_.web_fails[place_online_[number]] != 0;
  }
  /// Of all days: transactions, visits that came to a call, visits answered, visits failed.
  [[nodiscard]] const CallCounts& call_counts() const { return counts_; }
  /// Of the counted days.
  [[nodiscard]] CallTally& tally() { return tally_; }
  /// Citizens who went on, each time counted.
  [[nodiscard]] std::uint64_t redirected() const { return redirected_; }

 private:
  [[nodiscard]] std::optional<Redirected> next_office(std::uint32_t place, std::uint32_t visit, double t);
  bool try_independent(const CallsOverBackbone& calls);
  void simulate_jointly(const CallsOverBackbone& calls);
  void count_calls(const Visits& visits);
  void call_from_web(std::span<const Attempt> online);
  [[nodiscard]] CallsOverBackbone calls_of(std::span<const Switch> switches) const;
  void begin_counting(bool counted);
  void end_day(bool counted, std::uint64_t days = 1);
  [[nodiscard]] double travel_s(std::uint32_t from, std::uint32_t to) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  bool all_together_;
  OutageSchedule outages_;
  DayNumber day_ = 0;
  // Stations together have a runner each. Apart, one runner serves all in turn, twice: before it is known
  // whether they may be apart, and when they are looked at; only those that took a loop keep theirs.
  std::vector<std::unique_ptr<StationRunner>> runners_;  ///< by station, made when first needed
  std::vector<std::unique_ptr<StationRunner>>
      kept_;                            ///< of those that took a loop; the last serves all others
  std::vector<std::uint32_t> kept_at_;  ///< by place
  bool independent_ = false;
  std::vector<std::uint32_t> place_;  ///< of a station among today's
  // By place.
  std::vector<std::uint32_t> stations_;
  std::vector<std::vector<Attempt>> guests_;
  std::vector<std::size_t> own_;                   ///< guests who were not redirected here
  std::vector<std::vector<std::uint32_t>> first_;  ///< office of the redirected
  std::vector<std::vector<std::uint8_t>> went_on_;
  std::vector<JointStation> coupled_;
  Visits nobody_;                       ///< stands in for the visits of stations simulated apart
  std::unique_ptr<Backbone> backbone_;  ///< none: ideal, and nothing fails
  std::optional<IndependentStations> apart_;
  bool counting_ = false;
  CallsOverBackbone calls_apart_;
  std::uint64_t days_apart_ = 0;  ///< since begin_apart
  CallCounts counts_before_;
  ArrivalCurve web_curve_;
  std::vector<WebCall> web_;
  std::vector<std::uint32_t> place_online_;  ///< by number in `online`: place in web_
  CallsOutcome calls_;                       ///< of the day
  BackboneTallies today_;
  CallCounts counts_;
  CallTally tally_;
  std::uint64_t redirected_ = 0;
};

}  // namespace pishkhan
