#include "models/trial/totals/queue_book.hpp"

#include <algorithm>
#include <cmath>

#include "sim/statistics/day_frame.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kAllStreams = SIZE_MAX;

std::size_t hour_of_arrival(double time_s) {
  const std::size_t hour = hour_of(time_s);  // rounded, perhaps to the next hour
  return hour > 0 && time_s < static_cast<double>(hour) * kSecondsPerHour ? hour - 1 : hour;
}

}  // namespace

std::size_t queue_groups(const Scenario& scenario) {
  return scenario.province ? kKinds + 1 : scenario.stations.size();
}

QueueBook::QueueBook(const Scenario& scenario, const Plan::Data& data)
    : data_(&data), first_stream_(queue_groups(scenario) * kHoursOfWork) {
  std::size_t streams = 0;
  for (std::size_t s = 0; s < data.stations.size(); ++s) {
    if (data.bare) {
      group_.push_back(s);
    } else {
      group_.push_back(s < data.offices ? static_cast<std::size_t>(scenario.province->offices[s].kind)
                                        : kKinds);
    }
    if (data.bare) streams += data.stations[s].streams;
  }
  cells_.resize(first_stream_ + streams);
}

void QueueBook::count(const Visits& visits, std::size_t visit, Cell& cell) {
  const Outcome outcome = visits.outcome[visit];
  QueueCounts& counts = cell.counts;
  ++counts.arrived;
  counts.served += outcome == Outcome::served;
  counts.balked += outcome == Outcome::balked;
  counts.abandoned += outcome == Outcome::abandoned;
  counts.sent_away += outcome == Outcome::sent_away;
  counts.failed += outcome == Outcome::failed;
  if (outcome == Outcome::served) cell.waits.add(visits.leave_s[visit] - visits.arrival_s[visit]);
}

void QueueBook::list_changes(const Visits& visits, std::size_t stream) {
  changes_.clear();
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (stream != kAllStreams && visits.service[i] != stream) continue;
    if (visits.outcome[i] == Outcome::balked || visits.leave_s[i] <= visits.arrival_s[i]) continue;
    changes_.push_back({visits.arrival_s[i], 1});
    changes_.push_back({visits.leave_s[i], -1});
  }
  std::sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) {
    return a.time_s != b.time_s ? a.time_s < b.time_s : a.joins > b.joins;
  });
}

void QueueBook::follow(std::span<const Interval> doors, const std::function<Cell&(std::size_t)>& cell_of) {
  constexpr double kTicksPerSecond = 0x1p16;  // as TimeSum
  for (const Interval& door : doors) {
    int waiting = 0;
    double now_s = door.from_s;
    const auto hold_until = [&](double until_s) {
      split_by_hour(now_s, until_s, [&](std::size_t hour, double s) {
        std::vector<std::uint64_t>& ticks = cell_of(hour).open_ticks;
        const auto level = static_cast<std::size_t>(waiting);
        if (level >= ticks.size()) ticks.resize(level + 1);
        ticks[level] += static_cast<std::uint64_t>(std::llround(s * kTicksPerSecond));
      });
      now_s = until_s;
    };
    for (const Change& change : changes_) {
      if (change.time_s >= door.to_s) break;
      if (change.time_s > now_s) hold_until(change.time_s);
      waiting += change.joins;
    }
    if (now_s < door.to_s) hold_until(door.to_s);
  }
}

void QueueBook::add(StationIndex station, std::span<const Interval> doors, const Visits& visits) {
  const std::size_t group = group_[station.index()];
  const StationPlan& plan = data_->stations[station.index()];
  for (std::size_t i = 0; i < visits.size(); ++i) {
    count(visits, i, hour_cell(group, hour_of_arrival(visits.arrival_s[i])));
    if (data_->bare) count(visits, i, cells_[first_stream_ + plan.first_stream + visits.service[i]]);
  }
  list_changes(visits, kAllStreams);
  follow(doors, [&](std::size_t hour) -> Cell& { return hour_cell(group, hour); });
  for (std::size_t k = 0; data_->bare && k < plan.streams; ++k) {
    list_changes(visits, k);
    follow(doors, [&](std::size_t) -> Cell& { return cells_[first_stream_ + plan.first_stream + k]; });
  }
}

void QueueBook::close(TrialResult& result) const {
  result.queues.clear();
  for (const Cell& cell : cells_)
    result.queues.push_back({cell.counts, CompactHistogram(cell.waits), cell.open_ticks});
}

}  // namespace pishkhan
