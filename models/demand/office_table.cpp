#include "models/demand/office_table.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace pishkhan {

OfficeTable::OfficeTable(const Weights& first, const Weights& second) {
  if (first.empty() && second.empty()) return;
  for (const Weights* part : {&first, &second})
    for (const auto& [office, weight] : *part) total_weight_ += weight;
  double cumulative = 0, edge = 0;
  const auto append = [&](const Weights& part) {
    for (const auto& [office, weight] : part) {
      cumulative += weight;
      const double next_edge = std::min(std::floor(cumulative / total_weight_ * 0x1p32), 0x1p32);
      if (next_edge <= edge) continue;  // narrower than one word: nobody picks it
      edge = next_edge;
      stretches_.push_back({static_cast<std::uint32_t>(edge - 1), office});
    }
  };
  append(first);
  words_of_first_ = static_cast<std::uint64_t>(edge);
  const std::size_t in_first = stretches_.size();
  append(second);
  if (stretches_.size() == in_first) words_of_first_ = std::uint64_t{1} << 32;
  stretches_.back().last_word = UINT32_MAX;
  // The guide is small, because the tables of all places are used in turn and should fit in the cache.
  const int bits = static_cast<int>(std::bit_width(stretches_.size())) + 1;
  guide_shift_ = 32 - bits;
  std::size_t k = 0;
  for (std::uint64_t part = 0; part >> bits == 0; ++part) {
    while (stretches_[k].last_word < part << guide_shift_) ++k;
    guide_.push_back(static_cast<std::uint32_t>(k));
  }
}

}  // namespace pishkhan
