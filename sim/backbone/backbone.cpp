#include "sim/backbone/backbone.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/contract.hpp"

namespace pishkhan {

Backbone::Backbone(Platform platform)
    : platform_((expect_possible(platform), std::move(platform))),
      observer_(platform_),
      access_up_(platform_.access_links.size(), 1),
      county_up_(platform_.county_links.size(), 1),
      system_up_(platform_.systems.size(), 1),
      reachable_(platform_.access_links.size(), 1) {
  for (const System& system : platform_.systems) cores_.push_back(system.cores);
}

std::optional<TransactionHandle> Backbone::start(double time_s, std::uint64_t id,
                                                 const Transaction& transaction) {
  PISHKHAN_EXPECT(time_s <= next_s() && time_s < kNever);
  PISHKHAN_EXPECT(transaction.from.index() < reachable_.size() && transaction.to.index() < system_up_.size());
  PISHKHAN_EXPECT(transaction.request_bytes > 0 && transaction.response_bytes > 0 && transaction.work_s > 0);
  if (!reachable(transaction.from, transaction.to)) {
    ++observer_.counts().refused;
    ++observer_.system(transaction.to).refused;
    return std::nullopt;
  }
  std::uint32_t slot;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(calls_.size());
    calls_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Call& call = calls_[slot];
  call.id = id;
  call.what = transaction;
  call.start_s = call.phase_start_s = time_s;
  call.phase = TransactionPhase::request;
  call.in_flight = true;
  call.contended = false;
  ++observer_.counts().started;
  ++observer_.counts().in_flight;
  observer_.transfer_begins(transaction.from, TransactionPhase::request, time_s);
  const TransactionHandle handle{slot, call.generation};
  begin(slot, time_s);
  stale_ = true;
  return handle;
}

void Backbone::advance(double until_s, Completions& out) {
  if (ready_.empty() && next_s() <= until_s && next_s() < kNever) {
    run(until_s);
    stale_ = true;
  }
  if (!ready_.empty()) deliver(out);
}

void Backbone::deliver(Completions& out) {
  if (ready_.size() > 1) {
    std::sort(ready_.begin(), ready_.end(), [](const Completion& a, const Completion& b) {
      return a.time_s < b.time_s || (a.time_s == b.time_s && a.id < b.id);
    });
  }
  out.insert(out.end(), ready_.begin(), ready_.end());
  ready_.clear();
}

void Backbone::deliver_until(double time_s, Completions& out) {
  PISHKHAN_EXPECT(time_s < kNever);
  while (next_s() <= time_s) advance(time_s, out);
  synchronise(time_s);
  stale_ = true;
  if (!ready_.empty()) deliver(out);
}

void Backbone::response_arrived(std::uint32_t slot, double time_s) {
  transfer_done(slot, calls_[slot].what.response_bytes, time_s);
  const Call& call = calls_[slot];
  SystemTally& tally = observer_.system(call.what.to);
  tally.transaction.add(time_s - call.start_s);
  tally.transaction_s.add(time_s - call.start_s);
  ++observer_.counts().completed;
  ready_.push_back({time_s, call.id, false, !call.contended});
  release(slot);
}

void Backbone::release(std::uint32_t slot) {
  Call& call = calls_[slot];
  PISHKHAN_EXPECT(call.in_flight);
  call.in_flight = false;
  ++call.generation;
  --observer_.counts().in_flight;
  free_.push_back(slot);
}

void Backbone::abandon(std::uint32_t slot, double time_s) {
  const Call& call = calls_[slot];
  if (call.phase == TransactionPhase::work)
    leave_work(call, time_s);
  else
    observer_.transfer_ends(call.what.from, call.phase, time_s);
}

bool Backbone::cancel(double time_s, TransactionHandle handle) {
  PISHKHAN_EXPECT(time_s <= next_s() && time_s < kNever);
  const auto stale = [&] {
    return handle.slot >= calls_.size() || !calls_[handle.slot].in_flight ||
           calls_[handle.slot].generation != handle.generation;
  };
  if (stale()) return false;
  // Ends due now come first: they may be this transaction's.
  while (ready_.empty() && next_s() <= time_s) {
    run(time_s);
    stale_ = true;
  }
  synchronise(time_s);
  stale_ = true;
  if (stale()) return false;
  const std::uint32_t slot = handle.slot;
  abandon(slot, time_s);
  drop({&slot, 1}, time_s);
  ++observer_.counts().cancelled;
  ++observer_.system(calls_[slot].what.to).cancelled;
  release(slot);
  return true;
}

void Backbone::fail_hit(double time_s, Completions& out) {
  if (!ready_.empty()) deliver(out);
  hit_.clear();
  for (std::uint32_t slot = 0; slot < calls_.size(); ++slot) {
    const Call& call = calls_[slot];
    if (call.in_flight && !reachable(call.what.from, call.what.to)) hit_.push_back(slot);
  }
  const auto by_id = [&](std::uint32_t a, std::uint32_t b) { return calls_[a].id < calls_[b].id; };
  std::sort(hit_.begin(), hit_.end(), by_id);
  for (const std::uint32_t slot : hit_) abandon(slot, time_s);
  drop(hit_, time_s);
  for (const std::uint32_t slot : hit_) {
    ++observer_.counts().failed;
    ++observer_.system(calls_[slot].what.to).failed;
    out.push_back({time_s, calls_[slot].id, true, false});
    release(slot);
  }
  stale_ = true;
}

void Backbone::refresh_reachable(double time_s) {
  for (std::size_t i = 0; i < reachable_.size(); ++i) {
    const bool now = access_up_[i] && province_up_ && county_up_[platform_.access_links[i].county.index()];
    if (now == bool(reachable_[i])) continue;
    reachable_[i] = now;
    observer_.set_reachable(AccessLinkId(i), now, time_s);
  }
}

void Backbone::set_access_link(double time_s, AccessLinkId link, bool up, Completions& out) {
  PISHKHAN_EXPECT(link.index() < access_up_.size());
  deliver_until(time_s, out);
  if (bool(access_up_[link.index()]) == up) return;
  access_up_[link.index()] = up;
  refresh_reachable(time_s);
  switched(Element::access_link, link.index(), up, time_s);
  if (!up) fail_hit(time_s, out);
}

void Backbone::set_county_link(double time_s, CountyLinkId link, bool up, Completions& out) {
  PISHKHAN_EXPECT(link.index() < county_up_.size());
  deliver_until(time_s, out);
  if (bool(county_up_[link.index()]) == up) return;
  county_up_[link.index()] = up;
  refresh_reachable(time_s);
  switched(Element::county_link, link.index(), up, time_s);
  if (!up) fail_hit(time_s, out);
}

void Backbone::set_province_link(double time_s, bool up, Completions& out) {
  deliver_until(time_s, out);
  if (province_up_ == up) return;
  province_up_ = up;
  refresh_reachable(time_s);
  switched(Element::province_link, 0, up, time_s);
  if (!up) fail_hit(time_s, out);
}

void Backbone::set_system(double time_s, SystemId system, bool up, Completions& out) {
  PISHKHAN_EXPECT(system.index() < system_up_.size());
  deliver_until(time_s, out);
  if (bool(system_up_[system.index()]) == up) return;
  system_up_[system.index()] = up;
  switched(Element::system, system.index(), up, time_s);
  if (!up) fail_hit(time_s, out);
  observer_.set_up(system, up, time_s);
}

void Backbone::set_cores(double time_s, SystemId system, std::uint32_t cores, Completions& out) {
  PISHKHAN_EXPECT(system.index() < cores_.size() && cores >= 1);
  deliver_until(time_s, out);
  if (cores_[system.index()] == cores) return;
  cores_[system.index()] = cores;
  observer_.set_cores(system, cores, time_s);
  cores_changed(system, time_s);
  stale_ = true;
}

const BackboneTallies& Backbone::observe(double time_s) {
  PISHKHAN_EXPECT(time_s <= next_s());
  return observer_.observe(time_s);
}

void Backbone::restart(double time_s) {
  PISHKHAN_EXPECT(counts().in_flight == 0 && ready_.empty());
  observer_.restart(time_s);
  restarted(time_s);
  stale_ = true;
}

}  // namespace pishkhan
