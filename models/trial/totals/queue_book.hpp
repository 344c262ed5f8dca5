#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "models/plan/plan_data.hpp"
#include "models/trial/totals/trial_result.hpp"
#include "sim/station/station.hpp"
#include "sim/statistics/wait_histogram.hpp"

namespace pishkhan {

/// Who came and how the queue was, by hour of the day at a group of stations, and by stream of bare stations,
/// on the counted days of a run by days. Groups of a province are urban offices, rural offices and counters;
/// each bare station is one. Times are in whole ticks, so that sums do not depend on the order of stations.
class QueueBook {
 public:
  QueueBook(const Scenario& scenario, const Plan::Data& data);

  /// Adds a decided station-day; `doors`: none where the station is shut.
  void add(StationIndex station, std::span<const Interval> doors, const Visits& visits);
  /// Replaces result.queues.
  void close(TrialResult& result) const;

 private:
  struct Cell {
    QueueCounts counts;
    WaitHistogram waits;
    std::vector<std::uint64_t> open_ticks;
  };
  struct Change {
    double time_s;
    int joins;  ///< 1, or -1 where the wait ends
  };
  void count(const Visits& visits, std::size_t visit, Cell& cell);
  void list_changes(const Visits& visits, std::size_t stream);
  /// Adds how long so many waited while doors were open to the cell of each hour.
  void follow(std::span<const Interval> doors, const std::function<Cell&(std::size_t hour)>& cell_of);
  [[nodiscard]] Cell& hour_cell(std::size_t group, std::size_t hour) {
    return cells_[group * kHoursOfWork + hour];
  }

  const Plan::Data* data_;
  std::vector<std::size_t> group_;  ///< by station
  std::size_t first_stream_;        ///< of the cells of streams, which follow those of hours
  std::vector<Cell> cells_;
  std::vector<Change> changes_;  ///< working memory
};

/// Groups of stations of a scenario, as above.
std::size_t queue_groups(const Scenario& scenario);

}  // namespace pishkhan
