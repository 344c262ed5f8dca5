#pragma once
#include <vector>

#include "sim/backbone/ideal.hpp"
#include "sim/base/stop_check.hpp"
#include "sim/coupling/down_times.hpp"
#include "sim/coupling/joint_day.hpp"

namespace pishkhan {

/// Decides the days of single stations over the ideal backbone, over which no call slows down another: what
/// simulate_joint_day decides of a station among others, bit for bit. An event loop is needed only where an
/// outage meets a call, or where a call takes longer than the clerks' limit without one.
class IdealStations {
 public:
  /// `calls` are of the ideal backbone, which is left as it was, but for its tallies; `switches` and `web`
  /// are not heeded. All that they name must outlive it.
  explicit IdealStations(const CallsOverBackbone& calls, StopCheck stop = {}) : calls_(calls), stop_(stop) {}

  /// Decides the visits of a station on a day on which this fails, or nothing if it is null.
  void decide(JointStation& station, const DayOutages* outages = nullptr);

 private:
  [[nodiscard]] bool is_decided_by_events(const JointStation& station, const DayOutages* outages);

  CallsOverBackbone calls_;
  StopCheck stop_;
  std::vector<double> speed_;  ///< of the present station, by clerk number
  StationSwitches switches_;
};

}  // namespace pishkhan
