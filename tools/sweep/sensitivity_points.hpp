#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

// Points for sensitivities, in rows one after the other: [point][factor], each coordinate in [0, 1].
namespace pishkhan {

/// Rows of factors + 2 points: a random one, A; another, B; and for each factor A with this factor as in B
/// (Saltelli 2002). Rows are independent.
std::vector<std::vector<double>> pick_freeze_points(std::size_t rows, std::size_t factors,
                                                    std::uint64_t seed);

/// Rows of factors + 1 points: trajectories (Morris 1991) through a grid of so many values of each factor, an
/// even number. From one point to the next one factor moves by half the grid; the order is random. Rows are
/// independent.
std::vector<std::vector<double>> trajectory_points(std::size_t rows, std::size_t factors, std::size_t grid,
                                                   std::uint64_t seed);

}  // namespace pishkhan
