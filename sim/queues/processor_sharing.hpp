#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/stop_check.hpp"

namespace pishkhan {

/// Customers who share one server, each in proportion to a weight. The station keeps one clock of
/// attained service per unit of weight (virtual time): a customer who brings `amount` of work at
/// virtual time v leaves when the clock reads v + amount / weight, so one heap of finishing marks
/// serves and an event costs O(log n) (Parekh & Gallager 1993, generalised processor sharing in the
/// fluid limit; equal weights give Kleinrock's processor sharing).
///
/// The clock advances at `rate` a second, which the owner sets whenever the composition changes:
/// for k cores and n equal customers speed * min(1, k / n), for a link capacity / (sum of weights).
///
/// Rounding: the clock is set exactly to the mark at every departure and to 0 when the station
/// empties, so errors do not accumulate beyond a busy period, and within one stay near machine
/// precision of its length.
class SharingClock {
 public:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] double rate() const { return rate_; }

  /// Brings the clock to time_s, not before the last call.
  void advance(double time_s) {
    if (!heap_.empty()) virtual_ += (time_s - time_s_) * rate_;
    time_s_ = time_s;
  }
  /// From the last advance on. 0 stops the clock.
  void set_rate(double rate) { rate_ = rate; }

  /// Adds a customer now; span = amount / weight. Set the rate afterwards. Who finishes with others leaves
  /// in `order`.
  void add(double span, std::uint32_t customer, std::uint64_t order) {
    heap_.push_back({virtual_ + span, order, customer});
    sift_up(heap_.size() - 1);
  }

  /// When the first customer leaves if nobody comes; kNever when nobody is served. Not before now.
  [[nodiscard]] double next_s() const {
    if (heap_.empty() || rate_ <= 0) return kNever;
    const double left = heap_.front().mark - virtual_;
    return left > 0 ? time_s_ + left / rate_ : time_s_;
  }

  /// Lets the first customer go at time_s = next_s().
  std::uint32_t depart(double time_s) {
    const Entry first = heap_.front();
    time_s_ = time_s;
    virtual_ = first.mark;
    erase(0);
    return first.customer;
  }

  /// Takes out some customer, after advance: what is left of its span, and its number. Not when empty.
  std::pair<double, std::uint32_t> take_last() {
    const Entry last = heap_.back();
    const double left = last.mark > virtual_ ? last.mark - virtual_ : 0;
    erase(heap_.size() - 1);
    return {left, last.customer};
  }

  /// Gives customers new numbers: kept[k], ascending, becomes k.
  void renumber(std::span<const std::uint32_t> kept) {
    for (Entry& entry : heap_) {
      entry.customer = static_cast<std::uint32_t>(std::lower_bound(kept.begin(), kept.end(), entry.customer) -
                                                  kept.begin());
    }
  }

  /// Takes out a customer who has not finished, O(n). False when no such customer is here.
  bool remove(std::uint32_t customer) {
    for (std::size_t at = 0; at < heap_.size(); ++at) {
      if (heap_[at].customer == customer) {
        erase(at);
        return true;
      }
    }
    return false;
  }

 private:
  struct Entry {
    double mark;
    std::uint64_t order;
    std::uint32_t customer;
    bool operator<(const Entry& other) const {
      return mark < other.mark || (mark == other.mark && order < other.order);
    }
  };

  void erase(std::size_t at) {
    const Entry last = heap_.back();
    heap_.pop_back();
    if (heap_.empty()) {
      virtual_ = 0;
      return;
    }
    if (at == heap_.size()) return;
    heap_[at] = last;
    sift_down(at);
    sift_up(at);
  }
  void sift_up(std::size_t at) {
    const Entry entry = heap_[at];
    while (at > 0) {
      const std::size_t parent = (at - 1) / 2;
      if (!(entry < heap_[parent])) break;
      heap_[at] = heap_[parent];
      at = parent;
    }
    heap_[at] = entry;
  }
  void sift_down(std::size_t at) {
    const Entry entry = heap_[at];
    const std::size_t size = heap_.size();
    for (std::size_t child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && heap_[child + 1] < heap_[child]) ++child;
      if (!(heap_[child] < entry)) break;
      heap_[at] = heap_[child];
      at = child;
    }
    heap_[at] = entry;
  }

  std::vector<Entry> heap_;
  double virtual_ = 0;
  double time_s_ = 0;
  double rate_ = 0;
};

/// Rate of each of n customers on k cores of the given speed.
inline double core_share(double speed, std::uint32_t cores, std::size_t customers) {
  return customers <= cores ? speed : speed * static_cast<double>(cores) / static_cast<double>(customers);
}

/// A processor-sharing station of some cores, simulated in one go or in several, each of n customers served
/// at rate min(1, cores / n).
class SharedProcessor {
 public:
  /// cores >= 1.
  explicit SharedProcessor(std::uint32_t cores) : cores_(cores) {}

  /// Goes on until until_s, with the customers who are still there, first, and those who arrive at
  /// arrival_s[i] (ascending) with work_s[i] >= 0 seconds of work for one core. departure_s[i] is kForever
  /// of who has not left before until_s. All three spans have one length.
  void serve(std::span<const double> arrival_s, std::span<const double> work_s, double until_s,
             std::span<double> departure_s, StopCheck stop = {});
  /// Who is still there, by position in the last serve(), ascending: they come first in the next.
  void renumber(std::span<const std::uint32_t> kept) { clock_.renumber(kept); }

 private:
  std::uint32_t cores_;
  SharingClock clock_;
  std::uint64_t arrived_ = 0;
};

/// The whole time of a station at once.
void processor_sharing_departures(std::span<const double> arrival_s, std::span<const double> work_s,
                                  std::uint32_t cores, std::span<double> departure_s, StopCheck stop = {});

}  // namespace pishkhan
