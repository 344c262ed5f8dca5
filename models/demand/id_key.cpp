#include "models/demand/id_key.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "sim/base/fnv.hpp"

namespace pishkhan {
namespace {

/// Whether two of the days exist on which the words of the counters are the same.
bool clash(IdKey a, IdKey b, DayNumber first, int days) {
  if (a.low != b.low) return false;
  for (int k = 0; k < days; ++k) {
    const std::int64_t other = static_cast<DayNumber>(day_word(a, first + k) ^ b.high);
    if (other >= first && other < std::int64_t{first} + days) return true;
  }
  return false;
}

}  // namespace

IdKey key_of(std::string_view role, std::string_view id) {
  std::uint64_t hash = kFnvBasis;
  for (const std::string_view text : {role, id})
    hash = fnv1a(text, hash) * kFnvPrime;  // an end, which no character is
  hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
  hash = (hash ^ hash >> 27) * 0x94d049bb133111ebu;
  hash ^= hash >> 31;
  return {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
}

std::optional<std::pair<std::size_t, std::size_t>> find_clash(std::span<const IdKey> keys, DayNumber first,
                                                              int days) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return keys[a].low != keys[b].low ? keys[a].low < keys[b].low : a < b;
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t k = i + 1; k < order.size() && keys[order[k]].low == keys[order[i]].low; ++k)
      if (clash(keys[order[i]], keys[order[k]], first, days)) return std::pair(order[i], order[k]);
  }
  return std::nullopt;
}

}  // namespace pishkhan
