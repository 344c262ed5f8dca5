#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/trial/coupling/apart_day.hpp"
#include "models/trial/coupling/outage_schedule.hpp"
#include "models/trial/coupling/web_calls.hpp"
#include "models/trial/station_day/decided_station_day.hpp"
#include "models/trial/totals/day.hpp"
#include "models/trial/totals/totals.hpp"
#include "sim/coupling/ideal_stations.hpp"
#include "sim/coupling/independent_stations.hpp"

namespace pishkhan {

/// Makes the backbone of a platform.
using BackboneMaker = std::function<std::unique_ptr<Backbone>(const Platform&)>;

/// Adds calls of other days.
void add_to(CallTally& sum, const CallTally& calls);

/// Simulates the days of stations that are coupled: balking citizens are redirected from office to office, or
/// calls of all stations share links and systems, which may fail. What the calls did is added to the totals.
///
/// One day exactly: begin(), add() for each open station, simulate(), for_each_station(). If possible, each
/// station is first simulated by itself, which is faster. If that turns out to be wrong, because stations
/// influenced each other, these are simulated in one event loop, and the others by themselves again; that is
/// repeated until the others have nothing at a system while its cores are too few.
///
/// Several days optimistically, as if no stations influenced each other: begin_independent(), add_online()
/// and simulate_independent() in any order, end_independent(). What fails on these days fails there too. The
/// last tells whether that was right. If it was not, the caller takes back what was accounted for and
/// simulates the days again.
class CoupledStations {
 public:
  /// `always_jointly`: every day takes the event loop. `simgrid` is called for `model: simgrid` only.
  /// Scenario, data and totals must outlive it.
  CoupledStations(const Scenario& scenario, const Plan::Data& data, DrawKey key, bool always_jointly,
                  const BackboneMaker& simgrid, Totals& totals, StopCheck stop = {});

  void begin(const Day& day);
  /// Adds an open station and the attempts made there today.
  void add(StationIndex station, std::span<const Attempt> attempts, const GivenArrivals& given = {});
  /// Decides the visits of all stations added. `online`: today's online attempts, which call too, if there is
  /// a backbone. `in_one_loop`: all stations at once.
  void simulate(std::span<const Attempt> online, bool in_one_loop = false);
  /// The same of some stations of a day, with the calls of all online citizens: `others` are by system the
  /// calls of the stations that were not added, by themselves; none at all if `all` that take citizens were.
  /// If some of the others are in meeting() then, they have to be added, and the day simulated again. False
  /// if too many meet: then all have to be added. Nothing is added to the totals' calls.
  bool simulate_part(std::span<const WebCall> online, std::span<const OwnedStays> others, bool all);
  /// After simulate_part().
  void add_calls_of_part() { add_to(totals_.result.calls, calls_today_); }
  /// After simulate_part(): by online call, whether it got no answer.
  [[nodiscard]] std::span<const std::uint8_t> online_failures() const { return outcome_.web_fails; }
  /// After simulate(): whether online attempt number k got no answer.
  [[nodiscard]] bool online_failed(std::size_t k) const { return web_calls_.failed(k, outcome_); }
  /// After simulate(), once: calls account(DecidedStationDay) for each station, in the order in which they
  /// were added. Visits that StationRunner::simulate() decides alone were not kept; they are decided again
  /// here. Stations share a runner for that, so a DecidedStationDay is valid only during its call.
  template <class Account>
  void for_each_station(Account account) {
    for (std::size_t place = 0; place < stations_; ++place) {
      const TodaysStation& today = today_[place];
      StationRunner& runner = independent_ ? apart_.decided(place) : *runners_[today.station.index()];
      if (backbone_) count_calls(runner.visits());
      account(
          DecidedStationDay{today.station, today.attempts, runner, today.redirected, today.first_offices});
    }
  }

  /// The same without counting, as often as wished, after simulate() in one event loop.
  template <class Look>
  void look_at_stations(Look look) {
    for (std::size_t place = 0; place < stations_; ++place) {
      const TodaysStation& today = today_[place];
      look(DecidedStationDay{today.station, today.attempts, *runners_[today.station.index()],
                             today.redirected, today.first_offices});
    }
  }

  /// False if the days cannot be simulated optimistically: a system slows down, citizens may be redirected,
  /// or even unloaded calls take longer than clerks wait. All days are counted, or none is.
  bool begin_independent(const Day& first, int days);
  void add_online(const Day& day, std::span<const Attempt> online);
  /// After add_online(): whether the last day's online attempt number k got no answer.
  [[nodiscard]] bool online_failed_of_last(std::size_t k) const {
    const std::optional<std::size_t> call = online_fails_.empty() ? std::nullopt : web_calls_.call_of(k);
    return call && online_fails_[*call] != 0;
  }
  /// Decides the visits prepared in the runner.
  void simulate_independent(const Day& day, StationIndex station, StationRunner& runner);
  /// Nothing if no stations influenced each other. Otherwise the number of days before the first on which
  /// they did: the visits of that day may be wrong, and Totals has to be set to what it was at the beginning.
  std::optional<int> end_independent();
  /// The calls of the last day's online attempts, and whether they got no answer: none, or by call.
  [[nodiscard]] std::span<const WebCall> online_calls_of_last() const { return web_calls_.calls(); }
  [[nodiscard]] std::span<const std::uint8_t> online_failures_of_last() const { return online_fails_; }
  /// After add_online() or simulate_independent(): the longest durations of these calls.
  [[nodiscard]] const LongestDurations& longest_of_last() const { return independents_->longest_of_last(); }
  /// After end_independent(), of a day counted from 0: the stays of all calls at a system.
  [[nodiscard]] std::span<const SystemStay> stays(std::size_t day, std::size_t system) const {
    return independents_->stays(day, system);
  }
  /// After end_independent(), by system: the most calls at once on all counted days that were simulated so,
  /// or before the first of them on those before.
  [[nodiscard]] std::span<const std::uint32_t> peaks() const { return independents_->peaks(); }
  /// After simulate(), where stations were simulated by themselves: the longest durations of the calls of a
  /// station, of online citizens who meet nobody, of all who meet.
  [[nodiscard]] const LongestDurations& longest(std::uint32_t owner) const { return apart_.longest(owner); }
  /// After simulate() or simulate_part(): who met, if stations were simulated by themselves.
  [[nodiscard]] const MeetingFinder& meeting() const { return apart_.meeting(); }
  [[nodiscard]] bool was_in_one_loop() const { return !independent_; }
  /// After simulate() or simulate_part(): what the backbone saw of the calls of the day, or of the part.
  [[nodiscard]] const BackboneTallies& tallies_of_day() const { return backbone_today_; }
  /// After simulate() or simulate_part(), where stations were simulated by themselves: the stays of the calls
  /// of those, and whose they are, as use(stay, owner).
  template <class Use>
  void for_each_stay(std::size_t system, Use use) const {
    apart_.for_each_stay(system, use);
  }

  /// For stations that are decided as if they were alone, without redirects and SimGrid: no station slows
  /// down the calls of another, and no system has fewer cores than at other times. False if even unloaded
  /// calls take longer than clerks wait.
  bool begin_alone();
  /// What fails on a day of the run, counted from 0; null where nothing does.
  [[nodiscard]] std::unique_ptr<const DayOutages> outages_of(int day) const;
  /// After begin_alone(): decides visits, with the outages of the day, or null, and keeps nothing of their
  /// calls. The visits' input columns stay as they are, but where a call changes what is done at the desk.
  void decide_alone(StationIndex station, const StationDay& day, Visits& visits,
                    const DayOutages* outages = nullptr);
  /// After begin_alone(): by call of online citizens, ordered by time, whether it gets no answer.
  [[nodiscard]] std::vector<std::uint8_t> find_failing(const DayOutages& outages,
                                                       std::span<const WebCall> calls);

  /// Whether online attempts call over a backbone.
  [[nodiscard]] bool online_uses_backbone() const { return backbone_ != nullptr; }
  /// Adds a counted holiday: there are no calls, but systems and links may be down.
  void add_idle_day(const Day& day);

 private:
  /// A station open today. Its memory is kept for the next day.
  struct TodaysStation {
    StationIndex station;
    std::vector<Attempt> attempts;  ///< its own, then those redirected to it
    std::size_t own_attempts = 0;
    std::vector<double> arrival_s, handling_s;  ///< GivenArrivals of its own attempts
    std::vector<StationIndex> first_offices;    ///< of those redirected to it: where they went first today
    std::vector<std::uint8_t> redirected;       ///< by attempt: whether it was redirected from here

    [[nodiscard]] StationIndex first_office(std::size_t attempt) const {
      return attempt < own_attempts ? station : first_offices[attempt - own_attempts];
    }
  };
  static constexpr JointStationIndex kClosed{UINT32_MAX};

  [[nodiscard]] std::optional<Redirected> redirect(JointStationIndex place, std::uint32_t visit,
                                                   double time_s);
  bool try_apart(const CallsOverBackbone& calls, std::span<const OwnedStays> others);
  void simulate_in_one_loop(const CallsOverBackbone& calls);
  [[nodiscard]] CallsOverBackbone calls_with(std::span<const Switch> switches) const;
  void count_calls(const Visits& visits);
  void prepare_peaks();
  void end_days(std::uint64_t days);
  void tally_outages();
  [[nodiscard]] double travel_s(StationIndex from, StationIndex to) const;

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  Totals& totals_;
  StopCheck stop_;
  bool always_jointly_;
  OutageSchedule outages_;
  std::unique_ptr<Backbone> backbone_;               ///< null: calls take their unloaded time and never fail
  std::optional<IndependentStations> independents_;  ///< where stations may turn out to be independent
  std::optional<IdealStations> ideal_stations_;      ///< after begin_alone(), over the ideal backbone
  WebCalls web_calls_;
  // The day, or the first of several.
  Day day_;
  std::vector<TodaysStation> today_;  ///< the first stations_ elements are in use
  std::size_t stations_ = 0;
  std::vector<JointStationIndex> place_;  ///< by station: its place in today_, or kClosed
  /// The day's stations were simulated by themselves, but those that met at a system.
  bool independent_ = false;
  CallsOutcome outcome_;
  BackboneTallies backbone_today_;
  CallTally calls_today_;
  // Several days.
  CallsOverBackbone independent_calls_;
  std::uint64_t independent_days_ = 0;
  std::vector<std::unique_ptr<const DayOutages>> independent_outages_;  ///< by day
  std::vector<int> watched_days_;           ///< the counted ones that had citizens, from the first
  std::vector<std::uint8_t> online_fails_;  ///< by web call of the last day; empty: none
  bool peaks_of_counted_days_ = false;
  std::vector<std::unique_ptr<StationRunner>> runners_;  ///< in one loop, by station, made when first needed
  ApartDay apart_;
  std::vector<StationToday> listed_;
  std::vector<JointStation> joint_stations_;
  Visits no_visits_;  ///< given to the loop for stations that need no loop
};

}  // namespace pishkhan
