#include "sim/random/space_filling.hpp"

#include <boost/random/sobol.hpp>
#include <numeric>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/random/philox.hpp"

namespace pishkhan {

std::vector<std::vector<double>> sobol_points(std::size_t points, std::size_t coordinates) {
  PISHKHAN_EXPECT(coordinates >= 1 && coordinates <= kMostSobolCoordinates);
  boost::random::sobol sequence(coordinates);
  std::vector<std::vector<double>> all(points, std::vector<double>(coordinates));
  for (auto& point : all)
    for (double& coordinate : point) coordinate = static_cast<double>(sequence() >> 11) * 0x1p-53;
  return all;
}

std::vector<std::vector<double>> latin_hypercube(std::size_t points, std::size_t coordinates,
                                                 std::uint64_t seed) {
  std::vector<std::vector<double>> all(points, std::vector<double>(coordinates));
  std::vector<std::size_t> part(points);
  for (std::size_t c = 0; c < coordinates; ++c) {
    std::iota(part.begin(), part.end(), std::size_t{0});
    const DrawKey key = draw_key(seed, static_cast<std::uint32_t>(c));
    for (std::size_t i = points; i-- > 0;) {
      const Block words = draw(key, static_cast<std::uint32_t>(i), 0, 0, 0);
      std::swap(part[i], part[words[2] * static_cast<std::uint64_t>(i + 1) >> 32]);
      // The part of point i is settled now: later swaps are among those before it.
      all[i][c] = (static_cast<double>(part[i]) + uniform(words[0], words[1])) / static_cast<double>(points);
    }
  }
  return all;
}

}  // namespace pishkhan
