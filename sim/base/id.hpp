#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>

namespace pishkhan {

/// A dense index that cannot be mistaken for an index of another kind.
template <class Tag>
struct Id {
  std::uint32_t value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}
  [[nodiscard]] constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace pishkhan
