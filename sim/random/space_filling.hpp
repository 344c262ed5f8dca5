#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

// Points that fill the unit cube evenly: [point][coordinate], each coordinate in [0, 1).
namespace pishkhan {

/// Most coordinates of a Sobol sequence.
inline constexpr std::size_t kMostSobolCoordinates = 1000;

/// The first points of the Sobol sequence (Sobol 1967; direction numbers of Joe and Kuo 2008, as Boost has
/// them), without the point of zeros: the first is (1/2, 1/2, ...). Spread most evenly where their number is
/// a power of two, less one.
std::vector<std::vector<double>> sobol_points(std::size_t points, std::size_t coordinates);

/// A Latin hypercube (McKay, Beckman and Conover 1979): of so many equal parts of each coordinate every one
/// holds one point, at random within it. The same seed gives the same points.
std::vector<std::vector<double>> latin_hypercube(std::size_t points, std::size_t coordinates,
                                                 std::uint64_t seed);

}  // namespace pishkhan
