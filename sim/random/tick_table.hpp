#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/simd.hpp"
#include "sim/base/ticks.hpp"
#include "sim/random/distribution.hpp"

namespace pishkhan {

/// Draws times of one distribution in whole ticks: to_tick(round_to_tick(quantile(distribution, u))) to the
/// last bit, and for most distributions faster. The quantile function is cut into pieces, as many to each
/// halving of the distance to the nearer end of (0, 1), with a cubic polynomial on each. Where the polynomial
/// is too close to the middle between two ticks to tell which is nearer, or too coarse, the quantile itself
/// is computed.
class TickTable {
 public:
  /// Takes the time of some 60,000 quantiles.
  explicit TickTable(const Distribution& distribution);

  /// From so many draws on a table saves time.
  static constexpr double kDrawsAtLeast = 5e6;
  /// Whether drawing from a table is quicker than drawing by Sampler.
  static bool is_quicker(const Distribution& distribution);

  static constexpr std::size_t kTogether = 4;
  /// ticks[i] = tick of the quantile at the uniform of words[i], n a multiple of kTogether. This processor
  /// must have the instruction set.
  void draw(InstructionSet set, const std::uint32_t* words, std::size_t n, Tick* ticks) const;

  /// Share of the draws for which the quantile itself is computed because of coarse pieces.
  [[nodiscard]] double coarse_share() const { return coarse_share_; }

  /// A cubic polynomial in ticks over [0, 1), lowest power first.
  struct alignas(32) Piece {
    double c[4];
  };
  /// A halving of the distance has 2^kPieceBits pieces, and a side kHalvings halvings; nearer to the end all
  /// quantiles are computed.
  static constexpr int kPieceBits = 8, kHalvings = 9;
  static constexpr std::size_t kPiecesOfSide = std::size_t{kHalvings} << kPieceBits;

 private:
  [[nodiscard]] Tick exact(std::uint32_t word) const;

  Distribution distribution_;
  std::vector<Piece> pieces_;  ///< one without polynomial, then those below one half from the end inwards;
                               ///< the same above one half
  double coarse_share_ = 0;
};

}  // namespace pishkhan
