#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "models/demand/station_index.hpp"

namespace pishkhan {

/// Picks offices in proportion to their weights, by inversion of a uniform word: among all, or within one of
/// two parts.
class OfficeTable {
 public:
  using Weights = std::vector<std::pair<StationIndex, double>>;  ///< (office, weight > 0)
  OfficeTable() = default;
  /// The offices of the two parts. The order says which words pick which office.
  OfficeTable(const Weights& first, const Weights& second);

  [[nodiscard]] double total_weight() const { return total_weight_; }
  /// Of the offices of part 0 or 1, as far as words pick them.
  [[nodiscard]] double weight_of(std::size_t part) const {
    return total_weight_ * 0x1p-32 * static_cast<double>(words_of(part));
  }
  [[nodiscard]] StationIndex pick(std::uint32_t word) const {
    const Stretch* stretch = &stretches_[guide_[word >> guide_shift_]];
    while (stretch->last_word < word) ++stretch;
    return stretch->office;
  }
  /// Among the offices of a part whose weight is not 0.
  [[nodiscard]] StationIndex pick_within(std::size_t part, std::uint32_t word) const {
    const std::uint64_t from = part == 0 ? 0 : words_of_first_;
    return pick(static_cast<std::uint32_t>(from + (words_of(part) * word >> 32)));
  }

 private:
  [[nodiscard]] std::uint64_t words_of(std::size_t part) const {
    return part == 0 ? words_of_first_ : (std::uint64_t{1} << 32) - words_of_first_;
  }
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
  std::uint64_t words_of_first_ = 0;  ///< how many words pick an office of the first part
};

}  // namespace pishkhan
