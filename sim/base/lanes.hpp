#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "sim/base/simd.hpp"

namespace pishkhan {

/// A long sum is that of eight partial sums, of which term i belongs to number i mod 8: so that its bits do
/// not depend on how wide the processor's vectors are.
inline constexpr std::size_t kLanes = 8;

/// The total of the partial sums, always in one order.
PISHKHAN_INLINE double total(const double (&lanes)[kLanes]) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

template <std::size_t kWidth>
struct VectorTypes;
template <>
struct VectorTypes<4> {
  using Numbers = double __attribute__((vector_size(32)));
  using Ints = std::uint64_t __attribute__((vector_size(32)));
};
template <>
struct VectorTypes<8> {
  using Numbers = double __attribute__((vector_size(64)));
  using Ints = std::uint64_t __attribute__((vector_size(64)));
};

/// Vectors of kWidth numbers, 4 for the registers of AVX2 and 8 for those of AVX-512; kParts of them make
/// eight lanes. For the bodies of vectorised functions: passed by reference, as not every machine passes them
/// alike.
template <std::size_t kWidth>
struct Vectors : VectorTypes<kWidth> {
  using typename VectorTypes<kWidth>::Numbers, typename VectorTypes<kWidth>::Ints;
  static constexpr std::size_t kParts = kLanes / kWidth;

  static PISHKHAN_INLINE void load(const double* from, Numbers& to) { std::memcpy(&to, from, sizeof to); }
  static PISHKHAN_INLINE void store(const Numbers& from, double* to) { std::memcpy(to, &from, sizeof from); }
  static PISHKHAN_INLINE void store(const Ints& from, std::uint64_t* to) {
    std::memcpy(to, &from, sizeof from);
  }
  /// Puts byte first + k of a word into the lowest byte of lane k. The other bytes of a lane mean nothing.
  static PISHKHAN_INLINE void spread_bytes(std::uint64_t word, std::size_t first, Ints& to) {
    Ints shift;
    for (std::size_t k = 0; k < kWidth; ++k) shift[k] = 8 * k;
    to = (Ints{} + (word >> 8 * first)) >> shift;
  }
  static PISHKHAN_INLINE double sum(const Numbers (&parts)[kParts]) {
    double lanes[kLanes];
    std::memcpy(lanes, parts, sizeof lanes);
    return total(lanes);
  }
};

/// Copies the last n % kLanes of n numbers to `to` and fills up the eight. Where n is at least eight, it
/// takes no branch on how many they are.
template <class T>
PISHKHAN_INLINE void copy_rest(const T* from, std::size_t n, T filling, T* to) {
  const std::size_t rest = n % kLanes;
  T both[2 * kLanes];
  for (std::size_t k = 0; k < kLanes; ++k) both[kLanes + k] = filling;
  if (n >= kLanes) {
    std::memcpy(both, from + n - kLanes, kLanes * sizeof(T));
    std::memcpy(to, both + kLanes - rest, kLanes * sizeof(T));
  } else {
    for (std::size_t k = 0; k < kLanes; ++k) to[k] = k < rest ? from[k] : filling;
  }
}

}  // namespace pishkhan
