#include "sim/random/philox_lanes.hpp"

#include <Random123/philox.h>

#include <algorithm>
#if PISHKHAN_X86
#include <immintrin.h>
#endif

namespace pishkhan {
namespace {

// Random123 computes one block at a time. This is the same function over 64-bit lanes, which compilers turn
// into vector multiplications of 32 by 32 bits where the processor has AVX-512.
PISHKHAN_INLINE void draw_in_64_bits(DrawKey key, const std::uint32_t* __restrict index,
                                     const std::uint32_t* __restrict stream,
                                     const std::uint32_t* __restrict day, const std::uint32_t* __restrict tag,
                                     std::size_t n, std::uint32_t* __restrict w0,
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

void draw_baseline(DrawKey key, const DrawColumns& at, std::size_t n) {
  draw_in_64_bits(key, at.index, at.stream, at.day, at.tag, n, at.words[0], at.words[1], at.words[2],
                  at.words[3]);
}

PISHKHAN_AVX512 void draw_avx512(DrawKey key, const DrawColumns& at, std::size_t n) {
  draw_in_64_bits(key, at.index, at.stream, at.day, at.tag, n, at.words[0], at.words[1], at.words[2],
                  at.words[3]);
}

#if PISHKHAN_X86

constexpr std::size_t kEight = 8;

/// Keys of all rounds, each word in all lanes.
struct RoundKeys {
  __m256i low[PHILOX4x32_DEFAULT_ROUNDS], high[PHILOX4x32_DEFAULT_ROUNDS];
};

/// Words of four blocks in the lower halves of 64-bit lanes; the upper halves hold anything.
struct FourBlocks {
  __m256i x0, x1, x2, x3;
};

/// The products are the long way round: the key meets the other word while they are computed.
PISHKHAN_AVX2 PISHKHAN_INLINE void do_round(FourBlocks& at, __m256i low, __m256i high) {
  const __m256i product0 = _mm256_mul_epu32(at.x0, _mm256_set1_epi64x(PHILOX_M4x32_0));
  const __m256i product1 = _mm256_mul_epu32(at.x2, _mm256_set1_epi64x(PHILOX_M4x32_1));
  at.x0 = _mm256_xor_si256(_mm256_srli_epi64(product1, 32), _mm256_xor_si256(at.x1, low));
  at.x2 = _mm256_xor_si256(_mm256_srli_epi64(product0, 32), _mm256_xor_si256(at.x3, high));
  at.x1 = product1;
  at.x3 = product0;
}

PISHKHAN_AVX2 PISHKHAN_INLINE __m256i load_words(const std::uint32_t* from) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}
PISHKHAN_AVX2 PISHKHAN_INLINE void store_words(__m256i even, __m256i odd, std::uint32_t* to) {
  const __m256i words = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0b10101010);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), words);
}

/// Blocks i to i + 7: the even ones and the odd ones apart, as a vector multiplication reads every other
/// word.
PISHKHAN_AVX2 PISHKHAN_INLINE void draw_eight(const RoundKeys& keys, const DrawColumns& at, std::size_t i) {
  FourBlocks even{load_words(at.index + i), load_words(at.stream + i), load_words(at.day + i),
                  load_words(at.tag + i)};
  FourBlocks odd{_mm256_srli_epi64(even.x0, 32), _mm256_srli_epi64(even.x1, 32),
                 _mm256_srli_epi64(even.x2, 32), _mm256_srli_epi64(even.x3, 32)};
#pragma GCC unroll 10
  for (int round = 0; round < PHILOX4x32_DEFAULT_ROUNDS; ++round) {
    do_round(even, keys.low[round], keys.high[round]);
    do_round(odd, keys.low[round], keys.high[round]);
  }
  store_words(even.x0, odd.x0, at.words[0] + i);
  store_words(even.x1, odd.x1, at.words[1] + i);
  store_words(even.x2, odd.x2, at.words[2] + i);
  store_words(even.x3, odd.x3, at.words[3] + i);
}

PISHKHAN_AVX2 void draw_avx2(DrawKey key, const DrawColumns& at, std::size_t n) {
  RoundKeys keys;
  for (std::uint32_t round = 0; round < PHILOX4x32_DEFAULT_ROUNDS; ++round) {
    keys.low[round] = _mm256_set1_epi32(static_cast<int>(key.low + round * PHILOX_W32_0));
    keys.high[round] = _mm256_set1_epi32(static_cast<int>(key.high + round * PHILOX_W32_1));
  }
  std::size_t i = 0;
  for (; i + kEight <= n; i += kEight) draw_eight(keys, at, i);
  if (i == n) return;
  if (n >= kEight) {
    draw_eight(keys, at, n - kEight);  // some of them again
    return;
  }
  std::uint32_t counters[4][kEight] = {}, words[4][kEight];
  std::copy_n(at.index, n, counters[0]);
  std::copy_n(at.stream, n, counters[1]);
  std::copy_n(at.day, n, counters[2]);
  std::copy_n(at.tag, n, counters[3]);
  draw_eight(keys,
             {counters[0], counters[1], counters[2], counters[3], {words[0], words[1], words[2], words[3]}},
             0);
  for (std::size_t w = 0; w < 4; ++w) std::copy_n(words[w], n, at.words[w]);
}

#else

void draw_avx2(DrawKey key, const DrawColumns& at, std::size_t n) {
  draw_in_64_bits(key, at.index, at.stream, at.day, at.tag, n, at.words[0], at.words[1], at.words[2],
                  at.words[3]);
}

#endif

}  // namespace

constinit const Versions<DrawLoop> kDrawLoops{draw_baseline, draw_avx2, draw_avx512};

}  // namespace pishkhan
