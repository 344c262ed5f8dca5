#include "sim/backbone/shared.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// CM02 gives a flow without any latency the weight 1.
double weight_of(double latency_s) { return latency_s > 0 ? 1 / latency_s : 1; }
double span_of(double bytes, double latency_s) { return bytes * (latency_s > 0 ? latency_s : 1); }

}  // namespace

SharedBackbone::SharedBackbone(Platform given)
    : Backbone(std::move(given)),
      links_(2 * platform().access_links.size()),
      systems_(platform().systems.size()) {
  for (std::size_t i = 0; i < platform().access_links.size(); ++i) {
    const AccessLink& access = platform().access_links[i];
    const Link way = way_of(platform(), access);
    links_[2 * i].bytes_s = way.up_bytes_s;
    links_[2 * i + 1].bytes_s = way.down_bytes_s;
    links_[2 * i].dedicated = links_[2 * i + 1].dedicated = access.dedicated;
    way_s_.push_back(way.latency_s);
  }
}

void SharedBackbone::begin(std::uint32_t slot, double time_s) {
  const Call& call = calls()[slot];
  if (slot >= latency_s_.size()) {
    latency_s_.resize(slot + 1);
    leaves_s_.resize(slot + 1);
    place_.resize(slot + 1);
    own_.resize(slot + 1);
  }
  latency_s_[slot] =
      way_s_[call.what.from.index()] + platform().systems[call.what.to.index()].data_centre.latency_s;
  begin_transfer(slot, time_s);
}

void SharedBackbone::begin_transfer(std::uint32_t slot, double time_s) {
  const Call& call = calls()[slot];
  const std::size_t link = link_of(call);
  const LinkStation& station = links_[link];
  const double joins_s = time_s + latency_s_[slot];
  const auto bytes = static_cast<double>(bytes_of(call));
  if (station.dedicated)
    schedule_own(slot, Own::leaves_dedicated_link, joins_s + bytes / station.bytes_s);
  else if (station.solo == kNobody && station.clock.empty())
    use_alone(link, slot, joins_s, bytes);
  else if (latency_s_[slot] > 0)
    schedule_own(slot, Own::joins_link, joins_s);
  else
    join_link(slot, time_s);
}

void SharedBackbone::use_alone(std::size_t link, std::uint32_t slot, double joins_s, double bytes) {
  LinkStation& station = links_[link];
  station.solo = slot;
  station.solo_joins_s = joins_s;
  station.solo_bytes = bytes;
  station.solo_ends_s = joins_s + bytes / station.bytes_s;
  schedule_.set(static_cast<std::uint32_t>(link), station.solo_ends_s);
}

/// Somebody has waited out the latency on a link where others are.
void SharedBackbone::join_link(std::uint32_t slot, double time_s) {
  const Call& call = calls()[slot];
  const std::size_t link = link_of(call);
  LinkStation& station = links_[link];
  if (station.solo != kNobody && station.solo_joins_s > time_s) {
    // It came first and has the longer way: now it is the one who will join.
    schedule_own(station.solo, Own::joins_link, station.solo_joins_s);
    station.solo = kNobody;
  }
  if (station.solo == kNobody && station.clock.empty()) {
    use_alone(link, slot, time_s, static_cast<double>(bytes_of(call)));
    return;
  }
  station.clock.advance(time_s);
  if (station.solo != kNobody) {
    const std::uint32_t other = std::exchange(station.solo, kNobody);
    // Who joined just now still has everything to send, to the byte.
    const double left = station.solo_joins_s == time_s
                            ? station.solo_bytes
                            : std::max(0.0, station.solo_ends_s - time_s) * station.bytes_s;
    share_link(link, other, left);
  }
  share_link(link, slot, static_cast<double>(bytes_of(call)));
  reschedule_link(link);
}

void SharedBackbone::share_link(std::size_t link, std::uint32_t slot, double bytes) {
  LinkStation& station = links_[link];
  mark_contended(slot);
  station.clock.add(span_of(bytes, latency_s_[slot]), slot, calls()[slot].id);
  station.weights += weight_of(latency_s_[slot]);
}

void SharedBackbone::leave_link(std::size_t link, double time_s) {
  LinkStation& station = links_[link];
  std::uint32_t slot = std::exchange(station.solo, kNobody);
  if (slot == kNobody) {
    slot = station.clock.depart(time_s);
    station.weights -= weight_of(latency_s_[slot]);
    back_to_solo(link, time_s);
  } else {
    schedule_.erase(static_cast<std::uint32_t>(link));
  }
  end_transfer(slot, time_s);
}

/// After somebody left the clock, brought to time_s: one who is alone again needs it no more.
void SharedBackbone::back_to_solo(std::size_t link, double time_s) {
  LinkStation& station = links_[link];
  if (station.clock.size() == 1) {
    station.weights = 0;
    const auto [span, slot] = station.clock.take_last();
    use_alone(link, slot, time_s, span / span_of(1, latency_s_[slot]));
    return;
  }
  reschedule_link(link);
}

void SharedBackbone::end_transfer(std::uint32_t slot, double time_s) {
  if (calls()[slot].phase == TransactionPhase::response) {
    response_arrived(slot, time_s);
    return;
  }
  request_arrived(slot, time_s);
  enter_system(slot, time_s);
}

void SharedBackbone::enter_system(std::uint32_t slot, double time_s) {
  const Call& call = calls()[slot];
  const std::size_t system = call.what.to.index();
  SystemStation& station = systems_[system];
  if (station.clock.empty() && station.unshared.size() < cores(call.what.to)) {
    place_[slot] = static_cast<std::uint32_t>(station.unshared.size());
    station.unshared.push_back(slot);
    leaves_s_[slot] = time_s + call.what.work_s / platform().systems[system].speed;
    schedule_own(slot, Own::leaves_system, leaves_s_[slot]);
    return;
  }
  share_system(system, time_s);
  station.clock.add(call.what.work_s, slot, call.id);
  mark_contended(slot);
  reschedule_system(system);
}

/// There are more than the cores: all go by the clock.
void SharedBackbone::share_system(std::size_t system, double time_s) {
  SystemStation& station = systems_[system];
  station.clock.advance(time_s);
  for (const std::uint32_t slot : station.unshared) {
    schedule_.erase(member_of_slot(slot));
    const Call& call = calls()[slot];
    const double left = call.phase_start_s == time_s
                            ? call.what.work_s
                            : std::max(0.0, leaves_s_[slot] - time_s) * platform().systems[system].speed;
    station.clock.add(left, slot, call.id);
    mark_contended(slot);
  }
  station.unshared.clear();
}

/// After somebody left the clock, brought to time_s: those who have a core each need it no more.
void SharedBackbone::settle_system(std::size_t system, double time_s) {
  SystemStation& station = systems_[system];
  if (station.clock.size() <= cores(SystemId(system))) {
    while (!station.clock.empty()) {
      const auto [work_s, slot] = station.clock.take_last();
      place_[slot] = static_cast<std::uint32_t>(station.unshared.size());
      station.unshared.push_back(slot);
      leaves_s_[slot] = time_s + work_s / platform().systems[system].speed;
      schedule_own(slot, Own::leaves_system, leaves_s_[slot]);
    }
  }
  reschedule_system(system);
}

void SharedBackbone::leave_system(std::uint32_t slot, double time_s) {
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
  SharingClock& clock = systems_[system].clock;
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
      continue;
    }
    if (member < stations) {
      const std::size_t system = member - links;
      const std::uint32_t slot = systems_[system].clock.depart(now_s);
      settle_system(system, now_s);
      leave_system(slot, now_s);
      continue;
    }
    due_.clear();
    do {
      due_.push_back(schedule_.first() - static_cast<std::uint32_t>(stations));
      schedule_.erase(schedule_.first());
    } while (schedule_.first_s() == now_s && schedule_.first() >= stations);
    // Slots come and go; what is due at once goes by the callers' ids.
    if (due_.size() > 1) {
      std::sort(due_.begin(), due_.end(),
                [this](std::uint32_t a, std::uint32_t b) { return calls()[a].id < calls()[b].id; });
    }
    // First, so that nobody finds them still there.
    for (const std::uint32_t slot : due_)
      if (own_[slot] == Own::leaves_system) forget_unshared(slot);
    for (const std::uint32_t slot : due_) pass_on(slot, now_s);
  }
}

/// What has an event of its own comes to it.
void SharedBackbone::pass_on(std::uint32_t slot, double now_s) {
  switch (own_[slot]) {
    case Own::joins_link:
      join_link(slot, now_s);
      break;
    case Own::leaves_dedicated_link:
      end_transfer(slot, now_s);
      break;
    case Own::leaves_system:
      leave_system(slot, now_s);
      break;
  }
}

void SharedBackbone::forget_unshared(std::uint32_t slot) {
  auto& unshared = systems_[calls()[slot].what.to.index()].unshared;
  place_[unshared.back()] = place_[slot];
  unshared[place_[slot]] = unshared.back();
  unshared.pop_back();
}

void SharedBackbone::drop_from_link(std::uint32_t slot, double time_s) {
  const std::size_t link = link_of(calls()[slot]);
  LinkStation& station = links_[link];
  if (station.solo == slot) {
    station.solo = kNobody;
    schedule_.erase(static_cast<std::uint32_t>(link));
  } else if (schedule_.contains(member_of_slot(slot))) {
    schedule_.erase(member_of_slot(slot));
  } else {
    station.clock.advance(time_s);
    PISHKHAN_ENSURE(station.clock.remove(slot));
    station.weights -= weight_of(latency_s_[slot]);
    back_to_solo(link, time_s);
  }
}

void SharedBackbone::drop(std::span<const std::uint32_t> slots, double time_s) {
  for (const std::uint32_t slot : slots) {
    const Call& call = calls()[slot];
    if (call.phase != TransactionPhase::work) {
      drop_from_link(slot, time_s);
      continue;
    }
    const std::size_t system = call.what.to.index();
    SystemStation& station = systems_[system];
    if (schedule_.contains(member_of_slot(slot))) {
      schedule_.erase(member_of_slot(slot));
      forget_unshared(slot);
    } else {
      station.clock.advance(time_s);
      PISHKHAN_ENSURE(station.clock.remove(slot));
      settle_system(system, time_s);
    }
  }
}

void SharedBackbone::cores_changed(SystemId system, double time_s) {
  SystemStation& station = systems_[system.index()];
  station.clock.advance(time_s);
  if (station.unshared.size() > cores(system)) share_system(system.index(), time_s);
  settle_system(system.index(), time_s);
}

}  // namespace pishkhan
