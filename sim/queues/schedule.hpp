#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace pishkhan {

/// At most one date for each of many members (a station's next departure, say), the earliest first,
/// ties by member. A four-ary heap that knows where each member stands: set and erase are O(log n).
class Schedule {
 public:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  [[nodiscard]] double first_s() const { return heap_.empty() ? kNever : heap_.front().time_s; }
  /// Not when empty.
  [[nodiscard]] std::uint32_t first() const { return heap_.front().member; }
  [[nodiscard]] bool contains(std::uint32_t member) const {
    return member < position_.size() && position_[member] != kNowhere;
  }

  /// Dates the member, or dates it anew; kNever takes it out.
  void set(std::uint32_t member, double time_s) {
    if (member >= position_.size()) [[unlikely]]
      position_.resize(member + 1, kNowhere);
    std::uint32_t at = position_[member];
    if (time_s == kNever) {
      if (at != kNowhere) remove(at);
      return;
    }
    if (at == kNowhere) {
      at = static_cast<std::uint32_t>(heap_.size());
      heap_.push_back({time_s, member});
      sift_up(at, {time_s, member});
    } else {
      settle(at, {time_s, member});
    }
  }
  void erase(std::uint32_t member) { set(member, kNever); }
  void clear() {
    for (const Entry& entry : heap_) position_[entry.member] = kNowhere;
    heap_.clear();
  }

 private:
  static constexpr std::uint32_t kNowhere = UINT32_MAX;
  static constexpr std::uint32_t kChildren = 4;

  struct Entry {
    double time_s;
    std::uint32_t member;
    bool operator<(const Entry& other) const {
      return time_s < other.time_s || (time_s == other.time_s && member < other.member);
    }
  };

  void put(std::uint32_t at, const Entry& entry) {
    heap_[at] = entry;
    position_[entry.member] = at;
  }
  void remove(std::uint32_t at) {
    position_[heap_[at].member] = kNowhere;
    const Entry last = heap_.back();
    heap_.pop_back();
    if (at < heap_.size()) settle(at, last);
  }
  void settle(std::uint32_t at, const Entry& entry) {
    if (at > 0 && entry < heap_[(at - 1) / kChildren])
      sift_up(at, entry);
    else
      sift_down(at, entry);
  }
  void sift_up(std::uint32_t at, const Entry& entry) {
    while (at > 0) {
      const std::uint32_t parent = (at - 1) / kChildren;
      if (!(entry < heap_[parent])) break;
      put(at, heap_[parent]);
      at = parent;
    }
    put(at, entry);
  }
  void sift_down(std::uint32_t at, const Entry& entry) {
    const auto size = static_cast<std::uint32_t>(heap_.size());
    for (;;) {
      const std::uint32_t first = kChildren * at + 1;
      if (first >= size) break;
      const std::uint32_t end = first + kChildren < size ? first + kChildren : size;
      std::uint32_t least = first;
      for (std::uint32_t child = first + 1; child < end; ++child)
        if (heap_[child] < heap_[least]) least = child;
      if (!(heap_[least] < entry)) break;
      put(at, heap_[least]);
      at = least;
    }
    put(at, entry);
  }

  std::vector<Entry> heap_;
  std::vector<std::uint32_t> position_;
};

}  // namespace pishkhan
