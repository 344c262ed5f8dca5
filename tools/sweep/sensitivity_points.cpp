#include "tools/sweep/sensitivity_points.hpp"

#include <numeric>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {
namespace {

/// What the blocks of a row are drawn for.
enum Purpose : std::uint32_t { kCoordinates, kOrder, kStart };

Block draw_for(DrawKey key, std::size_t row, std::size_t item, Purpose purpose) {
  return draw(key, static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(item), purpose, 0);
}

/// A whole number below `most`.
std::size_t below(std::uint32_t word, std::size_t most) {
  return static_cast<std::size_t>(word * static_cast<std::uint64_t>(most) >> 32);
}

}  // namespace

std::vector<std::vector<double>> pick_freeze_points(std::size_t rows, std::size_t factors,
                                                    std::uint64_t seed) {
  const DrawKey key = draw_key(seed, 0);
  std::vector<std::vector<double>> points;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> a, b;
    for (std::size_t f = 0; f < factors; ++f) {
      const Block words = draw_for(key, row, f, kCoordinates);
      a.push_back(uniform(words[0], words[1]));
      b.push_back(uniform(words[2], words[3]));
    }
    points.push_back(a);
    points.push_back(b);
    for (std::size_t f = 0; f < factors; ++f) {
      points.push_back(a);
      points.back()[f] = b[f];
    }
  }
  return points;
}

std::vector<std::vector<double>> trajectory_points(std::size_t rows, std::size_t factors, std::size_t grid,
                                                   std::uint64_t seed) {
  PISHKHAN_EXPECT(grid >= 2 && grid % 2 == 0);
  const DrawKey key = draw_key(seed, 0);
  const auto coordinate = [grid](std::size_t value) {
    return static_cast<double>(value) / static_cast<double>(grid - 1);
  };
  std::vector<std::vector<double>> points;
  std::vector<std::size_t> order(factors);
  for (std::size_t row = 0; row < rows; ++row) {
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = factors; i-- > 0;)
      std::swap(order[i], order[below(draw_for(key, row, i, kOrder)[0], i + 1)]);
    std::vector<double> from, to;
    for (std::size_t f = 0; f < factors; ++f) {
      const Block words = draw_for(key, row, f, kStart);
      const std::size_t low = below(words[0], grid / 2);
      from.push_back(coordinate(low));
      to.push_back(coordinate(low + grid / 2));
      if (words[1] % 2 == 1) std::swap(from.back(), to.back());
    }
    points.push_back(from);
    for (const std::size_t f : order) {
      from[f] = to[f];
      points.push_back(from);
    }
  }
  return points;
}

}  // namespace pishkhan
