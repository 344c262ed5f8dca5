#include "sim/coupling/call_desk.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

namespace pishkhan {
namespace {

/// As simulate_joint_day says.
std::uint64_t transaction_id(JointStationIndex station, std::uint32_t visit) {
  return std::uint64_t{station.value} << 32 | visit;
}

}  // namespace

CallDesk::CallDesk(std::span<const JointStation> stations, const CallsOverBackbone& calls,
                   std::deque<StationEvents>& events)
    : stations_(stations), calls_(calls), backbone_(calls.backbone), events_(events) {
  PISHKHAN_EXPECT(calls.policy.limit_s > 0 && calls.policy.retries >= 0);
  PISHKHAN_EXPECT(calls.policy.retries == 0 || calls.policy.pause_s > 0);
  if (backbone_ == nullptr) return;
  const Platform& platform = backbone_->platform();
  outcome_.lost_clerk_s.resize(platform.systems.size());
  if (!keeps_records()) return;
  record_of_.resize(stations.size());
  const auto down = [&](Cause cause) -> auto& { return down_[static_cast<std::size_t>(cause)]; };
  down(Cause::system).resize(platform.systems.size());
  down(Cause::link).resize(platform.access_links.size());
  down(Cause::power).resize(platform.access_links.size());
  down(Cause::county_link).resize(platform.county_links.size());
}

Transaction CallDesk::transaction(JointStationIndex station, std::uint32_t visit) const {
  Transaction transaction = calls_.transactions[stations_[station.index()].visits->service[visit]];
  transaction.from = stations_[station.index()].link;
  return transaction;
}

std::size_t CallDesk::system_of(const Call& call) const {
  return calls_.transactions[stations_[call.station.index()].visits->service[call.visit]].to.index();
}

/// Why the system cannot be reached now: of several causes, the one nearest to the desk.
Cause CallDesk::cause_now(JointStationIndex station, std::size_t system) const {
  const AccessLinkId link = stations_[station.index()].link;
  const auto is_down = [&](Cause cause, std::size_t index) {
    return down_[static_cast<std::size_t>(cause)][index] != 0;
  };
  if (is_down(Cause::power, link.index())) return Cause::power;
  if (is_down(Cause::link, link.index())) return Cause::link;
  if (is_down(Cause::county_link, backbone_->platform().access_links[link.index()].county.index()))
    return Cause::county_link;
  PISHKHAN_ENSURE(is_down(Cause::system, system));
  return Cause::system;
}

std::uint32_t& CallDesk::record_of(JointStationIndex station, std::uint32_t visit) {
  auto& records = record_of_[station.index()];
  if (records.size() <= visit)
    records.resize(std::max<std::size_t>(visit + 1, stations_[station.index()].visits->size()));
  return records[visit];
}

std::uint32_t CallDesk::new_record(JointStationIndex station, std::uint32_t visit) {
  std::uint32_t number;
  if (free_.empty()) {
    number = static_cast<std::uint32_t>(records_.size());
    records_.push_back({});
  } else {
    number = free_.back();
    free_.pop_back();
  }
  const std::uint32_t stamp = records_[number].stamp;
  records_[number] = {station, visit, {}, 0, 0, 0, 0, stamp, State::over, Cause::load, false};
  record_of(station, visit) = number + 1;
  return number;
}

void CallDesk::enter(Call& call, State state, double t) {
  call.state = state;
  call.since_s = t;
  ++call.stamp;
}

void CallDesk::add_lost_waiting(Call& call, Cause cause, double seconds) {
  call.lost_s += seconds;
  lost(call, cause).waiting_s += seconds;
}

void CallDesk::begin(JointStationIndex station, std::uint32_t visit, double t) {
  ++outcome_.visits;
  if (!keeps_records()) {
    const std::uint64_t id = transaction_id(station, visit);
    PISHKHAN_ENSURE(backbone_->start(t, id, transaction(station, visit)).has_value());
    return;
  }
  try_now(new_record(station, visit), t);
}

void CallDesk::try_now(std::uint32_t number, double t) {
  Call& call = records_[number];
  const std::uint64_t id = transaction_id(call.station, call.visit);
  const auto handle = backbone_->start(t, id, transaction(call.station, call.visit));
  enter(call, State::in_flight, t);
  if (!handle) {
    try_failed(number, cause_now(call.station, system_of(call)), t);
    return;
  }
  call.handle = *handle;
  const CallPolicy& policy = calls_.policy;
  const bool limited = call.retries < policy.retries || policy.then != AfterTrouble::wait;
  if (limited && policy.limit_s < kForever && !call.parked)
    limits_.push_back({t + policy.limit_s, number, call.stamp});
}

void CallDesk::ended(const Completion& end) {
  const JointStationIndex station(end.id >> 32);
  const auto visit = static_cast<std::uint32_t>(end.id);
  touched_.push_back(station);
  if (!keeps_records()) {
    PISHKHAN_EXPECT(!end.failed);
    ++outcome_.answered;
    events_[station.index()].answer(visit, end.time_s, end.uncontended);
    const double waited_s = stations_[station.index()].visits->system_s[visit];
    double excess_s = 0;
    if (!end.uncontended) {
      const Transaction what = transaction(station, visit);
      excess_s = std::max(0.0, waited_s - unloaded(backbone_->platform(), what).total_s());
      outcome_.lost_clerk_s[what.to.index()][static_cast<std::size_t>(Cause::load)].waiting_s += excess_s;
    }
    outcome_.unloaded_s += waited_s - excess_s;
    return;
  }
  const std::uint32_t number = record_of(station, visit) - 1;
  Call& call = records_[number];
  if (end.failed) {
    try_failed(number, cause_now(station, system_of(call)), end.time_s);
    return;
  }
  const double t = end.time_s;
  if (call.parked) {
    if (events_[station.index()].recall(visit, t)) {
      ++outcome_.answered;
      outcome_.unloaded_s += call.unloaded_s;
      return enter(call, State::recalled, t);
    }
    add_lost_parked(call);
  } else {
    ++outcome_.answered;
    const double unloaded_s = unloaded(backbone_->platform(), transaction(station, visit)).total_s();
    const double excess_s = end.uncontended ? 0 : std::max(0.0, t - call.since_s - unloaded_s);
    const bool as_unloaded = end.uncontended && call.retries == 0 && call.cause == Cause::load;
    add_lost_waiting(call, Cause::load, excess_s);
    outcome_.unloaded_s += as_unloaded ? unloaded_s : t - call.since_s - excess_s;
    events_[station.index()].answer(visit, t, as_unloaded);
  }
  finish(call, t);
}

/// All clerk time of a parked visit that fails is lost: adds what was not added before.
void CallDesk::add_lost_parked(Call& call) {
  const double waited_s = stations_[call.station.index()].visits->system_s[call.visit];
  const double at_desk_s = events_[call.station.index()].before_parking_s(call.visit);
  lost(call, call.cause).in_vain_s += std::max(0.0, at_desk_s - waited_s);
  add_lost_waiting(call, call.cause, waited_s - call.lost_s);
}

void CallDesk::too_late(JointStationIndex station, std::uint32_t visit, double t) {
  Call& call = records_[record_of(station, visit) - 1];
  outcome_.unloaded_s -= call.unloaded_s;
  add_lost_parked(call);
  finish(call, t);
}

void CallDesk::finish(Call& call, double t) {
  enter(call, State::over, t);
  std::uint32_t& record = record_of(call.station, call.visit);
  free_.push_back(record - 1);
  record = 0;
}

/// A try was refused or has failed: retries, or does what the policy says.
void CallDesk::try_failed(std::uint32_t number, Cause cause, double t) {
  Call& call = records_[number];
  if (!call.parked) add_lost_waiting(call, cause, t - call.since_s);
  call.cause = cause;
  if (call.parked) return await_repair(number, t);
  if (call.retries < calls_.policy.retries) return pause(number, t);
  switch (calls_.policy.then) {
    case AfterTrouble::send_home:
      give_up(number, t);
      break;
    case AfterTrouble::park:
      park(call, t);
      [[fallthrough]];
    case AfterTrouble::wait:
      await_repair(number, t);
      break;
  }
}

/// A try has reached the limit.
void CallDesk::time_out(std::uint32_t number, double t) {
  Call& call = records_[number];
  const bool again = call.retries < calls_.policy.retries;
  if (!again && calls_.policy.then == AfterTrouble::park) {
    const double unloaded_s =
        unloaded(backbone_->platform(), transaction(call.station, call.visit)).total_s();
    call.unloaded_s = std::min(t - call.since_s, unloaded_s);
    add_lost_waiting(call, Cause::load, t - call.since_s - call.unloaded_s);
    park(call, t);
    return;
  }
  if (!backbone_->cancel(t, call.handle)) return;  // the answer comes at this very instant
  add_lost_waiting(call, Cause::load, t - call.since_s);
  call.cause = Cause::load;
  if (again)
    pause(number, t);
  else
    give_up(number, t);
}

void CallDesk::pause(std::uint32_t number, double t) {
  Call& call = records_[number];
  ++call.retries;
  ++outcome_.retried;
  enter(call, State::pausing, t);
  pauses_.push_back({t + calls_.policy.pause_s, number, call.stamp});
}

void CallDesk::park(Call& call, double t) {
  ++outcome_.parked;
  call.parked = true;
  events_[call.station.index()].park(call.visit, t);
  touched_.push_back(call.station);
}

void CallDesk::await_repair(std::uint32_t number, double t) {
  Call& call = records_[number];
  const double closing_s = stations_[call.station.index()].day->doors.back().to_s;
  enter(call, State::awaiting_repair, t);
  if (t >= closing_s) return give_up(number, t);
  awaiting_.push_back(number);
  closings_.push({closing_s, 0, {closing_s, number, call.stamp}, transaction_id(call.station, call.visit)});
}

/// Ends the call without an answer: the visit fails.
void CallDesk::give_up(std::uint32_t number, double t) {
  Call& call = records_[number];
  StationEvents& station = events_[call.station.index()];
  if (call.parked) {
    station.fail_parked(call.visit, t);
    add_lost_parked(call);
  } else {
    if (call.state == State::awaiting_repair) add_lost_waiting(call, call.cause, t - call.since_s);
    lost(call, call.cause).in_vain_s += station.before_call_s(call.visit);
    station.fail(call.visit, t);
  }
  touched_.push_back(call.station);
  finish(call, t);
}

void CallDesk::apply(const Switch& what) {
  const double t = what.time_s;
  if (what.cores > 0) return backbone_->set_cores(t, SystemId(what.index), what.cores, ends_);
  std::uint32_t& down = down_[static_cast<std::size_t>(what.cause)][what.index];
  PISHKHAN_EXPECT(down == (what.up ? 1u : 0u));
  down = what.up ? 0 : 1;
  switch (what.cause) {
    case Cause::system:
      backbone_->set_system(t, SystemId(what.index), what.up, ends_);
      break;
    case Cause::county_link:
      backbone_->set_county_link(t, CountyLinkId(what.index), what.up, ends_);
      break;
    case Cause::link:
    case Cause::power: {
      const auto is_down = [&](Cause cause) {
        return down_[static_cast<std::size_t>(cause)][what.index] != 0;
      };
      backbone_->set_access_link(t, AccessLinkId(what.index), !is_down(Cause::link) && !is_down(Cause::power),
                                 ends_);
      break;
    }
    case Cause::load:
      PISHKHAN_EXPECT(false);
  }
  if (!what.up || awaiting_.empty()) return;
  // After a repair, calls whose system can be reached again try at once, in order of station and visit.
  std::erase_if(awaiting_,
                [&](std::uint32_t number) { return records_[number].state != State::awaiting_repair; });
  std::sort(awaiting_.begin(), awaiting_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return std::pair(records_[a].station, records_[a].visit) <
           std::pair(records_[b].station, records_[b].visit);
  });
  // A record that was freed and used again for another call may be in the list twice.
  awaiting_.erase(std::unique(awaiting_.begin(), awaiting_.end()), awaiting_.end());
  std::vector<std::uint32_t> waited;
  waited.swap(awaiting_);
  for (const std::uint32_t number : waited) {
    Call& call = records_[number];
    if (!backbone_->reachable(stations_[call.station.index()].link, SystemId(system_of(call)))) {
      awaiting_.push_back(number);
      continue;
    }
    if (!call.parked) add_lost_waiting(call, call.cause, t - call.since_s);
    try_now(number, t);
  }
}

void CallDesk::repair_all(double t) {
  for (std::size_t cause = 0; cause < kCauses; ++cause) {
    for (std::uint32_t index = 0; index < down_[cause].size(); ++index)
      if (down_[cause][index] != 0) apply({t, static_cast<Cause>(cause), index, true, 0});
  }
  for (std::size_t i = 0; i < backbone_->platform().systems.size(); ++i)
    backbone_->set_cores(t, SystemId(i), backbone_->platform().systems[i].cores, ends_);
  PISHKHAN_ENSURE(ends_.empty());
}

double CallDesk::next_s() {
  while (!limits_.empty() && is_void(limits_.front())) limits_.pop_front();
  while (!pauses_.empty() && is_void(pauses_.front())) pauses_.pop_front();
  while (!closings_.empty() && is_void(closings_.first().payload)) closings_.pop();
  double t = closings_.next_s();
  if (!limits_.empty()) t = std::min(t, limits_.front().time_s);
  if (!pauses_.empty()) t = std::min(t, pauses_.front().time_s);
  return t;
}

void CallDesk::step(double t) {
  if (!limits_.empty() && limits_.front().time_s == t) {
    const Due due = limits_.front();
    limits_.pop_front();
    time_out(due.call, t);
  } else if (!pauses_.empty() && pauses_.front().time_s == t) {
    const Due due = pauses_.front();
    pauses_.pop_front();
    add_lost_waiting(records_[due.call], records_[due.call].cause, t - records_[due.call].since_s);
    try_now(due.call, t);
  } else {
    const Due due = closings_.pop().payload;
    give_up(due.call, t);
  }
}

}  // namespace pishkhan
