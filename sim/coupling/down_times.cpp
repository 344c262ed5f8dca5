#include "sim/coupling/down_times.hpp"

#include <algorithm>

namespace pishkhan {

void DownTimes::set(const Platform& platform, std::span<const Switch> switches) {
  any_ = !switches.empty();
  if (!any_) return;
  system_.assign(platform.systems.size(), {});
  line_.assign(platform.access_links.size(), {});
  std::vector<Intervals> county(platform.county_links.size());
  for (auto failure = switches.begin(); failure != switches.end(); ++failure) {
    if (failure->up) continue;
    const auto repair = std::find_if(failure, switches.end(), [&](const Switch& later) {
      return later.up && later.cause == failure->cause && later.index == failure->index;
    });
    auto& of_its_sort = failure->cause == Cause::system        ? system_
                        : failure->cause == Cause::county_link ? county
                                                               : line_;
    of_its_sort[failure->index].push_back(
        {failure->time_s, repair == switches.end() ? kForever : repair->time_s});
  }
  for (std::size_t link = 0; link < line_.size(); ++link) {
    const Intervals& behind = county[platform.access_links[link].county.index()];
    line_[link].insert(line_[link].end(), behind.begin(), behind.end());
  }
}

namespace {

constexpr double kAround_s = 1e-3;

}  // namespace

bool DownTimes::meet(std::size_t link, std::size_t system, double from_s, double to_s) const {
  const auto meets = [&](const Interval& down) {
    return from_s - kAround_s < down.to_s && down.from_s < to_s + kAround_s;
  };
  return std::any_of(system_[system].begin(), system_[system].end(), meets) ||
         std::any_of(line_[link].begin(), line_[link].end(), meets);
}

double DownTimes::first_from(std::size_t link, std::size_t system, double from_s) const {
  double first_s = kForever;
  for (const auto* intervals : {&system_[system], &line_[link]}) {
    for (const Interval& down : *intervals) {
      if (from_s - kAround_s >= down.to_s) continue;
      first_s = std::min(first_s, std::max(from_s, down.from_s) - kAround_s);
    }
  }
  return first_s;
}

bool DownTimes::concern(std::size_t link, std::span<const std::uint8_t> systems) const {
  if (!line_[link].empty()) return true;
  for (std::size_t system = 0; system < system_.size(); ++system)
    if (systems[system] != 0 && !system_[system].empty()) return true;
  return false;
}

std::span<const Switch> StationSwitches::find(const Platform& platform, const JointStation& station,
                                              std::span<const Transaction> transactions,
                                              const DayOutages* outages) {
  own_.clear();
  if (outages == nullptr) return own_;
  called_.assign(platform.systems.size(), 0);
  for (const std::uint32_t service : station.visits->service)
    if (transactions[service].work_s > 0) called_[transactions[service].to.index()] = 1;
  const std::size_t link = station.link.index(), county = platform.access_links[link].county.index();
  for (const Switch& what : outages->switches) {
    const bool concerns = what.cause == Cause::system        ? called_[what.index] != 0
                          : what.cause == Cause::county_link ? what.index == county
                                                             : what.index == link;
    if (concerns) own_.push_back(what);
  }
  return own_;
}

}  // namespace pishkhan
