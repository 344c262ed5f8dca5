#include "models/trial/station_day/arrival_order.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "sim/base/room.hpp"

namespace pishkhan {

// The words are uniform, so one pass into about as many buckets as words nearly sorts them.
void ArrivalOrder::sort_by_word(const std::uint32_t* words, std::size_t n) {
  resize_with_room(order_, n + 1);
  const int bits = std::clamp(static_cast<int>(std::bit_width(n)), 1, 20);
  const int shift = 32 - bits;
  buckets_.assign((std::size_t{1} << bits) + 1, 0);
  std::uint32_t* const first = buckets_.data();
  std::uint64_t* const order = order_.data();
  for (std::size_t i = 0; i < n; ++i) ++first[(words[i] >> shift) + 1];
  std::partial_sum(buckets_.begin(), buckets_.end(), buckets_.begin());
  for (std::size_t i = 0; i < n; ++i) order[first[words[i] >> shift]++] = std::uint64_t{words[i]} << 32 | i;
  // One pass that exchanges neighbours, without a branch, leaves little for the insertion sort below.
  order[n] = UINT64_MAX;
  std::uint64_t greater = order[0];
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t next = order[i + 1];
    order[i] = next < greater ? next : greater;
    greater = next < greater ? greater : next;
  }
  order_.resize(n);
  for (std::size_t i = 1; i < n; ++i) {
    const std::uint64_t key = order[i];
    std::size_t k = i;
    for (; k > 0 && order[k - 1] > key; --k) order[k] = order[k - 1];
    order[k] = key;
  }
}

void ArrivalOrder::sort_by_time(std::span<const double> times_s, StopCheck stop) {
  resize_with_room(order_, times_s.size());
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [&](std::uint64_t a, std::uint64_t b) {
    stop.after(1);
    return times_s[a] < times_s[b] || (times_s[a] == times_s[b] && a < b);
  });
}

void ArrivalOrder::prepend(std::size_t count) {
  for (std::uint64_t& key : order_) key += count;
  order_.insert(order_.begin(), count, 0);
  std::iota(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(count), 0);
}

}  // namespace pishkhan
