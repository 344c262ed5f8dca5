#pragma once
#include <array>
#include <bit>
#include <cstdint>

/// Marks a loop that is compiled for several instruction sets; the program picks one when it starts.
/// The loop uses only correctly rounded operations without contraction, so all give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(PISHKHAN_SANITIZED)
#define PISHKHAN_VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PISHKHAN_VECTORISED
#endif
#define PISHKHAN_INLINE inline __attribute__((always_inline))

// For loops whose versions differ in their source, or that a test runs one by one: a function for each
// instruction set, held together by Versions.
#if defined(__x86_64__) && defined(__GNUC__)
#define PISHKHAN_X86 1
#define PISHKHAN_AVX2 __attribute__((target("arch=x86-64-v3")))
#define PISHKHAN_AVX512 __attribute__((target("arch=x86-64-v4")))
#else
#define PISHKHAN_X86 0
#define PISHKHAN_AVX2
#define PISHKHAN_AVX512
#endif

namespace pishkhan {

/// Each includes those before it.
enum class InstructionSet : std::uint8_t { baseline, avx2, avx512 };
inline constexpr std::array kInstructionSets{InstructionSet::baseline, InstructionSet::avx2,
                                             InstructionSet::avx512};

/// Whether this processor has it. Without x86 only the baseline.
inline bool has(InstructionSet set) {
#if PISHKHAN_X86
  const bool avx2 =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl");
  return set == InstructionSet::avx512 ? avx512 : set == InstructionSet::avx2 ? avx2 : true;
#else
  return set == InstructionSet::baseline;
#endif
}

/// The best that this processor has.
inline InstructionSet best_instruction_set() {
  return has(InstructionSet::avx512) ? InstructionSet::avx512
         : has(InstructionSet::avx2) ? InstructionSet::avx2
                                     : InstructionSet::baseline;
}

/// The versions of one function. All give the same bits.
template <class Function>
struct Versions {
  Function *baseline = nullptr, *avx2 = nullptr, *avx512 = nullptr;

  /// Requires has(set).
  [[nodiscard]] Function* of(InstructionSet set) const {
    return set == InstructionSet::avx512 ? avx512 : set == InstructionSet::avx2 ? avx2 : baseline;
  }
  /// The fastest that this processor has.
  [[nodiscard]] Function* best() const { return of(best_instruction_set()); }
};

/// holds ? a : b by the bits, where compilers would branch.
PISHKHAN_INLINE double choose(bool holds, double a, double b) {
  const std::uint64_t mask = holds ? ~std::uint64_t{0} : 0;
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(a) & mask) |
                               (std::bit_cast<std::uint64_t>(b) & ~mask));
}

}  // namespace pishkhan
