#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/trial/citizens/day_arrivals.hpp"
#include "models/trial/coupling/coupled_stations.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"

namespace pishkhan {

/// A stay at a system.
struct Stay {
  double from_s, to_s;
  friend bool operator==(const Stay&, const Stay&) = default;
};

/// A day on which all stations were simulated together: what was decided of each station's visits, and what
/// was added up of the calls.
struct DecidedDay {
  struct DecidedVisits {
    StationIndex station;
    std::vector<double> leave_s, end_s, system_s;  ///< as in Visits, and so the others
    std::vector<Outcome> outcome;
    std::vector<std::uint32_t> clerk;
    std::vector<Aside> asides;
    friend bool operator==(const DecidedVisits& a, const DecidedVisits& b);
  };
  std::vector<DecidedVisits> stations;  ///< those that took citizens, ascending
  CallTally calls;

  void add(StationIndex station, const Visits& visits);
  /// Decides the visits of a station as they were decided on this day.
  void decide(StationIndex station, Visits& visits) const;
};

/// What the days of a replication of a province were made of, kept so that some of its stations can be
/// simulated again: its citizens by station, and what the calls of each station to systems were like. It
/// takes some 32 bytes for each visit. A day is joint if all stations were simulated together, because their
/// calls slowed each other down.
class KeptDays {
 public:
  KeptDays(const Plan::Data& data, const Run& run);

  // ProvinceDays tells it what happens. A day that is simulated again is kept anew.
  void keep_citizens(int day, const DayArrivals& arrivals, std::span<const Attempt> after_online);
  /// An attempt at a station on a later day, of a citizen whose call online failed because of an outage.
  void keep_failed_online(int day, const Attempt& after) {
    days_[static_cast<std::size_t>(day)].after_online.push_back(after);
  }
  void note_calls(const Day& day, StationIndex station, const CoupledStations& coupled);
  void note_online_calls(const Day& day, const CoupledStations& coupled);
  /// Of the days from `begin` to before `end` no call slowed down another of another station. What was noted
  /// of later ones is forgotten.
  void end_stretch(int begin, int end, const CoupledStations& coupled);
  /// Of a joint day: before it, and after its citizens were created.
  void keep_pending(int day, std::span<const Attempt> pending);
  void keep_online(int day, std::span<const Attempt> online);
  void keep_joint(int day, const DecidedStationDay& decided);
  void keep_joint_calls(int day, const CallTally& calls);
  /// By online attempt: whether it got no answer.
  void keep_joint_failures(int day, std::vector<std::uint8_t> failures) {
    days_[static_cast<std::size_t>(day)].online_failures = std::move(failures);
  }

  [[nodiscard]] bool is_joint(int day) const { return days_[static_cast<std::size_t>(day)].is_joint; }
  [[nodiscard]] std::span<const FirstAttempt> first_attempts(int day, StationIndex station) const;
  /// Attempts at any station after the day, of citizens who failed online on it.
  [[nodiscard]] std::span<const Attempt> after_online(int day) const {
    return days_[static_cast<std::size_t>(day)].after_online;
  }
  /// Of a joint day: the attempts pending before it, in no particular order, and those online.
  [[nodiscard]] std::span<const Attempt> pending(int day) const {
    return days_[static_cast<std::size_t>(day)].pending;
  }
  [[nodiscard]] std::span<const Attempt> online(int day) const {
    return days_[static_cast<std::size_t>(day)].online;
  }
  [[nodiscard]] const std::vector<std::uint8_t>& joint_failures(int day) const {
    return days_[static_cast<std::size_t>(day)].online_failures;
  }
  [[nodiscard]] const DecidedDay& joint(int day) const { return days_[static_cast<std::size_t>(day)].joint; }
  /// Empty on a joint day.
  [[nodiscard]] std::span<const Stay> stays(std::size_t day, std::size_t system) const {
    const auto& stays = days_[day].stays;
    return stays.empty() ? std::span<const Stay>() : stays[system];
  }
  /// By system: the most calls at once on the counted days that are not joint.
  [[nodiscard]] const std::vector<std::uint32_t>& peaks() const { return peaks_; }
  /// Of the calls of the stations without a mark, and of those online, on the counted days that are not
  /// joint.
  [[nodiscard]] LongestDurations longest_without(std::span<const std::uint8_t> marks) const;

 private:
  struct KeptDay {
    std::vector<FirstAttempt> first_attempts;  ///< by station
    std::vector<std::uint32_t> begin;          ///< of each station in first_attempts, and the end
    std::vector<Attempt> after_online;
    std::vector<std::vector<Stay>> stays;  ///< by system
    bool is_joint = false;
    std::vector<Attempt> pending, online;
    std::vector<std::uint8_t> online_failures;
    DecidedDay joint;
  };
  std::vector<KeptDay> days_;
  int first_counted_;
  std::vector<std::uint32_t> peaks_;
  std::vector<LongestDurations> longest_, of_stretch_;  ///< by station, then of those online
};

}  // namespace pishkhan
