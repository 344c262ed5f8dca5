#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pishkhan {

/// The kind of link that most of those stations have that fit, the first of the kinds that as many have; of
/// `link_kinds` kinds.
template <class Stations, class Fits>
std::uint32_t usual_link_kind(const Stations& stations, std::size_t link_kinds, Fits fits) {
  std::vector<std::size_t> counts(std::max<std::size_t>(link_kinds, 1), 0);
  for (const auto& station : stations) counts[station.link_kind] += fits(station);
  std::uint32_t usual = 0;
  for (std::uint32_t kind = 1; kind < counts.size(); ++kind)
    if (counts[kind] > counts[usual]) usual = kind;
  return usual;
}

}  // namespace pishkhan
