#pragma once
#include <cstddef>
#include <cstdint>

#include "sim/base/simd.hpp"

namespace pishkhan {

// The vector loops behind Sampler. Their scalar twin is quantile(distribution, uniform(word)).

/// Coefficients of value i are a[i], b[i].
using LoopOfEach = void(const double* a, const double* b, const std::uint32_t* words, std::size_t n,
                        double* values);
/// All values have the same coefficients.
using LoopOfSame = void(double a, double b, const std::uint32_t* words, std::size_t n, double* values);

/// The closed form of a family over n words. Where it is one of normals, the values hold standard normals at
/// first and the words are not read.
struct ClosedFormLoops {
  bool exist = false;  ///< the family has a closed form
  bool of_normals = false;
  Versions<LoopOfEach> each;
  Versions<LoopOfSame> same;
};

/// Of the family number `family` of the list, see Distribution.
const ClosedFormLoops& closed_form_loops(std::size_t family);

inline constexpr std::size_t kSamplerChunk = 256;
/// Where loops run over whole vectors only, their longest: the words in 512 bits.
inline constexpr std::size_t kSamplerVector = 16;

/// normals[i] = normal_quantile(uniform(words[i])), n at most kSamplerChunk.
void fill_normals(InstructionSet set, const std::uint32_t* words, std::size_t n, double* normals);

}  // namespace pishkhan
