#include "models/demand/office_table.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace pishkhan {

OfficeTable::OfficeTable(const std::vector<std::pair<StationIndex, double>>& weights) {
  if (weights.empty()) return;
  for (const auto& [office, weight] : weights) total_weight_ += weight;
  double cumulative = 0;
  for (const auto& [office, weight] : weights) {
    cumulative += weight;
    const double edge = std::floor(cumulative / total_weight_ * 0x1p32) - 1;
    if (edge < 0) continue;  // narrower than one word: nobody picks it
    const auto last = edge >= 0x1p32 - 1 ? UINT32_MAX : static_cast<std::uint32_t>(edge);
    stretches_.push_back({last, office});
  }
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
