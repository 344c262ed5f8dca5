#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace pishkhan {

/// Something that will happen. The order is total: by time, then by phase (what comes first among
/// simultaneous events), then by key (whose turn it is). Two events may agree in all three only if
/// it does not matter which comes first.
template <class Payload>
struct Event {
  double time_s;
  std::uint32_t phase;
  Payload payload;
  std::uint64_t key;

  [[nodiscard]] bool before(const Event& other) const {
    if (time_s != other.time_s) return time_s < other.time_s;
    if (phase != other.phase) return phase < other.phase;
    return key < other.key;
  }
};

/// Future events in a four-ary heap of plain data: its nodes span few cache lines and it is half as
/// deep as a binary one. An event that must not happen any more is left in: give it a payload that
/// tells (a generation, say) and pass it over when it comes; that is cheaper than looking for it.
template <class Payload>
class EventQueue {
  static_assert(std::is_trivially_copyable_v<Payload>);

 public:
  using Entry = Event<Payload>;
  static constexpr double kNever = std::bit_cast<double>(0x7FF0000000000000u);  ///< infinity

  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  /// Date of the first event; kNever when there is none.
  [[nodiscard]] double next_s() const { return heap_.empty() ? kNever : heap_.front().time_s; }
  /// Not when empty.
  [[nodiscard]] const Entry& first() const { return heap_.front(); }
  void reserve(std::size_t events) { heap_.reserve(events); }
  void clear() { heap_.clear(); }

  /// time_s is not NaN.
  void push(const Entry& event) {
    std::size_t at = heap_.size();
    heap_.push_back(event);
    while (at > 0) {
      const std::size_t parent = (at - 1) / kChildren;
      if (!event.before(heap_[parent])) break;
      heap_[at] = heap_[parent];
      at = parent;
    }
    heap_[at] = event;
  }

  /// Takes the first event out. Not when empty.
  Entry pop() {
    const Entry first = heap_.front();
    const Entry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(last);
    return first;
  }

  /// pop() and push(event) in one: for the usual case that an event schedules the next of its kind.
  Entry replace_first(const Entry& event) {
    const Entry first = heap_.front();
    sink(event);
    return first;
  }

 private:
  static constexpr std::size_t kChildren = 4;

  /// Puts an event in the place of the first.
  void sink(const Entry& event) {
    const std::size_t size = heap_.size();
    std::size_t at = 0;
    for (;;) {
      const std::size_t first = kChildren * at + 1;
      if (first >= size) break;
      const std::size_t end = first + kChildren < size ? first + kChildren : size;
      std::size_t least = first;
      for (std::size_t child = first + 1; child < end; ++child)
        if (heap_[child].before(heap_[least])) least = child;
      if (!heap_[least].before(event)) break;
      heap_[at] = heap_[least];
      at = least;
    }
    heap_[at] = event;
  }

  std::vector<Entry> heap_;
};

}  // namespace pishkhan
