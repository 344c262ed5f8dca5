#include "sim/random/sampler.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "sim/random/philox.hpp"
#include "sim/random/sampler_lanes.hpp"

namespace pishkhan {

Sampler::Sampler(std::span<const Distribution> distributions, InstructionSet set)
    : set_(set), distributions_(distributions.begin(), distributions.end()) {
  std::array<std::size_t, std::variant_size_v<Distribution>> members{};
  for (Distribution& distribution : distributions_) {
    limit_.push_back(std::numeric_limits<double>::infinity());
    if (const auto* at_most = std::get_if<AtMost>(&distribution)) {
      limit_.back() = at_most->limit;
      limited_ = true;
      distribution = Distribution(at_most->of[0].of);
    }
    const auto [a, b] = coefficients(distribution);
    a_.push_back(a);
    b_.push_back(b);
    if (closed_form_loops(distribution.index()).exist) ++members[distribution.index()];
  }
  const auto most = std::max_element(members.begin(), members.end());
  if (*most > 0) common_ = static_cast<std::size_t>(most - members.begin());
  mixed_ = *most != distributions_.size();
}

/// As if all were of the common family; at most kSamplerChunk values.
void Sampler::sample_common(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                            double* out) const {
  const ClosedFormLoops& loops = closed_form_loops(common_);
  if (loops.of_normals) fill_normals(set_, words, n, out);
  if (distributions_.size() == 1) {
    loops.same.of(set_)(a_[0], b_[0], words, n, out);
    return;
  }
  double a[kSamplerChunk], b[kSamplerChunk];
  for (std::size_t i = 0; i < n; ++i) a[i] = a_[which[i]], b[i] = b_[which[i]];
  loops.each.of(set_)(a, b, words, n, out);
}

void Sampler::sample(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                     double* out) const {
  sample_unlimited(which, words, n, out);
  if (!limited_) return;
  for (std::size_t i = 0; i < n; ++i) out[i] = std::min(limit_[which[i]], out[i]);
}

void Sampler::sample_unlimited(const std::uint32_t* which, const std::uint32_t* words, std::size_t n,
                               double* out) const {
  std::size_t begin = common_ == kNone ? n : 0;
  for (; n - begin >= kSamplerChunk; begin += kSamplerChunk)
    sample_common(which + begin, words + begin, kSamplerChunk, out + begin);
  if (begin < n) {
    // The last values one by one would cost as much as all others: the rest is filled up to whole vectors.
    const std::size_t rest = n - begin,
                      filled = (rest + kSamplerVector - 1) / kSamplerVector * kSamplerVector;
    std::uint32_t last_which[kSamplerChunk], last_words[kSamplerChunk];
    double values[kSamplerChunk];
    std::copy_n(which + begin, rest, last_which);
    std::copy_n(words + begin, rest, last_words);
    std::fill(last_which + rest, last_which + filled, which[begin]);
    std::fill(last_words + rest, last_words + filled, words[begin]);
    sample_common(last_which, last_words, filled, values);
    std::copy_n(values, rest, out + begin);
  }
  if (!mixed_) return;
  for (std::size_t i = 0; i < n; ++i) {
    if (const Distribution& distribution = distributions_[which[i]]; distribution.index() != common_)
      out[i] = quantile(distribution, uniform(words[i]));
  }
}

}  // namespace pishkhan
