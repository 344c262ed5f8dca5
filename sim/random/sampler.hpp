#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/random/distribution.hpp"

namespace pishkhan {

/// Draws values of many distributions in batches: value i belongs to distribution which[i].
/// Equals quantile(distribution, uniform(word)) bit for bit.
class Sampler {
 public:
  Sampler() = default;
  explicit Sampler(std::span<const Distribution> distributions);

  /// out[i] = quantile of distribution which[i] at the uniform of words[i].
  void sample(const std::uint32_t* which, const std::uint32_t* words, std::size_t n, double* out) const;

 private:
  // Distributions of the common families become two numbers and are computed in vector loops:
  // lognormal exp(a + b z), exponential -a ln(1-u), Weibull a (-ln(1-u))^(1/b), constant a.
  enum class Family : std::uint8_t { lognormal, exponential, weibull, constant, other };
  void sample_common(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                     double* out) const;
  std::vector<Family> family_;
  std::vector<double> a_, b_;
  std::vector<Distribution> distributions_;
  Family common_ = Family::other;  ///< the family of all, or of most (then `mixed_`)
  bool mixed_ = false;
};

}  // namespace pishkhan
