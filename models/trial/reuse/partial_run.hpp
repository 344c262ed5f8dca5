#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "models/trial/replication.hpp"
#include "models/trial/reuse/changed_calls.hpp"
#include "models/trial/reuse/kept_days.hpp"

namespace pishkhan {

/// Of a scenario's variant: the stations that are simulated, and on which days some of them meet others.
struct PartToSimulate {
  std::vector<std::uint8_t> marks;  ///< by station
  /// By day, and then by station: those who meet, or did in the run that was kept, or may; without a mark,
  /// they are simulated on that day only. On days that are not here, no call of a marked station is or was at
  /// a system while it has too few cores.
  std::map<int, std::vector<std::uint8_t>> meetings;

  [[nodiscard]] bool is_marked(StationIndex station) const { return marks[station.index()] != 0; }
  /// Those of stations without a mark.
  [[nodiscard]] std::size_t other_station_days() const;
};

/// Simulates some stations of a province with the citizens of a run that was kept. Of a day on which some of
/// them meet others, the calls of these are added up too.
class PartialRun {
 public:
  enum class Ending : std::uint8_t {
    done,
    /// Others were marked, because they are decided otherwise: the part has to be simulated again, in another
    /// run.
    more_needed,
    whole_run_needed,
  };

  /// All must outlive it. `plan` is the base whose run was kept, or a variant.
  PartialRun(const Plan& plan, std::uint32_t number, const TrialOptions& options, const KeptDays& kept,
             PartToSimulate& part);
  /// Before it is simulated: keeps what the days of the part are made of.
  void keep(KeptDays& days);

  /// As the variant: everything is checked against what was kept.
  Ending simulate_variant();
  /// As the base, of the part that simulate_variant() of a variant found enough. False where only a whole run
  /// tells its results.
  bool simulate_base();
  /// After it, once: what these stations add to a TrialResult, and on days with meetings all calls of those
  /// who meet. What is told of stations one by one is of the marked ones alone, and no citizen was created.
  TrialResult close() { return run_.accounting.close_part(); }
  /// After it: how long the backbone was watched on each day with a meeting that is counted, past midnight
  /// until no call of the part is under way any more.
  [[nodiscard]] std::span<const double> watched_s() const { return watched_s_; }
  /// After simulate_variant(), by system: the most calls at once on counted days, all stations together;
  /// `known`: in the run that was kept.
  [[nodiscard]] std::vector<std::uint32_t> find_peaks(std::span<const std::uint32_t> known);

 private:
  static constexpr int kDaysChecked = 8;  ///< together: after a meeting they are simulated again
  Ending simulate();
  [[nodiscard]] int end_of_days(int begin) const;
  bool simulate_days(int begin, int end);
  [[nodiscard]] double all_watched_s() const;
  void keep_stays(int begin, int end);
  [[nodiscard]] std::optional<int> find_meeting_day(int begin, int end);
  void add_meeting(int day);
  void simulate_station(std::size_t place, int begin, int end);
  Ending simulate_meeting_day(const Day& day, std::vector<std::uint8_t>& meeting);
  void decide_meeting_day(const Day& day, std::vector<std::uint8_t>& meeting);
  void list_marked(const Day& day);
  void list_others(const Day& day, StationIndex station);
  void decide_as_kept(const Day& day, std::span<const std::uint8_t> meeting);
  void find_other_calls(const Day& day, std::span<const std::uint8_t> meeting);
  [[nodiscard]] bool fail_as_kept(const Day& day) const;
  [[nodiscard]] bool is_as_kept(const Day& day, const DecidedStationDay& now) const;
  void keep_peaks(const Day& day);
  bool list_attempts_of(std::size_t place, const Day& day);
  /// Whether nobody comes on the day, online either.
  [[nodiscard]] bool is_idle(const Day& day) const;
  [[nodiscard]] bool takes_citizens(StationIndex station, const Day& day) const;
  [[nodiscard]] std::size_t cell(int day, std::size_t system) const {
    return static_cast<std::size_t>(day) * systems_ + system;
  }
  [[nodiscard]] bool is_counted(int day) const { return day >= run_.scenario.run.warm_up_days; }

  Replication run_;
  const KeptDays& kept_;
  PartToSimulate& part_;
  bool checks_ = false;
  std::size_t systems_;
  std::vector<StationIndex> stations_;          ///< marked
  std::vector<std::vector<Attempt>> pending_;   ///< by place in stations_
  std::vector<std::vector<SystemStay>> stays_;  ///< of marked stations; [day * systems + system]
  std::vector<ChangedCalls::Peaks> peaks_;      ///< the same
  ChangedCalls changed_;
  std::optional<Totals> saved_;  ///< before the days that are checked
  std::vector<std::vector<Attempt>> pending_before_;
  std::vector<double> watched_s_;
  // The day with a meeting.
  std::vector<std::vector<Attempt>> attempts_today_;  ///< by place in stations_
  std::vector<std::uint8_t> open_today_;              ///< the same
  std::vector<DecidedVisits> as_kept_;  ///< of stations without a mark that meet now, and did not
  std::vector<OwnedStays> others_;      ///< by system
  std::vector<Attempt> attempts_, returning_;
};

}  // namespace pishkhan
