#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/trial/coupling/meeting.hpp"
#include "models/trial/station_day/station_runner.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"
#include "sim/backbone/shared.hpp"
#include "sim/coupling/independent_stations.hpp"

namespace pishkhan {

/// A station that takes citizens on a day, with the attempts made there.
struct StationToday {
  StationIndex station;
  std::span<const Attempt> attempts;
};

/// Decides a day station by station. Those who meet at a system with too few cores are decided again, in one
/// event loop, as if all others were apart from them: repeated until no other is there while its cores are
/// too few. What all calls did is that of all stations by themselves, without that of those who meet, and
/// with that of the loop: sums are whole ticks, so that this is exact.
class ApartDay {
 public:
  /// All must outlive it.
  ApartDay(const Scenario& scenario, const Plan::Data& data, DrawKey key, StopCheck stop);

  /// False if that is not possible, or too many meet: nothing is decided then. `others` as
  /// CoupledStations::simulate_part() has them. The lists must outlive decided().
  bool simulate(const Day& day, std::span<const StationToday> stations, std::span<const OwnedStays> others,
                const CallsOverBackbone& calls, IndependentStations& independents);
  /// After it. What became of the calls, and what the backbone saw of them.
  [[nodiscard]] CallsOutcome& outcome() { return outcome_; }
  [[nodiscard]] BackboneTallies& tallies() { return tallies_; }
  [[nodiscard]] const MeetingFinder& meeting() const { return meeting_; }
  /// The longest durations of the calls of a station, of online citizens who meet nobody, of all who meet.
  [[nodiscard]] const LongestDurations& longest(std::uint32_t owner) const;
  /// The stays of calls at a system, and whose they are, as use(stay, owner); without those of `others`.
  template <class Use>
  void for_each_stay(std::size_t system, Use use) const {
    meeting_.for_each_stay(*independents_, loop_ ? &loop_->calls : nullptr, system, use);
  }
  /// The runner of a station of the list, with its visits decided. Visits that StationRunner::simulate()
  /// decides alone were not kept, and are decided again: then it is valid until the next call.
  [[nodiscard]] StationRunner& decided(std::size_t place);

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  bool find_meeting(std::span<const OwnedStays> others, const CallsOverBackbone& calls);
  void simulate_stations();
  void simulate_online(const CallsOverBackbone& calls);
  void simulate_together(const CallsOverBackbone& calls);
  void exchange_tallies();
  void split_online(std::span<const WebCall> web);
  [[nodiscard]] StationRunner& kept_runner(std::size_t number);
  StationRunner& prepare(std::size_t place, std::size_t runner);

  const Scenario& scenario_;
  const Plan::Data& data_;
  DrawKey key_;
  StopCheck stop_;
  MeetingFinder meeting_;
  Day day_;
  std::span<const StationToday> stations_;
  IndependentStations* independents_ = nullptr;
  CallsOverBackbone own_;  ///< without online calls
  CallsOutcome outcome_;
  BackboneTallies tallies_;
  // What stations keep: visits that StationRunner::simulate() alone does not decide.
  std::vector<std::unique_ptr<StationRunner>> runners_;
  std::size_t kept_ = 0;                  ///< of runners_, today; one more serves all others
  std::vector<std::uint32_t> runner_of_;  ///< by place, or kNone
  // By place, of stations by themselves.
  std::vector<LongestDurations> longest_;
  std::vector<double> past_midnight_s_;
  LongestDurations longest_online_, longest_meeting_;
  std::vector<std::uint32_t> place_of_;  ///< by station
  struct OwnBackbone {
    SharedBackbone backbone;
    IndependentStations calls;
    OwnBackbone(const Platform& platform, StopCheck stop) : backbone(platform), calls(backbone, stop) {}
  };
  std::optional<OwnBackbone> loop_, again_;  ///< of those who meet: in a loop; once more by themselves
  std::vector<WebCall> online_apart_, online_together_;
  std::vector<std::uint8_t> online_fails_;
  std::vector<JointStation> together_;
};

}  // namespace pishkhan
