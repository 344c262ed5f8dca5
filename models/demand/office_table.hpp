#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "models/demand/station_index.hpp"

namespace pishkhan {

/// Picks offices in proportion to their weights, by inversion of a uniform word.
class OfficeTable {
 public:
  OfficeTable() = default;
  /// (office, weight > 0). The order says which words pick which office.
  explicit OfficeTable(const std::vector<std::pair<StationIndex, double>>& weights);

  [[nodiscard]] bool empty() const { return stretches_.empty(); }
  [[nodiscard]] double total_weight() const { return total_weight_; }
  [[nodiscard]] StationIndex pick(std::uint32_t word) const {
    const Stretch* stretch = &stretches_[guide_[word >> guide_shift_]];
    while (stretch->last_word < word) ++stretch;
    return stretch->office;
  }

 private:
  /// The words that pick an office: those after the stretch before, up to last_word.
  struct Stretch {
    std::uint32_t last_word;
    StationIndex office;
  };
  std::vector<Stretch> stretches_;
  /// The words are cut into equal parts, somewhat more than there are offices: for each part, the first
  /// stretch that may hold its words.
  std::vector<std::uint32_t> guide_;
  int guide_shift_ = 0;
  double total_weight_ = 0;
};

}  // namespace pishkhan
