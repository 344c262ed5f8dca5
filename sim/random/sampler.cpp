#include "sim/random/sampler.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/base/simd.hpp"
#include "sim/random/closed_forms.hpp"
#include "sim/random/elementary.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {
namespace {

constexpr std::size_t kChunk = 256;
constexpr std::size_t kVector = 16;  // words in 512 bits

PISHKHAN_INLINE double uniform_lane(std::uint32_t word) {
  return (std::bit_cast<double>(0x4330000000000000ull | word) - 0x1p52 + 0.5) * 0x1p-32;
}

// A parameter by element, or one for all.
struct Each {
  const double* values;
  double operator[](std::size_t i) const { return values[i]; }
};
struct Same {
  double value;
  double operator[](std::size_t) const { return value; }
};

// One loop for each family: vector clones are made of plain functions, not of templates.
#define PISHKHAN_FILL(name, Parameter, value)                                               \
  PISHKHAN_VECTORISED                                                                       \
  void name(const std::uint32_t* __restrict words, Parameter a, Parameter b, std::size_t n, \
            double* __restrict out) {                                                       \
    for (std::size_t i = 0; i < n; ++i) out[i] = value(a[i], b[i], uniform_lane(words[i])); \
  }
PISHKHAN_INLINE double exponential_of(double mean, double, double u) { return exponential_value(mean, u); }
PISHKHAN_INLINE double central_normal_of(double, double, double u) { return central_normal_quantile(u); }
PISHKHAN_INLINE double tail_normal_of(double, double, double u) { return tail_normal_quantile(u); }
PISHKHAN_FILL(fill_central_normal, Same, central_normal_of)
PISHKHAN_FILL(fill_tail_normal, Same, tail_normal_of)
PISHKHAN_FILL(fill_exponential_each, Each, exponential_of)
PISHKHAN_FILL(fill_exponential_same, Same, exponential_of)
PISHKHAN_FILL(fill_weibull_each, Each, weibull_value)
PISHKHAN_FILL(fill_weibull_same, Same, weibull_value)
#undef PISHKHAN_FILL

/// Lognormals in place of standard normals.
PISHKHAN_VECTORISED
void exponentiate_each(Each mu, Each sigma, std::size_t n, double* __restrict values) {
  for (std::size_t i = 0; i < n; ++i) values[i] = lognormal_of_normal(mu[i], sigma[i], values[i]);
}
PISHKHAN_VECTORISED
void exponentiate_same(Same mu, Same sigma, std::size_t n, double* __restrict values) {
  for (std::size_t i = 0; i < n; ++i) values[i] = lognormal_of_normal(mu.value, sigma.value, values[i]);
}

/// |uniform(word) - 1/2| > kNormalCentre. In units of 2^-33 that distance is an odd integer.
constexpr bool in_tail(std::uint32_t word) {
  constexpr auto centre = static_cast<std::int64_t>(kNormalCentre * 0x1p33);
  constexpr auto first = static_cast<std::uint32_t>(((std::int64_t{1} << 32) - centre) / 2);
  constexpr auto last = static_cast<std::uint32_t>((centre + (std::int64_t{1} << 32) - 1) / 2);
  return word - first > last - first;
}

/// Standard normals of at most kChunk words. One in seven lies in the tails, which cost most: they are done
/// together, afterwards.
void fill_normal(const std::uint32_t* words, std::size_t n, double* out) {
  fill_central_normal(words, {0}, {0}, n, out);
  std::uint32_t where[kChunk + 1], tail[kChunk + kVector];
  double values[kChunk + kVector];
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i) {
    where[count] = static_cast<std::uint32_t>(i);
    tail[count] = words[i];
    count += in_tail(words[i]);
  }
  const std::size_t filled = (count + kVector - 1) / kVector * kVector;
  std::fill(tail + count, tail + filled, 0U);
  fill_tail_normal(tail, {0}, {0}, filled, values);
  for (std::size_t k = 0; k < count; ++k) out[where[k]] = values[k];
}

}  // namespace

Sampler::Sampler(std::span<const Distribution> distributions)
    : distributions_(distributions.begin(), distributions.end()) {
  std::array<std::size_t, 5> members{};
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
    } else if (const auto* weibull = std::get_if<Weibull>(&distribution)) {
      family = Family::weibull;
      a = weibull->scale;
      b = weibull->shape;
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

void Sampler::sample_common(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                            double* out) const {
  if (distributions_.size() == 1) {
    const Same a{a_[0]}, b{b_[0]};
    switch (common_) {
      case Family::lognormal:
        fill_normal(words, n, out);
        exponentiate_same(a, b, n, out);
        break;
      case Family::exponential:
        fill_exponential_same(words, a, b, n, out);
        break;
      case Family::weibull:
        fill_weibull_same(words, a, b, n, out);
        break;
      case Family::constant:
        std::fill_n(out, n, a_[0]);
        break;
      case Family::other:
        break;
    }
    return;
  }
  double a_values[kChunk], b_values[kChunk];
  for (std::size_t i = 0; i < n; ++i) a_values[i] = a_[which[i]], b_values[i] = b_[which[i]];
  const Each a{a_values}, b{b_values};
  switch (common_) {
    case Family::lognormal:
      fill_normal(words, n, out);
      exponentiate_each(a, b, n, out);
      break;
    case Family::exponential:
      fill_exponential_each(words, a, b, n, out);
      break;
    case Family::weibull:
      fill_weibull_each(words, a, b, n, out);
      break;
    case Family::constant:
      std::copy_n(a_values, n, out);
      break;
    case Family::other:
      break;
  }
}

void Sampler::sample(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                     double* out) const {
  std::size_t begin = 0;
  for (; n - begin >= kChunk; begin += kChunk)
    sample_common(which + begin, words + begin, kChunk, out + begin);
  if (begin < n) {
    // The last values one by one would cost as much as all others: the rest is filled up to whole vectors.
    const std::size_t rest = n - begin, filled = (rest + kVector - 1) / kVector * kVector;
    std::uint32_t last_which[kChunk], last_words[kChunk];
    double values[kChunk];
    std::copy_n(which + begin, rest, last_which);
    std::copy_n(words + begin, rest, last_words);
    std::fill(last_which + rest, last_which + filled, which[begin]);
    std::fill(last_words + rest, last_words + filled, words[begin]);
    sample_common(last_which, last_words, filled, values);
    std::copy_n(values, rest, out + begin);
  }
  if (common_ != Family::other && !mixed_) return;
  for (std::size_t i = 0; i < n; ++i)
    if (const std::uint32_t k = which[i]; family_[k] != common_ || common_ == Family::other)
      out[i] = quantile(distributions_[k], uniform(words[i]));
}

}  // namespace pishkhan
