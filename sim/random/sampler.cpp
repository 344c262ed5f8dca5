#include "sim/random/sampler.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/base/simd.hpp"
#include "sim/random/elementary.hpp"
#include "sim/random/lognormal.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {
namespace {

PISHKHAN_INLINE double uniform_lane(std::uint32_t word) {
  return (std::bit_cast<double>(0x4330000000000000ull | word) - 0x1p52 + 0.5) * 0x1p-32;
}

PISHKHAN_VECTORISED
void fill_lognormal(const std::uint32_t* __restrict words, const double* __restrict mu,
                    const double* __restrict sigma, std::size_t n, double* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = lognormal_value(mu[i], sigma[i], uniform_lane(words[i]));
}

PISHKHAN_VECTORISED
void fill_lognormal_one(const std::uint32_t* __restrict words, double mu, double sigma, std::size_t n,
                        double* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = lognormal_value(mu, sigma, uniform_lane(words[i]));
}

PISHKHAN_VECTORISED
void fill_exponential(const std::uint32_t* __restrict words, const double* __restrict mean, std::size_t n,
                      double* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = exponential_value(mean[i], uniform_lane(words[i]));
}

PISHKHAN_VECTORISED
void fill_exponential_one(const std::uint32_t* __restrict words, double mean, std::size_t n,
                          double* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = exponential_value(mean, uniform_lane(words[i]));
}

}  // namespace

Sampler::Sampler(std::span<const Distribution> distributions)
    : distributions_(distributions.begin(), distributions.end()) {
  std::array<std::size_t, 4> members{};
  for (const auto& distribution : distributions_) {
    Family family = Family::other;
    double a = 0, b = 0;
    if (const auto* lognormal = std::get_if<Lognormal>(&distribution)) {
      const LognormalShape shape = lognormal_shape(*lognormal);
      family = Family::lognormal;
      a = shape.mu;
      b = shape.sigma;
    } else if (const auto* exponential = std::get_if<Exponential>(&distribution)) {
      family = Family::exponential;
      a = exponential->mean;
    } else if (const auto* constant = std::get_if<Constant>(&distribution)) {
      family = Family::constant;
      a = constant->value;
    } else if (std::holds_alternative<Never>(distribution)) {
      family = Family::constant;
      a = std::numeric_limits<double>::infinity();
    }
    ++members[static_cast<std::size_t>(family)];
    family_.push_back(family);
    a_.push_back(a);
    b_.push_back(b);
  }
  const auto most = std::max_element(members.begin(), members.end());
  common_ = static_cast<Family>(most - members.begin());
  mixed_ = *most != distributions_.size();
}

void Sampler::sample(const std::uint32_t* which, const std::uint32_t* words, std::size_t n, double* out) const {
  constexpr std::size_t kChunk = 256;
  double a[kChunk], b[kChunk];
  const bool one = distributions_.size() == 1;
  for (std::size_t begin = 0; begin < n; begin += kChunk) {
    const std::size_t count = std::min(kChunk, n - begin);
    const std::uint32_t* chunk_which = which + begin;
    const std::uint32_t* chunk_words = words + begin;
    double* chunk_out = out + begin;
    if (one && common_ == Family::lognormal) {
      fill_lognormal_one(chunk_words, a_[0], b_[0], count, chunk_out);
    } else if (one && common_ == Family::exponential) {
      fill_exponential_one(chunk_words, a_[0], count, chunk_out);
    } else if (common_ == Family::lognormal) {
      for (std::size_t i = 0; i < count; ++i) a[i] = a_[chunk_which[i]], b[i] = b_[chunk_which[i]];
      fill_lognormal(chunk_words, a, b, count, chunk_out);
    } else if (common_ == Family::exponential) {
      for (std::size_t i = 0; i < count; ++i) a[i] = a_[chunk_which[i]];
      fill_exponential(chunk_words, a, count, chunk_out);
    } else if (common_ == Family::constant) {
      for (std::size_t i = 0; i < count; ++i) chunk_out[i] = a_[chunk_which[i]];
    }
    if (common_ != Family::other && !mixed_) continue;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t k = chunk_which[i];
      if (family_[k] != common_ || common_ == Family::other)
        chunk_out[i] = quantile(distributions_[k], uniform(chunk_words[i]));
    }
  }
}

}  // namespace pishkhan
