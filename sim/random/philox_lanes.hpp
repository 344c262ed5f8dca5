#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/base/simd.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

/// The columns of a batch, as draw_batch has them. Words do not overlap counters.
struct DrawColumns {
  const std::uint32_t *index, *stream, *day, *tag;
  std::array<std::uint32_t*, 4> words;
};

using DrawLoop = void(DrawKey key, const DrawColumns& columns, std::size_t n);

/// The vector loops behind draw_batch. Their scalar twin is draw().
extern const Versions<DrawLoop> kDrawLoops;

}  // namespace pishkhan
