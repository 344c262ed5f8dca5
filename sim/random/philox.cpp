#include "sim/random/philox.hpp"

#include <Random123/philox.h>

#include "sim/random/philox_lanes.hpp"

namespace pishkhan {

DrawKey draw_key(std::uint64_t seed, std::uint32_t replication) {
  const Block block = draw(DrawKey{0x50495348u, 0x4b48414eu}, static_cast<std::uint32_t>(seed),
                           static_cast<std::uint32_t>(seed >> 32), replication, 0);
  return {block[0], block[1]};
}

Block draw(DrawKey key, std::uint32_t index, std::uint32_t stream, std::uint32_t day, std::uint32_t tag) {
  const r123::Philox4x32::ctr_type counter{{index, stream, day, tag}};
  const r123::Philox4x32::key_type philox_key{{key.low, key.high}};
  const auto result = r123::Philox4x32{}(counter, philox_key);
  return {result[0], result[1], result[2], result[3]};
}

void draw_batch(DrawKey key, const std::uint32_t* index, const std::uint32_t* stream,
                const std::uint32_t* day, const std::uint32_t* tag, std::size_t n,
                const std::array<std::uint32_t*, 4>& words) {
  static DrawLoop* const draw_loop = kDrawLoops.best();
  draw_loop(key, {index, stream, day, tag, words}, n);
}

}  // namespace pishkhan
