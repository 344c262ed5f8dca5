#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/simd.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// Draws values of many distributions in batches: value i belongs to distribution which[i].
/// Equals quantile(distribution, uniform(word)) bit for bit.
class Sampler {
 public:
  Sampler() = default;
  /// This processor must have the instruction set.
  explicit Sampler(std::span<const Distribution> distributions, InstructionSet set = best_instruction_set());

  /// out[i] = quantile of distribution which[i] at the uniform of words[i].
  void sample(const std::uint32_t* which, const std::uint32_t* words, std::size_t n, double* out) const;

 private:
  void sample_unlimited(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                        double* out) const;
  void sample_common(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                     double* out) const;

  static constexpr std::size_t kNone = SIZE_MAX;
  InstructionSet set_ = InstructionSet::baseline;
  std::vector<Distribution> distributions_;
  std::vector<double> limit_;   ///< of those of AtMost, whose other distribution stands in distributions_
  bool limited_ = false;        ///< some are of AtMost
  std::vector<double> a_, b_;   ///< their coefficients, of closed forms
  std::size_t common_ = kNone;  ///< among families of closed form, the one of most distributions
  bool mixed_ = false;          ///< some distributions are of another family
};

}  // namespace pishkhan
