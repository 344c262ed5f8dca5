#include "sim/kernel/coupled.hpp"

#include "sim/base/contract.hpp"
#include "sim/kernel/event_queue.hpp"

namespace pishkhan {
namespace {

/// What happens at one instant in one station keeps to itself: what it sends elsewhere arrives later. So
/// the loop orders the stations' instants, and each station orders what happens within one.
class CoupledLoop {
 public:
  CoupledLoop(std::span<CoupledStation> stations, const RedirectRule& redirect, const CallsOverBackbone& calls)
      : stations_(stations), redirect_(redirect), calls_(calls), backbone_(calls.backbone),
        next_s_(stations.size(), kForever) {
    queue_.reserve(2 * stations.size());
    if (backbone_ != nullptr)
      for (const Transaction& transaction : calls.transactions) which_call_.push_back(transaction.work_s > 0);
    for (std::uint32_t s = 0; s < stations.size(); ++s) {
      events_.emplace_back(*stations[s].day, *stations[s].visits, CallRule{which_call_, calls.share_before});
      schedule(s);
    }
  }

  void run() {
    for (;;) {
      const double next_s = queue_.next_s();
      if (backbone_ != nullptr && backbone_->next_s() < kForever && backbone_->next_s() <= next_s) {
        answer_until(next_s);
        continue;
      }
      if (queue_.empty()) break;
      const auto first = queue_.pop();
      const std::uint32_t s = first.payload;
      if (next_s_[s] != first.time_s) continue;  // the station has found something earlier to do
      next_s_[s] = kForever;
      events_[s].step(first.time_s);
      for (const std::uint32_t visit : events_[s].calling()) call(s, visit, first.time_s);
      if (redirect_)
        for (const std::uint32_t visit : events_[s].balked()) send_on(s, visit, first.time_s);
      schedule(s);
    }
    for (std::uint32_t s = 0; s < stations_.size(); ++s) stations_[s].came = events_[s].close();
  }

 private:
  /// A station with nobody to come and nobody waiting sleeps. Woken, it first makes up for what its clerks
  /// did meanwhile.
  void schedule(std::uint32_t s) {
    // Who only waits for an answer has no date yet.
    const double time_s = events_[s].unsettled() ? events_[s].next_time() : kForever;
    if (time_s == next_s_[s]) return;
    next_s_[s] = time_s;
    if (time_s < kForever) queue_.push({time_s, 0, s, s});
  }

  void call(std::uint32_t s, std::uint32_t visit, double t) {
    Transaction transaction = calls_.transactions[stations_[s].visits->service[visit]];
    transaction.from = stations_[s].link;
    PISHKHAN_EXPECT(backbone_->start(t, std::uint64_t{s} << 32 | visit, transaction).has_value());
  }

  void answer_until(double t) {
    ends_.clear();
    backbone_->advance(t, ends_);
    for (const Completion& end : ends_) {
      PISHKHAN_EXPECT(!end.failed);
      const auto s = static_cast<std::uint32_t>(end.id >> 32);
      events_[s].answer(static_cast<std::uint32_t>(end.id), end.time_s);
      schedule(s);
    }
  }

  void send_on(std::uint32_t from, std::uint32_t visit, double t) {
    const std::optional<Redirected> next = redirect_(from, visit, t);
    if (!next) return;
    PISHKHAN_EXPECT(next->visit.arrival_s > t && next->station < stations_.size());
    PISHKHAN_EXPECT(doors_open(*stations_[next->station].day, next->visit.arrival_s));
    events_[next->station].add(next->visit);
    if (next->station != from) schedule(next->station);
  }

  std::span<CoupledStation> stations_;
  const RedirectRule& redirect_;
  const CallsOverBackbone& calls_;
  Backbone* backbone_;
  Completions ends_;
  std::vector<std::uint8_t> which_call_;  ///< by service
  std::deque<StationEvents> events_;
  EventQueue<std::uint32_t> queue_;
  std::vector<double> next_s_;  ///< by station: date of its entry in the queue; kForever while it has none
};

}  // namespace

void simulate_coupled(std::span<CoupledStation> stations, const RedirectRule& redirect,
                      const CallsOverBackbone& calls) {
  CoupledLoop(stations, redirect, calls).run();
}

}  // namespace pishkhan
