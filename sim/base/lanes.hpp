#pragma once
#include <cstdint>
#include <cstring>

#include "sim/base/simd.hpp"

namespace pishkhan {

/// Eight numbers at once. Compilers split them where the machine's vectors are shorter, which changes no
/// bit. For the bodies of vectorised functions only: passed by reference, as not every machine passes them
/// alike.
using Lanes = double __attribute__((vector_size(64)));
using LaneInts = std::int64_t __attribute__((vector_size(64)));
inline constexpr std::size_t kLanes = 8;

PISHKHAN_INLINE void load(const double* from, Lanes& lanes) { std::memcpy(&lanes, from, sizeof lanes); }
PISHKHAN_INLINE void store(const Lanes& lanes, double* to) { std::memcpy(to, &lanes, sizeof lanes); }
PISHKHAN_INLINE void store(const LaneInts& lanes, std::int64_t* to) { std::memcpy(to, &lanes, sizeof lanes); }
/// Widens eight bytes.
PISHKHAN_INLINE void load(const void* from, LaneInts& lanes) {
  using Bytes = std::uint8_t __attribute__((vector_size(8)));
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  lanes = __builtin_convertvector(bytes, LaneInts);
}

/// The sum, always in one order.
PISHKHAN_INLINE double total(const Lanes& v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}
PISHKHAN_INLINE std::int64_t total(const LaneInts& v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

}  // namespace pishkhan
