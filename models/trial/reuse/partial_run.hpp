#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/trial/replication.hpp"
#include "models/trial/reuse/kept_days.hpp"

namespace pishkhan {

/// Simulates some stations of a province with the citizens of a run that was kept. On joint days all stations
/// are simulated, and nothing but calls is added up for the others.
class PartialRun {
 public:
  /// All must outlive it. `marks`: the stations, by station.
  PartialRun(const Plan& plan, std::uint32_t number, const TrialOptions& options, const KeptDays& kept,
             std::span<const std::uint8_t> marks);

  /// False if days that are not joint have to be, because of these stations alone, or joint days need not be:
  /// nothing is known then.
  bool simulate();
  /// After simulate(), once: what these stations, and all calls on joint days, add to a TrialResult. What is
  /// told of other stations is empty, and no citizen was created.
  TrialResult close() { return run_.accounting.close_part(); }
  /// After simulate(): the stays of the stations' calls at a system on a day that is not joint.
  [[nodiscard]] std::span<const Stay> stays(std::size_t day, std::size_t system) const {
    return stays_[day * systems_ + system];
  }
  /// After simulate() of two runs: marks the stations that were decided otherwise on a joint day. Whether
  /// there are any.
  static bool mark_different(const PartialRun& one, const PartialRun& other,
                             std::vector<std::uint8_t>& marks);

 private:
  /// Of a station that is not marked, on a joint day: all that was decided of its visits, as bytes.
  struct JointVisits {
    StationIndex station;
    std::string visits;
  };

  [[nodiscard]] int end_of_days(int begin) const;
  bool simulate_days(int begin, int end);
  [[nodiscard]] double watched_s() const;
  void keep_stays(int begin, int end);
  void simulate_station(std::size_t place, int begin, int end);
  bool simulate_joint_day(int day);
  void add_stations(const Day& day);
  [[nodiscard]] bool takes_citizens(StationIndex station, const Day& day) const;

  Replication run_;
  const KeptDays& kept_;
  std::size_t systems_;
  std::vector<StationIndex> stations_;
  std::vector<std::size_t> place_;             ///< by station: its place in stations_, or SIZE_MAX
  std::vector<std::vector<Attempt>> pending_;  ///< by place in stations_
  std::vector<std::vector<Stay>> stays_;       ///< [day * systems + system]
  std::vector<JointVisits> joint_visits_;
  std::vector<Attempt> attempts_;
};

}  // namespace pishkhan
