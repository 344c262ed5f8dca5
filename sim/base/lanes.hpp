#pragma once
#include <cstdint>
#include <cstring>

#include "sim/base/simd.hpp"

namespace pishkhan {

/// Eight numbers at once. Compilers split them where the machine's vectors are shorter, which changes no
/// bit, but only arithmetic and bits: comparisons and choices they would take apart. For the bodies of
/// vectorised functions: passed by reference, as not every machine passes them alike.
using Lanes = double __attribute__((vector_size(64)));
using LaneInts = std::uint64_t __attribute__((vector_size(64)));
inline constexpr std::size_t kLanes = 8;

PISHKHAN_INLINE void load(const double* from, Lanes& lanes) { std::memcpy(&lanes, from, sizeof lanes); }
PISHKHAN_INLINE void store(const Lanes& lanes, double* to) { std::memcpy(to, &lanes, sizeof lanes); }
PISHKHAN_INLINE void store(const LaneInts& lanes, std::uint64_t* to) {
  std::memcpy(to, &lanes, sizeof lanes);
}
/// Widens eight bytes.
PISHKHAN_INLINE void load(const void* from, LaneInts& lanes) {
  using Bytes = std::uint8_t __attribute__((vector_size(8)));
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  lanes = __builtin_convertvector(bytes, LaneInts);
}

/// Copies the last n % kLanes of n numbers to `to` and fills up the eight; without a branch on how many they
/// are, where there are eight to copy.
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

/// The sum, always in one order.
PISHKHAN_INLINE double total(const Lanes& v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}
PISHKHAN_INLINE std::uint64_t total(const LaneInts& v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

}  // namespace pishkhan
