#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "sim/base/time.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// Key of the draws that belong to whatever has an id: a hash of the id. It depends on nothing else, so what
/// is added, removed, or moved to another row of a table changes no draw of the others.
struct IdKey {
  std::uint32_t low = 0, high = 0;
  friend bool operator==(IdKey, IdKey) = default;
};

/// `role` says what has the id (a place, a service, ...): ids are unique within a role only. FNV-1a of 64
/// bits, then the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
IdKey key_of(std::string_view role, std::string_view id);

/// Key of what is told by two ids together, such as the citizens of a place who need a service.
constexpr IdKey operator^(IdKey a, IdKey b) { return {a.low ^ b.low, a.high ^ b.high}; }

/// The word of a draw's counter that stands for the day; the key's other half is the word before it.
constexpr std::uint32_t day_word(IdKey key, DayNumber day) {
  return key.high ^ static_cast<std::uint32_t>(day);
}

inline Block draw(DrawKey key, std::uint32_t index, IdKey id, DayNumber day, std::uint32_t tag) {
  return draw(key, index, id.low, day_word(id, day), tag);
}

/// Two positions in the list whose keys would give the same draws, one on a day and the other on another or
/// the same, of so many days from the first one; nothing if there are no such.
std::optional<std::pair<std::size_t, std::size_t>> find_clash(std::span<const IdKey> keys, DayNumber first,
                                                              int days);

}  // namespace pishkhan
