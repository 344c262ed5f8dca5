#pragma once
#include <bit>
#include <cstdint>

/// Marks a loop that is compiled for several instruction sets and picked when the program starts.
/// The loop uses only correctly rounded operations without contraction, so all give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(PISHKHAN_SANITIZED)
#define PISHKHAN_VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PISHKHAN_VECTORISED
#endif
#define PISHKHAN_INLINE inline __attribute__((always_inline))

namespace pishkhan {

/// holds ? a : b by the bits, where compilers would branch.
PISHKHAN_INLINE double choose(bool holds, double a, double b) {
  const std::uint64_t mask = holds ? ~std::uint64_t{0} : 0;
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(a) & mask) |
                               (std::bit_cast<std::uint64_t>(b) & ~mask));
}

}  // namespace pishkhan
