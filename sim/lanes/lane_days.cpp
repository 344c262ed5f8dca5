#include "sim/lanes/lane_days.hpp"

#include <algorithm>

namespace pishkhan {
namespace {

constexpr Tick kHourTicks = 3600 * static_cast<Tick>(1 / kTick_s);

}  // namespace

void LaneDays::sort() { sorter_.sort(set_, visits, rows_); }

bool LaneDays::simulate(const LaneRules& rules) { return run_queue(set_, rules, rows_, queue_); }

void LaneDays::find_edges(const LaneRules& rules) {
  const Tick last = std::max({queue_.last_end, rules.closes, rules.shift_to});
  first_hour_ = static_cast<std::size_t>(rules.opens / kHourTicks);
  moments_.clear();
  for (Tick hour = rules.opens / kHourTicks; hour * kHourTicks < last; ++hour)
    moments_.push_back((hour + 1) * kHourTicks);
  hours_ = moments_.size();
  moments_.push_back(rules.closes);
  moments_.push_back(rules.shift_to);
}

void LaneDays::tally_hours(const LaneRules& rules, std::size_t lane, LaneDay& into) const {
  const BeforeEdge at_close = edges_.before(hours_, lane), at_shift_end = edges_.before(hours_ + 1, lane);
  BeforeEdge before;
  std::int64_t waited = 0, overtime_from = at_shift_end.busy;
  for (std::size_t k = 0; k < hours_; ++k) {
    const BeforeEdge after = edges_.before(k, lane);
    HourTally& hour = into.hours[first_hour_ + k];
    hour.arrived = hour.joined = static_cast<std::uint64_t>(after.came - before.came);
    hour.served = static_cast<std::uint64_t>(after.served - before.served);
    hour.in_target = static_cast<std::uint64_t>(after.in_target - before.in_target);
    hour.wait_s = to_seconds(after.served_wait - before.served_wait);
    const std::int64_t waited_by = moments_[k] < rules.closes ? after.waited : at_close.waited;
    hour.queue_area_s = to_seconds(waited_by - waited);
    hour.busy_s = to_seconds(after.busy - before.busy);
    if (moments_[k] > rules.shift_to) {
      hour.staffed_s = to_seconds(after.busy - overtime_from);
      into.tally.overtime_s += hour.staffed_s;
      overtime_from = after.busy;
    }
    waited = waited_by;
    before = after;
  }
  into.tally.staffed_s = into.tally.overtime_s;
  into.tally.queue_area_s = to_seconds(at_close.waited);
  into.little = {to_seconds(levels_.integral(lane)), into.tally.queue_area_s};
}

void LaneDays::tally_lane(const LaneRules& rules, std::size_t lane, LaneDay& into) const {
  into.tally = {};
  into.hours.assign(kHoursOfWork, {});
  StationTally& tally = into.tally;
  tally.arrived = rows_.count[lane];
  if (tally.arrived > 0) {
    const std::size_t last = rows_.count[lane] - 1;
    const auto counts = static_cast<std::uint32_t>(lanes_of(queue_.counts[last])[lane]);
    tally.served = counts & 0xffff;
    tally.in_target = counts >> 16;
    tally.abandoned = static_cast<std::uint64_t>(lanes_of(queue_.abandoned)[lane]);
    tally.sent_away = tally.arrived - tally.served - tally.abandoned;
    tally.wait_s = to_seconds(lanes_of(queue_.served_waits[last])[lane]);
    tally.wait_joined_s = to_seconds(lanes_of(queue_.waits[last])[lane]);
    tally.handling_s = to_seconds(lanes_of(queue_.handling[last])[lane]);
    tally.sojourn_s = tally.wait_s + tally.handling_s;
    tally.busy_s = tally.handling_s;
  }
  tally_hours(rules, lane, into);
}

void LaneDays::add_levels(LevelHistogram& into) const {
  const std::vector<std::int64_t>& at_least = levels_.at_least();
  if (at_least.empty()) return;
  into.add(0, -to_seconds(at_least[0]));
  for (std::size_t k = 0; k < at_least.size(); ++k) {
    const std::int64_t more = k + 1 < at_least.size() ? at_least[k + 1] : 0;
    if (at_least[k] > more) into.add(k + 1, to_seconds(at_least[k] - more));
  }
}

void LaneDays::observe(const LaneRules& rules, std::span<LaneDay* const> days, StationObservation& into) {
  levels_.measure(set_, rows_, queue_, rules.closes);
  find_edges(rules);
  edges_.measure(set_, rows_, queue_, rows_.count, moments_);
  bins_.add(set_, queue_);
  add_levels(into.levels);
  for (std::size_t lane = 0; lane < days.size(); ++lane) tally_lane(rules, lane, *days[lane]);
}

}  // namespace pishkhan
