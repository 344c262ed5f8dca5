#include "sim/kernel/coupled.hpp"

#include "sim/base/contract.hpp"
#include "sim/kernel/event_queue.hpp"

namespace pishkhan {
namespace {

/// What happens at one instant in one station keeps to itself: what it sends elsewhere arrives later. So
/// the loop orders the stations' instants, and each station orders what happens within one.
class CoupledLoop {
 public:
  CoupledLoop(std::span<CoupledStation> stations, const RedirectRule& redirect)
      : stations_(stations), redirect_(redirect), asleep_(stations.size(), false) {
    queue_.reserve(2 * stations.size());
    for (std::uint32_t s = 0; s < stations.size(); ++s) {
      events_.emplace_back(*stations[s].day, *stations[s].visits);
      schedule(s);
    }
  }

  void run() {
    while (!queue_.empty()) {
      const auto first = queue_.pop();
      const std::uint32_t s = first.payload;
      // A station that has meanwhile found something earlier to do has a second entry.
      if (asleep_[s] || events_[s].next_time() != first.time_s) continue;
      events_[s].step(first.time_s);
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
    asleep_[s] = !events_[s].unsettled();
    if (!asleep_[s]) queue_.push({events_[s].next_time(), 0, s, s});
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
  std::deque<StationEvents> events_;
  EventQueue<std::uint32_t> queue_;
  std::vector<bool> asleep_;
};

}  // namespace

void simulate_coupled(std::span<CoupledStation> stations, const RedirectRule& redirect) {
  CoupledLoop(stations, redirect).run();
}

}  // namespace pishkhan
