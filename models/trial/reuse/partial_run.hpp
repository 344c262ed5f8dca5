#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/trial/replication.hpp"
#include "models/trial/reuse/kept_days.hpp"

namespace pishkhan {

/// Simulates some stations of a province with the citizens of a run that was kept. On joint days nothing but
/// calls is added up for the others.
class PartialRun {
 public:
  enum class Ending : std::uint8_t {
    done,
    /// On a joint day, others of the stations without a mark are decided otherwise than in the kept run: they
    /// are marked, and have to be simulated from the first day on, in another run.
    others_too,
    /// Days that are not joint have to be, because of these stations alone, or joint days need not be.
    whole_run_needed,
  };

  /// All must outlive it. `marks`: the stations, by station. `joint_days`: those that are known, the first
  /// ones; simulate() adds the others.
  PartialRun(const Plan& plan, std::uint32_t number, const TrialOptions& options, const KeptDays& kept,
             std::vector<std::uint8_t>& marks, std::vector<const DecidedDay*> joint_days);

  Ending simulate();
  /// After simulate(), once: the joint days that were not known.
  [[nodiscard]] std::vector<std::unique_ptr<DecidedDay>> take_joint_days() {
    return std::move(new_joint_days_);
  }
  /// After simulate(), once: what these stations, and all calls on joint days, add to a TrialResult. What is
  /// told of stations one by one is of these alone, and no citizen was created.
  TrialResult close() { return run_.accounting.close_part(); }
  /// After simulate(): the stays of the stations' calls at a system on a day that is not joint.
  [[nodiscard]] std::span<const Stay> stays(std::size_t day, std::size_t system) const {
    return stays_[day * systems_ + system];
  }

 private:
  [[nodiscard]] int end_of_days(int begin) const;
  bool simulate_days(int begin, int end);
  [[nodiscard]] double watched_s() const;
  void keep_stays(int begin, int end);
  void simulate_station(std::size_t place, int begin, int end);
  void decide_joint_day(const Day& day, const DecidedDay& known);
  Ending simulate_joint_day(const Day& day);
  void add_stations(const Day& day);
  bool mark_different(int day, const DecidedDay& found);
  bool list_attempts_of(std::size_t place, const Day& day);
  /// Whether nobody comes on the day, online either.
  [[nodiscard]] bool is_idle(const Day& day) const;
  [[nodiscard]] bool takes_citizens(StationIndex station, const Day& day) const;

  Replication run_;
  const KeptDays& kept_;
  std::size_t systems_;
  std::vector<StationIndex> stations_;
  std::vector<std::size_t> place_;             ///< by station: its place in stations_, or SIZE_MAX
  std::vector<std::vector<Attempt>> pending_;  ///< by place in stations_
  std::vector<std::vector<Stay>> stays_;       ///< [day * systems + system]
  std::vector<std::uint8_t>& marks_;
  std::vector<const DecidedDay*> known_joint_days_;
  std::size_t joint_days_ = 0;  ///< so far
  std::vector<std::unique_ptr<DecidedDay>> new_joint_days_;
  std::vector<Attempt> attempts_;
};

}  // namespace pishkhan
