#include "sim/backbone/observation.hpp"

#include <algorithm>
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
    directions_[2 * i].dedicated = directions_[2 * i + 1].dedicated = platform.access_links[i].dedicated;
  }
  tallies_.systems.resize(platform.systems.size());
  for (std::size_t i = 0; i < cores_.size(); ++i) cores_[i].cores = platform.systems[i].cores;
}

void BackboneObserver::set_reachable(AccessLinkId link, bool reachable, double time_s) {
  double& since_s = unreachable_since_s_[link.index()];
  if (std::isnan(since_s) != reachable) unreachable_ += reachable ? std::size_t(-1) : 1;
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

void BackboneObserver::restart(double time_s) {
  for (std::size_t i = 0; i < cores_.size(); ++i) {
    integrate(i, time_s);
    cores_[i].since_s = 0;
  }
  if (unreachable_ == 0) return;
  for (std::size_t i = 0; i < unreachable_since_s_.size(); ++i) {
    if (std::isnan(unreachable_since_s_[i])) continue;
    tallies_.link_kinds[kind_[i]].down_s += time_s - unreachable_since_s_[i];
    unreachable_since_s_[i] = 0;
  }
}

void BackboneObserver::forget() {
  const std::uint64_t in_flight = tallies_.counts.in_flight;
  tallies_.counts = {};
  tallies_.counts.started = tallies_.counts.in_flight = in_flight;
  for (SystemTally& system : tallies_.systems) {
    WaitHistogram kept = std::move(system.transaction_s);
    kept.clear();
    system = {};
    system.transaction_s = std::move(kept);
  }
  for (LinkTally& kind : tallies_.link_kinds) {
    const std::uint64_t links = kind.links;
    kind = {};
    kind.links = links;
  }
}

namespace {

/// Calls each(sum, the same of another) for the sums of what transactions did.
template <class Each>
void for_sums(BackboneTallies& tallies, BackboneTallies& others, const Each& each) {
  const auto durations = [&](DurationSums& one, DurationSums& other) {
    each(one.sum_s, other.sum_s);
    each(one.sum_squares_s2, other.sum_squares_s2);
  };
  for (std::size_t i = 0; i < tallies.systems.size(); ++i) {
    SystemTally &one = tallies.systems[i], &other = others.systems[i];
    each(one.concurrency_area_s, other.concurrency_area_s);
    each(one.busy_core_s, other.busy_core_s);
    durations(one.response, other.response);
    durations(one.transaction, other.transaction);
  }
  for (std::size_t i = 0; i < tallies.link_kinds.size(); ++i) {
    LinkTally &one = tallies.link_kinds[i], &other = others.link_kinds[i];
    each(one.concurrency_area_s, other.concurrency_area_s);
    each(one.busy_s, other.busy_s);
    durations(one.transfer, other.transfer);
  }
}

}  // namespace

void round_to_ticks(BackboneTallies& tallies) {
  for_sums(tallies, tallies, [](double& sum, double&) { sum = in_whole_ticks(sum); });
}

void BackboneObserver::take_sums(BackboneTallies& sums) {
  for_sums(tallies_, sums, [](double& from, double& to) {
    to += in_whole_ticks(from);
    from = 0;
  });
}

void BackboneObserver::take_longest(LongestDurations& longest) {
  const auto take = [](DurationSums& from, double& to_s) {
    to_s = std::max(to_s, from.max_s);
    from.max_s = 0;
  };
  for (std::size_t i = 0; i < tallies_.systems.size(); ++i) {
    take(tallies_.systems[i].response, longest.response_s[i]);
    take(tallies_.systems[i].transaction, longest.transaction_s[i]);
  }
  for (std::size_t i = 0; i < tallies_.link_kinds.size(); ++i)
    take(tallies_.link_kinds[i].transfer, longest.transfer_s[i]);
}

LongestDurations::LongestDurations(const BackboneTallies& tallies) {
  for (const SystemTally& system : tallies.systems) {
    response_s.push_back(system.response.max_s);
    transaction_s.push_back(system.transaction.max_s);
  }
  for (const LinkTally& kind : tallies.link_kinds) transfer_s.push_back(kind.transfer.max_s);
}

void LongestDurations::merge(const LongestDurations& other) {
  const auto longer = [](std::vector<double>& to_s, const std::vector<double>& from_s) {
    for (std::size_t i = 0; i < to_s.size(); ++i) to_s[i] = std::max(to_s[i], from_s[i]);
  };
  longer(response_s, other.response_s);
  longer(transaction_s, other.transaction_s);
  longer(transfer_s, other.transfer_s);
}

void LongestDurations::merge_into(BackboneTallies& tallies) const {
  const auto longer = [](DurationSums& to, double from_s) { to.max_s = std::max(to.max_s, from_s); };
  for (std::size_t i = 0; i < response_s.size(); ++i) {
    longer(tallies.systems[i].response, response_s[i]);
    longer(tallies.systems[i].transaction, transaction_s[i]);
  }
  for (std::size_t i = 0; i < transfer_s.size(); ++i) longer(tallies.link_kinds[i].transfer, transfer_s[i]);
}

void LongestDurations::clear() {
  for (auto* list : {&response_s, &transaction_s, &transfer_s}) std::fill(list->begin(), list->end(), 0.0);
}

TransactionCounts& TransactionCounts::operator+=(const TransactionCounts& other) {
  started += other.started;
  completed += other.completed;
  failed += other.failed;
  cancelled += other.cancelled;
  in_flight += other.in_flight;
  refused += other.refused;
  return *this;
}

DurationSums& DurationSums::operator+=(const DurationSums& other) {
  count += other.count;
  sum_s += other.sum_s;
  sum_squares_s2 += other.sum_squares_s2;
  max_s = std::max(max_s, other.max_s);
  return *this;
}

SystemTally& SystemTally::operator+=(const SystemTally& other) {
  concurrency_area_s += other.concurrency_area_s;
  busy_core_s += other.busy_core_s;
  core_s += other.core_s;
  down_s += other.down_s;
  concurrency_max = std::max(concurrency_max, other.concurrency_max);
  response += other.response;
  transaction += other.transaction;
  transaction_s += other.transaction_s;
  failed += other.failed;
  cancelled += other.cancelled;
  refused += other.refused;
  return *this;
}

LinkTally& LinkTally::operator+=(const LinkTally& other) {
  concurrency_area_s += other.concurrency_area_s;
  busy_s += other.busy_s;
  watched_s += other.watched_s;
  down_s += other.down_s;
  bytes += other.bytes;
  transfer += other.transfer;
  return *this;
}

BackboneTallies& BackboneTallies::operator+=(const BackboneTallies& other) {
  if (systems.empty() && link_kinds.empty()) return *this = other;
  counts += other.counts;
  for (std::size_t i = 0; i < systems.size(); ++i) systems[i] += other.systems[i];
  for (std::size_t i = 0; i < link_kinds.size(); ++i) link_kinds[i] += other.link_kinds[i];
  return *this;
}

TransactionCounts& TransactionCounts::operator-=(const TransactionCounts& other) {
  started -= other.started;
  completed -= other.completed;
  failed -= other.failed;
  cancelled -= other.cancelled;
  in_flight -= other.in_flight;
  refused -= other.refused;
  return *this;
}

DurationSums& DurationSums::operator-=(const DurationSums& other) {
  count -= other.count;
  sum_s -= other.sum_s;
  sum_squares_s2 -= other.sum_squares_s2;
  return *this;
}

SystemTally& SystemTally::operator-=(const SystemTally& other) {
  concurrency_area_s -= other.concurrency_area_s;
  busy_core_s -= other.busy_core_s;
  core_s -= other.core_s;
  down_s -= other.down_s;
  response -= other.response;
  transaction -= other.transaction;
  transaction_s -= other.transaction_s;
  failed -= other.failed;
  cancelled -= other.cancelled;
  refused -= other.refused;
  return *this;
}

LinkTally& LinkTally::operator-=(const LinkTally& other) {
  concurrency_area_s -= other.concurrency_area_s;
  busy_s -= other.busy_s;
  watched_s -= other.watched_s;
  down_s -= other.down_s;
  bytes -= other.bytes;
  transfer -= other.transfer;
  return *this;
}

BackboneTallies& BackboneTallies::operator-=(const BackboneTallies& other) {
  counts -= other.counts;
  for (std::size_t i = 0; i < systems.size(); ++i) systems[i] -= other.systems[i];
  for (std::size_t i = 0; i < link_kinds.size(); ++i) link_kinds[i] -= other.link_kinds[i];
  return *this;
}

void BackboneTallies::forget_greatest() {
  for (SystemTally& system : systems) {
    system.concurrency_max = 0;
    system.response.max_s = system.transaction.max_s = 0;
  }
  for (LinkTally& kind : link_kinds) kind.transfer.max_s = 0;
}

}  // namespace pishkhan
