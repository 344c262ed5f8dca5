#include "sim/random/sampler_lanes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/random/distribution.hpp"
#include "sim/random/elementary.hpp"

namespace pishkhan {
namespace {

/// uniform(word), in a form that vectorises.
PISHKHAN_INLINE double uniform_lane(std::uint32_t word) {
  return (std::bit_cast<double>(0x4330000000000000ull | word) - 0x1p52 + 0.5) * 0x1p-32;
}

template <class F>
PISHKHAN_INLINE void fill_each(const double* __restrict a, const double* __restrict b,
                               const std::uint32_t* __restrict words, std::size_t n,
                               double* __restrict values) {
  for (std::size_t i = 0; i < n; ++i) {
    if constexpr (ClosedFormOfUniform<F>)
      values[i] = F::of_uniform(a[i], b[i], uniform_lane(words[i]));
    else
      values[i] = F::of_normal(a[i], b[i], values[i]);
  }
}

template <class F>
PISHKHAN_INLINE void fill_same(double a, double b, const std::uint32_t* __restrict words, std::size_t n,
                               double* __restrict values) {
  for (std::size_t i = 0; i < n; ++i) {
    if constexpr (ClosedFormOfUniform<F>)
      values[i] = F::of_uniform(a, b, uniform_lane(words[i]));
    else
      values[i] = F::of_normal(a, b, values[i]);
  }
}

template <class F>
struct Loops {
  static void each_baseline(const double* a, const double* b, const std::uint32_t* words, std::size_t n,
                            double* values) {
    fill_each<F>(a, b, words, n, values);
  }
  PISHKHAN_AVX2 static void each_avx2(const double* a, const double* b, const std::uint32_t* words,
                                      std::size_t n, double* values) {
    fill_each<F>(a, b, words, n, values);
  }
  PISHKHAN_AVX512 static void each_avx512(const double* a, const double* b, const std::uint32_t* words,
                                          std::size_t n, double* values) {
    fill_each<F>(a, b, words, n, values);
  }
  static void same_baseline(double a, double b, const std::uint32_t* words, std::size_t n, double* values) {
    fill_same<F>(a, b, words, n, values);
  }
  PISHKHAN_AVX2 static void same_avx2(double a, double b, const std::uint32_t* words, std::size_t n,
                                      double* values) {
    fill_same<F>(a, b, words, n, values);
  }
  PISHKHAN_AVX512 static void same_avx512(double a, double b, const std::uint32_t* words, std::size_t n,
                                          double* values) {
    fill_same<F>(a, b, words, n, values);
  }
};

template <class F>
constexpr ClosedFormLoops loops_of() {
  if constexpr (ClosedFormOfUniform<F> || ClosedFormOfNormal<F>) {
    return {.exist = true,
            .of_normals = ClosedFormOfNormal<F>,
            .each = {Loops<F>::each_baseline, Loops<F>::each_avx2, Loops<F>::each_avx512},
            .same = {Loops<F>::same_baseline, Loops<F>::same_avx2, Loops<F>::same_avx512}};
  } else {
    return {};
  }
}

constexpr auto kClosedForms = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array{loops_of<std::variant_alternative_t<I, Distribution>>()...};
}
(std::make_index_sequence<std::variant_size_v<Distribution>>());

/// The standard normal's quantile as if it were a family's closed form, near the middle and in the tails.
struct CentralNormal {
  [[nodiscard]] Coefficients coefficients() const { return {}; }
  static PISHKHAN_INLINE double of_uniform(double, double, double u) { return central_normal_quantile(u); }
};
struct TailNormal {
  [[nodiscard]] Coefficients coefficients() const { return {}; }
  static PISHKHAN_INLINE double of_uniform(double, double, double u) { return tail_normal_quantile(u); }
};
constexpr ClosedFormLoops kCentralNormal = loops_of<CentralNormal>(), kTailNormal = loops_of<TailNormal>();

/// |uniform(word) - 1/2| > kNormalCentre. In units of 2^-33 that distance is an odd integer.
constexpr bool in_tail(std::uint32_t word) {
  constexpr auto centre = static_cast<std::int64_t>(kNormalCentre * 0x1p33);
  constexpr auto first = static_cast<std::uint32_t>(((std::int64_t{1} << 32) - centre) / 2);
  constexpr auto last = static_cast<std::uint32_t>((centre + (std::int64_t{1} << 32) - 1) / 2);
  return word - first > last - first;
}

}  // namespace

const ClosedFormLoops& closed_form_loops(std::size_t family) { return kClosedForms[family]; }

/// One word in seven lies in the tails, which cost most: they are done together, afterwards.
void fill_normals(InstructionSet set, const std::uint32_t* words, std::size_t n, double* normals) {
  kCentralNormal.same.of(set)(0, 0, words, n, normals);
  std::uint32_t where[kSamplerChunk + 1], tail[kSamplerChunk + kSamplerVector];
  double values[kSamplerChunk + kSamplerVector];
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i) {
    where[count] = static_cast<std::uint32_t>(i);
    tail[count] = words[i];
    count += in_tail(words[i]);
  }
  const std::size_t filled = (count + kSamplerVector - 1) / kSamplerVector * kSamplerVector;
  std::fill(tail + count, tail + filled, 0U);
  kTailNormal.same.of(set)(0, 0, tail, filled, values);
  for (std::size_t k = 0; k < count; ++k) normals[where[k]] = values[k];
}

}  // namespace pishkhan
