#include "sim/backbone/observation.hpp"

#include <cmath>
#include <limits>

namespace pishkhan {

BackboneObserver::BackboneObserver(const Platform& platform)
    : directions_(2 * platform.access_links.size()),
      cores_(platform.systems.size()),
      unreachable_since_s_(platform.access_links.size(), std::numeric_limits<double>::quiet_NaN()) {
  for (std::size_t i = 0; i < platform.access_links.size(); ++i) {
    const std::uint32_t kind = platform.access_links[i].kind;
    if (kind >= tallies_.link_kinds.size()) tallies_.link_kinds.resize(kind + 1);
    ++tallies_.link_kinds[kind].links;
    kind_.push_back(kind);
    directions_[2 * i].kind = directions_[2 * i + 1].kind = kind;
  }
  tallies_.systems.resize(platform.systems.size());
  for (std::size_t i = 0; i < cores_.size(); ++i) cores_[i].cores = platform.systems[i].cores;
}

void BackboneObserver::set_reachable(AccessLinkId link, bool reachable, double time_s) {
  double& since_s = unreachable_since_s_[link.index()];
  if (!std::isnan(since_s)) tallies_.link_kinds[kind_[link.index()]].down_s += time_s - since_s;
  since_s = reachable ? std::numeric_limits<double>::quiet_NaN() : time_s;
}

void BackboneObserver::set_up(SystemId system, bool up, double time_s) {
  integrate(system.index(), time_s);
  cores_[system.index()].up = up;
}

void BackboneObserver::set_cores(SystemId system, std::uint32_t cores, double time_s) {
  integrate(system.index(), time_s);
  cores_[system.index()].cores = cores;
}

const BackboneTallies& BackboneObserver::observe(double time_s) {
  for (Direction& direction : directions_) integrate(direction, time_s);
  for (std::size_t i = 0; i < cores_.size(); ++i) integrate(i, time_s);
  for (std::size_t i = 0; i < unreachable_since_s_.size(); ++i) {
    if (std::isnan(unreachable_since_s_[i])) continue;
    tallies_.link_kinds[kind_[i]].down_s += time_s - unreachable_since_s_[i];
    unreachable_since_s_[i] = time_s;
  }
  return tallies_;
}

void BackboneObserver::restart() {
  for (Direction& direction : directions_) direction.since_s = 0;
  for (Core& core : cores_) core.since_s = 0;
  for (double& since_s : unreachable_since_s_)
    if (!std::isnan(since_s)) since_s = 0;
}

}  // namespace pishkhan
