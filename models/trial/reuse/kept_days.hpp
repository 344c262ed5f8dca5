#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/trial/citizens/day_arrivals.hpp"
#include "models/trial/coupling/coupled_stations.hpp"
#include "models/trial/totals/attempt.hpp"
#include "models/trial/totals/day.hpp"

namespace pishkhan {

/// The stays of a day's calls at a system, ordered by their beginning, with their owners as OwnedStays has
/// them.
struct KeptStays {
  std::vector<double> from_s, to_s;
  std::vector<std::uint32_t> owner;
  double longest_s = 0;  ///< the longest stay

  [[nodiscard]] std::size_t size() const { return from_s.size(); }
  void add(double from, double to, std::uint32_t of);
  /// In any order.
  void assign(const OwnedStays& stays);
};

/// What was decided of the visits of a station-day.
struct DecidedVisits {
  StationIndex station;
  std::vector<double> leave_s, end_s, system_s;  ///< as in Visits, and so the others
  std::vector<Outcome> outcome;
  std::vector<std::uint32_t> clerk;
  std::vector<Aside> asides;

  DecidedVisits(StationIndex of, const Visits& visits);
  friend bool operator==(const DecidedVisits& a, const DecidedVisits& b);
};

/// What the days of a replication of a province were made of, kept so that some of its stations can be
/// simulated again: its citizens by station, and what calls went to systems. It takes some 45 bytes for each
/// visit.
class KeptDays {
 public:
  KeptDays(const Plan::Data& data, const Run& run);
  /// Of a variant of a kept run: `part` is what was kept of the marked stations, and on days with meetings of
  /// those who are marked there.
  KeptDays(const KeptDays& base, const KeptDays& part, std::span<const std::uint8_t> marks,
           const std::map<int, std::vector<std::uint8_t>>& meetings);

  // ProvinceDays tells it what happens. A day that is simulated again is kept anew.
  void keep_citizens(int day, const DayArrivals& arrivals, std::span<const Attempt> after_online);
  /// The attempts at a station by citizens who first came on an earlier day; station by station.
  void keep_returning(int day, std::span<const Attempt> returning);
  void forget_returning(int day) { at(day).returning.clear(); }
  /// An attempt at a station on a later day, of a citizen whose call online failed because of an outage.
  void keep_failed_online(int day, const Attempt& after) { at(day).citizens->after_online.push_back(after); }
  /// Days that are simulated optimistically begin.
  void begin_stretch(int begin) { stretch_begin_ = begin; }
  void note_calls(const Day& day, StationIndex station, const CoupledStations& coupled);
  void note_online_calls(const Day& day, const CoupledStations& coupled);
  /// Of the days from `begin` to before `end` no call slowed down another of another station. What was noted
  /// of later ones is forgotten.
  void end_stretch(int begin, int end, const CoupledStations& coupled);
  /// Of a day that was simulated exactly, after CoupledStations::simulate(): its calls, who met and how
  /// their visits were decided.
  void keep_exact_day(const Day& day, const CoupledStations& coupled);
  void keep_decided(const Day& day, const DecidedStationDay& decided, const CoupledStations& coupled);

  /// Of a system of the run that is kept.
  [[nodiscard]] std::uint32_t cores(std::size_t system) const { return cores_[system]; }
  [[nodiscard]] std::span<const FirstAttempt> first_attempts(int day, StationIndex station) const;
  [[nodiscard]] std::span<const Attempt> returning(int day, StationIndex station) const;
  /// Attempts at any station after the day, of citizens who failed online on it.
  [[nodiscard]] std::span<const Attempt> after_online(int day) const {
    return at(day).citizens->after_online;
  }
  [[nodiscard]] std::span<const WebCall> online_calls(int day) const {
    return at(day).citizens->online_calls;
  }
  /// By online call, whether it got no answer.
  [[nodiscard]] std::span<const std::uint8_t> online_failures(int day) const {
    return at(day).citizens->online_failures;
  }
  /// Whether the day took one event loop: then its stays are not known, and all stations count as meeting.
  [[nodiscard]] bool was_in_one_loop(int day) const { return at(day).in_one_loop; }
  /// Of such a day: the most calls at once at a system.
  [[nodiscard]] std::uint32_t most_at_once(int day, std::size_t system) const {
    return at(day).most_at_once[system];
  }
  /// Who met on a day; null where nobody did.
  [[nodiscard]] const Meeting* meeting(int day) const {
    return at(day).meeting.stations.empty() ? nullptr : &at(day).meeting;
  }
  /// What was decided of the stations that met, ascending.
  [[nodiscard]] std::span<const DecidedVisits> decided(int day) const { return at(day).decided; }
  [[nodiscard]] const KeptStays& stays(int day, std::size_t system) const { return at(day).stays[system]; }
  /// Of the calls on counted days of the stations without a mark, where they met nobody.
  [[nodiscard]] LongestDurations longest_without(std::span<const std::uint8_t> marks) const;
  /// Of the calls of online citizens on a counted day, where they met nobody.
  [[nodiscard]] const LongestDurations& longest_online(int day) const { return at(day).longest_online; }
  /// Of the calls of those who met on a day.
  [[nodiscard]] const LongestDurations& longest_of_meeting(int day) const {
    return at(day).longest_of_meeting;
  }

 private:
  /// What variants have in common.
  struct Citizens {
    std::vector<FirstAttempt> first_attempts;  ///< by station
    std::vector<std::uint32_t> begin;          ///< of each station in first_attempts, and the end
    std::vector<Attempt> after_online;
    std::vector<WebCall> online_calls;
    std::vector<std::uint8_t> online_failures;
  };
  struct KeptDay {
    std::shared_ptr<Citizens> citizens = std::make_shared<Citizens>();
    std::vector<Attempt> returning;  ///< by station
    std::vector<KeptStays> stays;    ///< by system
    bool in_one_loop = false;
    std::vector<std::uint32_t> most_at_once;
    Meeting meeting;
    std::vector<DecidedVisits> decided;
    LongestDurations longest_online, longest_of_meeting;
  };
  [[nodiscard]] const KeptDay& at(int day) const { return days_[static_cast<std::size_t>(day)]; }
  [[nodiscard]] KeptDay& at(int day) { return days_[static_cast<std::size_t>(day)]; }
  void note_owner(const Day& day, std::uint32_t owner, const CoupledStations& coupled);
  void keep_online(int day, std::span<const WebCall> calls, std::span<const std::uint8_t> failures);

  std::size_t systems_;
  std::vector<std::uint32_t> cores_;  ///< by system
  std::vector<KeptDay> days_;
  std::vector<LongestDurations> longest_, of_stretch_;  ///< by station
  int stretch_begin_ = 0;
  std::vector<std::vector<std::uint32_t>> owners_;  ///< of stays in the stretch: [day * systems + system]
};

}  // namespace pishkhan
