#include "sim/coupling/joint_day.hpp"

#include <algorithm>
#include <deque>

#include "sim/base/contract.hpp"
#include "sim/base/time.hpp"
#include "sim/coupling/call_desk.hpp"
#include "sim/queues/event_queue.hpp"

namespace pishkhan {

void add(LostClerkTimes& sum, const LostClerkTimes& part) {
  for (std::size_t i = 0; i < part.size(); ++i)
    for (std::size_t cause = 0; cause < kCauses; ++cause) sum[i][cause] += part[i][cause];
}

void subtract(LostClerkTimes& sum, const LostClerkTimes& part) {
  for (std::size_t i = 0; i < part.size(); ++i)
    for (std::size_t cause = 0; cause < kCauses; ++cause) sum[i][cause] -= part[i][cause];
}

CallsOutcome& CallsOutcome::operator+=(const CallsOutcome& other) {
  visits += other.visits;
  answered += other.answered;
  retried += other.retried;
  parked += other.parked;
  web_failed += other.web_failed;
  unloaded_s += other.unloaded_s;
  add(lost_clerk_s, other.lost_clerk_s);
  return *this;
}

CallsOutcome& CallsOutcome::operator-=(const CallsOutcome& other) {
  visits -= other.visits;
  answered -= other.answered;
  retried -= other.retried;
  parked -= other.parked;
  web_failed -= other.web_failed;
  unloaded_s -= other.unloaded_s;
  subtract(lost_clerk_s, other.lost_clerk_s);
  return *this;
}

namespace {

/// The event loop over all stations. Its event queue holds the time of each station's next event;
/// StationEvents handles what happens at that instant within the station. The events of different stations at
/// one instant need no order, because whatever one station sends to another arrives at a later time.
class JointLoop {
 public:
  JointLoop(std::span<JointStation> stations, const RedirectRule& redirect, const CallsOverBackbone& calls)
      : stations_(stations),
        redirect_(redirect),
        calls_(calls),
        backbone_(calls.backbone),
        desk_(stations, calls, events_),
        web_station_(static_cast<std::uint32_t>(stations.size())),
        next_s_(stations.size(), kForever) {
    queue_.reserve(2 * stations.size());
    if (backbone_ != nullptr) {
      service_calls_.reserve(calls.transactions.size());
      for (const Transaction& transaction : calls.transactions)
        service_calls_.push_back(transaction.work_s > 0);
    }
    for (std::uint32_t s = 0; s < stations.size(); ++s) {
      events_.emplace_back(*stations[s].day, *stations[s].visits,
                           CallRule{service_calls_, calls.share_before});
      schedule(s);
    }
    desk_.outcome().web_fails.assign(calls.web.size(), 0);
  }

  CallsOutcome run(StopCheck stop) {
    double last_s = 0, last_call_s = kSecondsPerDay;
    const auto note_calls = [&](double time_s) {
      if (backbone_->counts().in_flight > 0) last_call_s = std::max(last_call_s, time_s);
    };
    for (;;) {
      stop.after(1);
      const double station_s = queue_.next_s();
      if (backbone_ == nullptr) {
        if (queue_.empty()) break;
        step_station();
        continue;
      }
      const double desk_s = desk_.next_s();
      const double own_s = std::min({station_s, desk_s, web_s(), switch_s()});
      const double next_s = backbone_->next_s();
      if (next_s < kForever && next_s <= own_s) {
        backbone_->advance(own_s, desk_.ends());
        for (const Completion& end : desk_.ends()) {
          last_s = std::max(last_s, end.time_s);
          last_call_s = std::max(last_call_s, end.time_s);
        }
      } else if (next_s == kForever && std::min({station_s, desk_s, web_s()}) == kForever) {
        break;  // later failures and repairs affect no visit
      } else if (switch_s() == own_s) {
        note_calls(own_s);
        desk_.apply(calls_.switches[next_switch_++]);
        last_s = std::max(last_s, own_s);
      } else if (desk_s == own_s) {
        note_calls(own_s);
        desk_.step(own_s);
        last_s = std::max(last_s, own_s);
      } else if (web_s() == own_s) {
        begin_web_call();
      } else {
        step_station();
      }
      settle();
    }
    if (next_switch_ > 0) desk_.repair_all(last_s);
    desk_.outcome().last_s = last_s;
    desk_.outcome().past_midnight_s = last_call_s - kSecondsPerDay;
    for (std::uint32_t s = 0; s < stations_.size(); ++s) stations_[s].former_positions = events_[s].close();
    return std::move(desk_.outcome());
  }

 private:
  [[nodiscard]] double switch_s() const {
    return next_switch_ < calls_.switches.size() ? calls_.switches[next_switch_].time_s : kForever;
  }
  [[nodiscard]] double web_s() const {
    return next_web_ < calls_.web.size() ? calls_.web[next_web_].time_s : kForever;
  }

  /// Puts the time of a station's next event into the queue. A station where nobody waits and nobody will
  /// come has none until a customer is redirected there; its clerks' earlier events are handled then.
  void schedule(std::uint32_t s) {
    // If only calls in flight are left, next_time() is kForever: the times of their answers are not known
    // yet.
    const double time_s = events_[s].unsettled() ? events_[s].next_time() : kForever;
    if (time_s == next_s_[s]) return;
    next_s_[s] = time_s;
    if (time_s < kForever) queue_.push({time_s, 0, s, s});
  }

  void step_station() {
    const auto first = queue_.pop();
    const std::uint32_t s = first.payload;
    if (next_s_[s] != first.time_s) return;  // outdated: the station has an earlier event in the queue
    next_s_[s] = kForever;
    events_[s].step(first.time_s);
    const JointStationIndex station(s);
    for (const std::uint32_t visit : events_[s].calling()) desk_.begin(station, visit, first.time_s);
    for (const std::uint32_t visit : events_[s].late()) desk_.too_late(station, visit, first.time_s);
    if (redirect_)
      for (const std::uint32_t visit : events_[s].balked()) redirect(station, visit, first.time_s);
    schedule(s);
  }

  void begin_web_call() {
    const auto call = static_cast<std::uint32_t>(next_web_++);
    Transaction transaction = calls_.transactions[calls_.web[call].service];
    transaction.from = calls_.web_link;
    const std::uint64_t id = std::uint64_t{web_station_} << 32 | call;
    if (!backbone_->start(calls_.web[call].time_s, id, transaction)) fail_web_call(call);
  }
  void fail_web_call(std::uint32_t call) {
    desk_.outcome().web_fails[call] = 1;
    ++desk_.outcome().web_failed;
  }

  /// Passes on the transactions that ended, and schedules the stations that were affected.
  void settle() {
    Completions& ends = desk_.ends();
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].id >> 32 != web_station_)
        desk_.ended(ends[i]);
      else if (ends[i].failed)
        fail_web_call(static_cast<std::uint32_t>(ends[i].id));
    }
    ends.clear();
    for (const JointStationIndex station : desk_.touched()) schedule(station.value);
    desk_.touched().clear();
  }

  void redirect(JointStationIndex from, std::uint32_t visit, double t) {
    const std::optional<Redirected> next = redirect_(from, visit, t);
    if (!next) return;
    PISHKHAN_EXPECT(next->visit.arrival_s > t && next->station.index() < stations_.size());
    PISHKHAN_EXPECT(doors_open(*stations_[next->station.index()].day, next->visit.arrival_s));
    events_[next->station.index()].add(next->visit);
    if (next->station != from) schedule(next->station.value);
  }

  std::span<JointStation> stations_;
  const RedirectRule& redirect_;
  const CallsOverBackbone& calls_;
  Backbone* backbone_;
  std::deque<StationEvents> events_;
  CallDesk desk_;
  std::uint32_t web_station_;
  std::vector<std::uint8_t> service_calls_;  ///< by service: whether its visits call a system
  EventQueue<std::uint32_t> queue_;
  std::vector<double> next_s_;  ///< by station: time of its valid entry in the queue; kForever: none
  std::size_t next_switch_ = 0, next_web_ = 0;
};

}  // namespace

CallsOutcome simulate_joint_day(std::span<JointStation> stations, const RedirectRule& redirect,
                                const CallsOverBackbone& calls, StopCheck stop) {
  return JointLoop(stations, redirect, calls).run(stop);
}

}  // namespace pishkhan
