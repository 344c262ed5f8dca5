#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace pishkhan {

/// Most citizens who come at one moment, on average or in a share of the batches.
inline constexpr int kMostInBatch = 10'000;

/// How many citizens of a stream come at one moment.
struct BatchSize {
  /// (size, share), sizes from 1 ascend, shares above 0 add up to 1; empty: geometric.
  std::vector<std::pair<int, double>> shares;
  double geometric_mean = 1;  ///< of 1, 2, 3, ...; 1: everybody comes alone

  [[nodiscard]] bool is_one() const { return shares.empty() && geometric_mean == 1; }
  [[nodiscard]] double mean() const;
  /// The least size whose distribution function reaches u, 0 < u < 1.
  [[nodiscard]] std::uint32_t size(double u) const;
};

}  // namespace pishkhan
