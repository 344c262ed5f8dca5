#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sim/base/lanes.hpp"
#include "sim/base/ticks.hpp"

namespace pishkhan {

// Eight days of a station side by side. A lane is a day; row i of a column holds visit i of each day.

/// A number of each lane; aligned alike with and without AVX. Comparisons give -1 where they hold and 0
/// elsewhere.
using TickRow = Tick __attribute__((vector_size(32), aligned(32)));
/// Four lanes in 64 bits.
using WideHalf = std::int64_t __attribute__((vector_size(32), aligned(32)));
/// A sum of ticks of each lane.
struct WideRow {
  WideHalf low, high;
};

/// A column of rows. Not a std::vector<TickRow>, since a template's argument loses its alignment.
class TickRows {
 public:
  void resize(std::size_t rows) { rows_.resize(rows); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] TickRow& operator[](std::size_t row) { return rows_[row].lanes; }
  [[nodiscard]] const TickRow& operator[](std::size_t row) const { return rows_[row].lanes; }
  [[nodiscard]] TickRow* data() { return &rows_.data()->lanes; }
  [[nodiscard]] const TickRow* data() const { return &rows_.data()->lanes; }

 private:
  struct Row {
    TickRow lanes;
  };
  std::vector<Row> rows_;
};
using WideRows = std::vector<WideRow>;

PISHKHAN_INLINE Tick* lanes_of(TickRow& row) { return reinterpret_cast<Tick*>(&row); }
PISHKHAN_INLINE const Tick* lanes_of(const TickRow& row) { return reinterpret_cast<const Tick*>(&row); }
PISHKHAN_INLINE const std::int64_t* lanes_of(const WideRow& row) {
  return reinterpret_cast<const std::int64_t*>(&row);
}

// For the bodies of vectorised functions. By reference, as not every machine passes vectors alike.

PISHKHAN_INLINE void take_least(TickRow& row, const TickRow& other) { row = other < row ? other : row; }
PISHKHAN_INLINE void take_most(TickRow& row, const TickRow& other) { row = other > row ? other : row; }
PISHKHAN_INLINE void add_to(WideRow& sum, const TickRow& row) {
  using Half = Tick __attribute__((vector_size(16)));
  const Half low = __builtin_shufflevector(row, row, 0, 1, 2, 3);
  const Half high = __builtin_shufflevector(row, row, 4, 5, 6, 7);
  sum.low += __builtin_convertvector(low, WideHalf);
  sum.high += __builtin_convertvector(high, WideHalf);
}
/// Whether a bit is set in any lane.
PISHKHAN_INLINE bool any(const TickRow& row) {
  std::uint64_t parts[4];
  std::memcpy(parts, &row, sizeof parts);
  return (parts[0] | parts[1] | parts[2] | parts[3]) != 0;
}

}  // namespace pishkhan
