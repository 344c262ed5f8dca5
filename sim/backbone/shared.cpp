#include "sim/backbone/shared.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// CM02 gives a flow without any latency the weight 1.
double weight_of(double latency_s) { return latency_s > 0 ? 1 / latency_s : 1; }
double span_of(std::uint64_t bytes, double latency_s) {
  return static_cast<double>(bytes) * (latency_s > 0 ? latency_s : 1);
}

}  // namespace

SharedBackbone::SharedBackbone(Platform given)
    : Backbone(std::move(given)), links_(2 * platform().access_links.size()), systems_(platform().systems.size()) {
  const Link& province = platform().province_link;
  for (std::size_t i = 0; i < platform().access_links.size(); ++i) {
    const AccessLink& access = platform().access_links[i];
    const Link& county = platform().county_links[access.county.index()];
    links_[2 * i].bytes_s = std::min({access.up_bytes_s, county.up_bytes_s, province.up_bytes_s});
    links_[2 * i + 1].bytes_s = std::min({access.down_bytes_s, county.down_bytes_s, province.down_bytes_s});
    way_s_.push_back(access.latency_s + county.latency_s + province.latency_s);
  }
}

void SharedBackbone::begin(std::uint32_t slot, double time_s) {
  const Call& call = calls()[slot];
  if (slot >= latency_s_.size()) latency_s_.resize(slot + 1);
  latency_s_[slot] = way_s_[call.what.from.index()] + platform().systems[call.what.to.index()].data_centre.latency_s;
  begin_transfer(slot, time_s);
}

void SharedBackbone::begin_transfer(std::uint32_t slot, double time_s) {
  const Call& call = calls()[slot];
  const std::size_t link = link_of(call);
  LinkStation& station = links_[link];
  const double joins_s = time_s + latency_s_[slot];
  if (station.transfers++ == 0) {
    station.lone = slot;
    station.lone_joins_s = joins_s;
    schedule_.set(static_cast<std::uint32_t>(link), joins_s + static_cast<double>(bytes_of(call)) / station.bytes_s);
    return;
  }
  if (station.lone != kNobody) end_loneliness(link, time_s);
  if (latency_s_[slot] > 0) {
    schedule_.set(member_of_slot(slot), joins_s);
  } else {
    join_link(slot, time_s);
  }
}

void SharedBackbone::end_loneliness(std::size_t link, double time_s) {
  LinkStation& station = links_[link];
  const std::uint32_t slot = std::exchange(station.lone, kNobody);
  if (time_s < station.lone_joins_s) {
    schedule_.erase(static_cast<std::uint32_t>(link));
    schedule_.set(member_of_slot(slot), station.lone_joins_s);
  } else {
    join_link(slot, station.lone_joins_s);
    station.clock.advance(time_s);  // its end, computed anew, must not round to before now
    reschedule_link(link);
  }
}

void SharedBackbone::join_link(std::uint32_t slot, double time_s) {
  const Call& call = calls()[slot];
  const std::size_t link = link_of(call);
  LinkStation& station = links_[link];
  station.clock.advance(time_s);
  station.clock.add(span_of(bytes_of(call), latency_s_[slot]), slot);
  station.weights += weight_of(latency_s_[slot]);
  reschedule_link(link);
}

void SharedBackbone::leave_link(std::size_t link, double time_s) {
  LinkStation& station = links_[link];
  --station.transfers;
  std::uint32_t slot = std::exchange(station.lone, kNobody);
  if (slot == kNobody) {
    slot = station.clock.depart(time_s);
    station.weights -= weight_of(latency_s_[slot]);
    reschedule_link(link);
  } else {
    schedule_.erase(static_cast<std::uint32_t>(link));
  }
  const Call& call = calls()[slot];
  if (call.phase == TransactionPhase::response) {
    response_arrived(slot, time_s);
    return;
  }
  request_arrived(slot, time_s);
  const std::size_t system = call.what.to.index();
  systems_[system].advance(time_s);
  systems_[system].add(call.what.work_s, slot);
  reschedule_system(system);
}

void SharedBackbone::leave_system(std::size_t system, double time_s) {
  const std::uint32_t slot = systems_[system].depart(time_s);
  reschedule_system(system);
  work_finished(slot, time_s);
  begin_transfer(slot, time_s);
}

void SharedBackbone::reschedule_link(std::size_t link) {
  LinkStation& station = links_[link];
  if (station.clock.empty()) station.weights = 0;  // what subtracting left behind
  station.clock.set_rate(station.clock.empty() ? 0 : station.bytes_s / station.weights);
  schedule_.set(static_cast<std::uint32_t>(link), station.clock.next_s());
}

void SharedBackbone::reschedule_system(std::size_t system) {
  SharingClock& clock = systems_[system];
  clock.set_rate(core_share(platform().systems[system].speed, cores(SystemId(system)), clock.size()));
  schedule_.set(member_of_system(system), clock.next_s());
}

void SharedBackbone::run(double until_s) {
  const std::size_t links = links_.size(), stations = links + systems_.size();
  while (!schedule_.empty()) {
    const double now_s = schedule_.first_s();
    if (now_s > until_s || (anything_ready() && now_s > ready_s())) return;
    const std::uint32_t member = schedule_.first();
    if (member < links) {
      leave_link(member, now_s);
    } else if (member < stations) {
      leave_system(member - links, now_s);
    } else {
      schedule_.erase(member);
      join_link(member - static_cast<std::uint32_t>(stations), now_s);
    }
  }
}

void SharedBackbone::drop(std::span<const std::uint32_t> slots, double time_s) {
  for (const std::uint32_t slot : slots) {
    const Call& call = calls()[slot];
    if (call.phase == TransactionPhase::work) {
      const std::size_t system = call.what.to.index();
      systems_[system].advance(time_s);
      PISHKHAN_ENSURE(systems_[system].remove(slot));
      reschedule_system(system);
      continue;
    }
    const std::size_t link = link_of(call);
    LinkStation& station = links_[link];
    --station.transfers;
    if (station.lone == slot) {
      station.lone = kNobody;
      schedule_.erase(static_cast<std::uint32_t>(link));
    } else if (schedule_.contains(member_of_slot(slot))) {
      schedule_.erase(member_of_slot(slot));
    } else {
      station.clock.advance(time_s);
      PISHKHAN_ENSURE(station.clock.remove(slot));
      station.weights -= weight_of(latency_s_[slot]);
      reschedule_link(link);
    }
  }
}

void SharedBackbone::cores_changed(SystemId system, double time_s) {
  systems_[system.index()].advance(time_s);
  reschedule_system(system.index());
}

void SharedBackbone::restarted(double /*time_s*/) {
  for (LinkStation& station : links_) station.clock = SharingClock();
  for (SharingClock& clock : systems_) clock = SharingClock();
}

}  // namespace pishkhan
