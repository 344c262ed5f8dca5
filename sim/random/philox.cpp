#include "sim/random/philox.hpp"

#include <Random123/philox.h>

#include "sim/base/simd.hpp"

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

// Random123 computes one block at a time. The loop below is the same function over 64-bit lanes,
// which compilers turn into vector multiplications; a test compares the two.
PISHKHAN_VECTORISED
static void philox_lanes(DrawKey key, const std::uint32_t* __restrict index,
                         const std::uint32_t* __restrict stream, const std::uint32_t* __restrict day,
                         const std::uint32_t* __restrict tag, std::size_t n, std::uint32_t* __restrict w0,
                         std::uint32_t* __restrict w1, std::uint32_t* __restrict w2,
                         std::uint32_t* __restrict w3) {
  constexpr std::uint64_t kLow = 0xffffffffu;
  for (std::size_t i = 0; i < n; ++i) {
    std::uint64_t x0 = index[i], x1 = stream[i], x2 = day[i], x3 = tag[i];
    std::uint32_t k0 = key.low, k1 = key.high;
#pragma GCC unroll 10
    for (int round = 0; round < PHILOX4x32_DEFAULT_ROUNDS; ++round) {
      const std::uint64_t product0 = (x0 & kLow) * PHILOX_M4x32_0;
      const std::uint64_t product1 = (x2 & kLow) * PHILOX_M4x32_1;
      x0 = (product1 >> 32) ^ x1 ^ k0;
      x2 = (product0 >> 32) ^ x3 ^ k1;
      x1 = product1 & kLow;
      x3 = product0 & kLow;
      k0 += PHILOX_W32_0;
      k1 += PHILOX_W32_1;
    }
    w0[i] = static_cast<std::uint32_t>(x0);
    w1[i] = static_cast<std::uint32_t>(x1);
    w2[i] = static_cast<std::uint32_t>(x2);
    w3[i] = static_cast<std::uint32_t>(x3);
  }
}

void draw_batch(DrawKey key, const std::uint32_t* index, const std::uint32_t* stream,
                const std::uint32_t* day, const std::uint32_t* tag, std::size_t n,
                const std::array<std::uint32_t*, 4>& words) {
  philox_lanes(key, index, stream, day, tag, n, words[0], words[1], words[2], words[3]);
}

}  // namespace pishkhan
